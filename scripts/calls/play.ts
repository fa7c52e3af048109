import { setMaxListeners } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { AppError } from '@hotline/shared/error'
import type { Client } from '../drill/client'
import type { CtiMessage } from './exchange'
import type { PlannedCall } from './plan'

/** A call that was played. */
export interface PlayedCall {
  planned: PlannedCall
  /** The hotline's ids of it: one, whatever was sent twice. */
  ids: Set<string>
}

export interface Played {
  calls: PlayedCall[]
  events: number
  replays: number
  shuffled: number
}

export interface PlayOptions {
  client: Client
  token: string
  calls: Iterable<PlannedCall>
  count: number
  /** No further calls; those that are under way come to their end at once. */
  ending: AbortSignal
  /** Without waiting: each call keeps its own order, and that is all. */
  isAtOnce?: boolean
  /** A call has come to its end. */
  onEnded?(call: PlayedCall): void
}

export async function playCalls({
  client,
  token,
  calls,
  count,
  ending,
  isAtOnce,
  onEnded,
}: PlayOptions): Promise<Played> {
  const played: Played = { calls: [], events: 0, replays: 0, shuffled: 0 }
  const underWay: Promise<void>[] = []
  const startedAt = performance.now()
  // Every call under way listens for the end.
  setMaxListeners(0, ending)

  const until = async (moment: number) => {
    const left = startedAt + moment - performance.now()
    const isWaiting = left > 0 && !ending.aborted && !isAtOnce
    // Never without a turn for the others: a play that is behind its time would not hear its own answers.
    await pause(isWaiting ? left : 0, undefined, isWaiting ? { signal: ending } : {}).catch(() => undefined)
  }

  async function send(message: CtiMessage): Promise<string> {
    const { status, body } = await client.send({ method: 'POST', path: `/api/cti/${token}`, body: message })
    const { id, message: why } = body as { id?: string; message?: string }
    if (id === undefined) throw new AppError('unavailable', `系统不收 ${message.event}：${status} ${why ?? ''}`)
    return id
  }

  async function play(call: PlayedCall): Promise<void> {
    for (const { at, message, times } of call.planned.steps) {
      await until(call.planned.startsAt + at)
      const ids = await Promise.all(Array.from({ length: times }, () => send(message)))
      for (const id of ids) call.ids.add(id)
      played.events += times
      played.replays += times - 1
    }
    onEnded?.(call)
  }

  for (const planned of calls) {
    if (played.calls.length >= count) break
    await until(planned.startsAt)
    if (ending.aborted) break
    const call: PlayedCall = { planned, ids: new Set() }
    played.calls.push(call)
    if (planned.isShuffled) played.shuffled += 1
    underWay.push(play(call))
    // A call that fails ends the play with its reason, not the process.
    underWay.at(-1)?.catch(() => undefined)
  }
  await Promise.all(underWay)
  return played
}
