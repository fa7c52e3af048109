import { createHash } from 'node:crypto'
import { agentOf, isUnanswered, resultOf, secondsOf, stateOf, type Call } from '@hotline/shared/call/call'
import type { CallRow } from './callStore'

export type NextCall = Omit<CallRow, 'version'>
/** What of a row does not follow from the call's events. */
type CallBase = Pick<CallRow, '_id' | 'exchangeId' | 'direction' | 'beganAt' | 'tickets'> & Partial<CallRow>

/** What an event brings besides. */
interface Known {
  agent?: { userId: string; name: string }
  number?: Pick<CallRow, 'numberHash' | 'number' | 'isCallable'>
}

/** The same call of the same exchange is the same row, whichever process hears of it first. */
export function callIdOf(exchangeId: string, callId: string): string {
  return createHash('sha256').update(`${exchangeId}\0${callId}`).digest('base64url').slice(0, 24)
}

export function changed(row: CallRow, call: Call): NextCall | undefined {
  if (call === row.call) return undefined
  return rowOf(row, call)
}

/** What lists and counts ask for follows from the events alone. */
export function rowOf(base: CallBase, call: Call, news: Known = {}): NextCall {
  const { _id, exchangeId, direction, beganAt, tickets, returnedAt } = base
  const { numberHash, number, isCallable } = base.numberHash === undefined ? (news.number ?? {}) : base
  const state = stateOf(call)
  const agentId = agentOf(call)
  const known = news.agent?.userId === agentId ? news.agent?.name : undefined
  return {
    _id,
    exchangeId,
    call,
    direction,
    state,
    result: resultOf(call),
    ...(state === 'done' ? {} : { isLive: true as const }),
    agentId,
    agentName: known ?? (agentId === base.agentId ? base.agentName : undefined),
    beganAt,
    wrapUpBy: state === 'wrapUp' ? call.wrapUpBy : undefined,
    seconds: secondsOf(call),
    numberHash,
    number,
    isCallable,
    tickets,
    ...(isUnanswered(call) && isCallable && !returnedAt ? { wantsReturn: true as const } : {}),
    returnedAt: isUnanswered(call) ? returnedAt : undefined,
  }
}

export function isSame(row: CallRow, next: NextCall): boolean {
  const { version: _version, ...before } = row
  return textOf(before) === textOf(next)
}

function textOf(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
