import { callbackTargets, mayCallNow } from '../callbackTargets'
import type { WhenContext } from '../context'
import type { Ticket } from '../ticket'

/** Conditions of calling back. */
type Answer = true | string

const WAITS = '本次回访待甄别'

/** Somebody is left to be called, and this is a time to call; while one answer is judged the others may be called. */
export function awaitsCall(ticket: Ticket, { at, profile }: WhenContext): Answer {
  const targets = callbackTargets(ticket, at)
  if (targets.some((target) => mayCallNow(target, profile, at))) return true
  const [from, to] = profile.callback.callingHours
  if (targets.some(({ state }) => state === 'open')) return `拨打时段为 ${from} 至 ${to}`
  if (ticket.pendingJudgement) return WAITS
  return targets.some(({ state }) => state === 'exhausted') ? '拨打次数已用完' : '诉求人都已回访'
}

/** Who could not be reached may still call himself. */
export function awaitsResult(ticket: Ticket, { at }: WhenContext): Answer {
  if (callbackTargets(ticket, at).some(({ state }) => state !== 'answered')) return true
  return ticket.pendingJudgement ? WAITS : '诉求人都已回访'
}

export function isExhausted(ticket: Ticket, { at }: WhenContext): Answer {
  if (ticket.pendingJudgement) return WAITS
  return callbackTargets(ticket, at).every(({ state }) => state !== 'open') || '拨打次数未用完'
}
