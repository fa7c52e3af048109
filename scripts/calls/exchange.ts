import { randomUUID } from 'node:crypto'
import type { CtiEventName } from '@hotline/shared/call/ctiEvent'
import type { CallDirection } from '@hotline/shared/call/labels'

/** What goes over the wire: Zammad's generic CTI, as JSON. */
export interface CtiMessage {
  event: CtiEventName
  callId: string
  from?: string
  to?: string
  direction?: CallDirection
  queue?: string
  user?: string | string[]
  answeringNumber?: string
  cause?: string
  satisfactionKey?: number
}

export interface Ring {
  /** The citizen's number, in any spelling; empty: withheld. */
  from: string
  /** An agent's extension, or the hotline's own number while it stands in the queue. */
  to?: string
  queue?: string
  callId?: string
}

/** A call as its exchange knows it. */
export interface PlacedCall {
  callId: string
  /** The call's id in the hotline. */
  id: string
  /** At another extension: nobody took it at the first. */
  ringAt(extension: string): Promise<void>
  answer(extension?: string): Promise<void>
  hangup(cause?: string, satisfactionKey?: number): Promise<void>
}

/** A telephone exchange, as far as the hotline hears of it. */
export interface Exchange {
  /** Anything, as it stands. @throws when the hotline does not take it */
  send(message: CtiMessage): Promise<string>
  /** Somebody calls. */
  ring(call: Ring): Promise<PlacedCall>
  /** An agent calls somebody. */
  dial(call: { from: string; to: string; callId?: string }): Promise<PlacedCall>
}

export const HOTLINE_NUMBER = '12345'

/** `endpoint`: the whole address with its token. */
export function openExchange(endpoint: string): Exchange {
  async function send(message: CtiMessage): Promise<string> {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(message),
    })
    const body = (await response.json()) as { id?: string; message?: string }
    if (!response.ok || body.id === undefined) throw new Error(`${message.event}: ${response.status} ${body.message}`)
    return body.id
  }

  async function begin(base: Omit<CtiMessage, 'event'>): Promise<PlacedCall> {
    const id = await send({ event: 'newCall', ...base })
    let at = base
    return {
      callId: base.callId,
      id,
      async ringAt(extension) {
        at = { ...base, to: extension }
        await send({ event: 'newCall', ...at })
      },
      async answer(extension) {
        await send({ event: 'answer', ...at, ...(extension ? { answeringNumber: extension } : {}) })
      },
      async hangup(cause = 'normalClearing', satisfactionKey) {
        await send({ event: 'hangup', ...at, cause, satisfactionKey })
      },
    }
  }

  return {
    send,
    ring: ({ from, to = HOTLINE_NUMBER, queue, callId = randomUUID() }) =>
      begin({ callId, from, to, queue, direction: 'in' }),
    dial: ({ from, to, callId = randomUUID() }) => begin({ callId, from, to, direction: 'out' }),
  }
}
