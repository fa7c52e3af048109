import { CALL_DEFAULTS } from './settings'
import { UNANSWERED, type CallDirection, type CallResult, type CallState } from './labels'
import type { CtiEventName } from './ctiEvent'

/** A call as its events have told of it. Each fact is set once, so that replays and wrong order do no harm. */
export interface Call {
  direction: CallDirection
  queue?: string
  /** At whom it rang, and who took it, each once, in this order; accounts. */
  offeredTo: string[]
  answeredBy: string[]
  /** The first that was heard of it: the day it belongs to. */
  beganAt: Date
  /** That it rings was told before anything else: then one knows how long it rang. */
  rangAt?: Date
  answeredAt?: Date
  hangupAt?: Date
  /** Its answer was told after its end: then nobody knows how long they spoke. */
  isAnswerLate?: boolean
  cause?: string
  satisfactionKey?: number
  /** Its end was never told. */
  isLost?: boolean
  wrapUpBy?: Date
  wrapUpEndedAt?: Date
}

export interface CallNews {
  event: CtiEventName
  direction: CallDirection
  queue?: string
  cause?: string
  satisfactionKey?: number
  /** Whose extension it is about, if anybody's. */
  agentId?: string
}

/** What happened is folded in; the same again changes nothing. */
export function evolveCall(
  before: Call | undefined,
  news: CallNews,
  at: Date,
  wrapUpSeconds: number = CALL_DEFAULTS.wrapUpSeconds,
): Call {
  const call: Call = before ?? { direction: news.direction, offeredTo: [], answeredBy: [], beganAt: at }
  const after: Call = { ...call, queue: call.queue ?? news.queue }
  if (news.event === 'newCall') {
    const isFirst = !call.answeredAt && !call.hangupAt
    if (isFirst) after.rangAt = call.rangAt ?? at
    after.offeredTo = withOne(call.offeredTo, news.agentId)
  } else if (news.event === 'answer') {
    after.answeredBy = withOne(call.answeredBy, news.agentId)
    if (!call.answeredAt) {
      after.answeredAt = call.hangupAt ?? at
      if (call.hangupAt) after.isAnswerLate = true
    }
  } else {
    // Whoever hears of its end alone still learns from it whose call it was.
    if (call.offeredTo.length === 0) after.offeredTo = withOne(call.offeredTo, news.agentId)
    after.hangupAt = call.hangupAt ?? at
    after.cause = call.cause ?? news.cause
    after.satisfactionKey = call.satisfactionKey ?? news.satisfactionKey
  }
  return withWrapUp(after, wrapUpSeconds)
}

/** The exchange has not told of its end for so long that it forgot it. */
export function loseCall(call: Call, at: Date): Call {
  return call.hangupAt ? call : { ...call, hangupAt: at, isLost: true }
}

/** 结束整理, by the agent or by the clock; only the first counts. */
export function endWrapUp(call: Call, at: Date): Call {
  if (stateOf(call) !== 'wrapUp') return call
  const isLate = call.wrapUpBy !== undefined && at > call.wrapUpBy
  return { ...call, wrapUpEndedAt: isLate ? call.wrapUpBy : at }
}

function withWrapUp(call: Call, seconds: number): Call {
  const { hangupAt, answeredAt, wrapUpBy, isLost } = call
  if (!hangupAt || !answeredAt || wrapUpBy || isLost || agentOf(call) === undefined) return call
  return { ...call, wrapUpBy: new Date(hangupAt.getTime() + seconds * 1000) }
}

function withOne(list: string[], one: string | undefined): string[] {
  return one === undefined || list.includes(one) ? list : [...list, one]
}

/** Whose call it is: who took it last, else at whom it rang last. */
export function agentOf({ answeredBy, offeredTo }: Pick<Call, 'answeredBy' | 'offeredTo'>): string | undefined {
  return answeredBy.at(-1) ?? offeredTo.at(-1)
}

export function stateOf({ hangupAt, answeredAt, wrapUpBy, wrapUpEndedAt }: Call): CallState {
  if (!hangupAt) return answeredAt ? 'talking' : 'ringing'
  return wrapUpBy && !wrapUpEndedAt ? 'wrapUp' : 'done'
}

const BUSY = ['busy', 'userbusy', 'congestion', 'circuitcongestion', 'switchcongestion']
const BY_CALLER = ['', 'cancel', 'originatorcancel', 'normalclearing']

/** Once it has ended. An answer that is told late still makes an answered call of it. */
export function resultOf({ hangupAt, answeredAt, cause = '', isLost }: Call): CallResult | undefined {
  if (!hangupAt) return undefined
  if (answeredAt) return 'answered'
  if (isLost) return 'missed'
  const known = cause.toLowerCase().replace(/[^a-z]/g, '')
  if (BUSY.includes(known)) return 'busy'
  if (known === 'forwarded') return 'forwarded'
  return BY_CALLER.includes(known) ? 'abandoned' : 'missed'
}

export function isUnanswered(call: Call): boolean {
  const result = resultOf(call)
  return call.direction === 'in' && result !== undefined && UNANSWERED.includes(result)
}

export interface Seconds {
  wait?: number
  talk?: number
  wrapUp?: number
}

/** 等待、通话、话后 (domain.md §4.4); undefined where the events do not tell. */
export function secondsOf(call: Call): Seconds {
  const { rangAt, answeredAt, hangupAt, isAnswerLate, isLost, wrapUpEndedAt } = call
  const isTalkKnown = answeredAt && hangupAt && !isAnswerLate && !isLost
  return {
    wait: isAnswerLate || (isLost && !answeredAt) ? undefined : between(rangAt, answeredAt ?? hangupAt),
    talk: isTalkKnown ? between(answeredAt, hangupAt) : undefined,
    wrapUp: between(hangupAt, wrapUpEndedAt),
  }
}

function between(from: Date | undefined, to: Date | undefined): number | undefined {
  return from && to ? Math.max(Math.round((to.getTime() - from.getTime()) / 1000), 0) : undefined
}
