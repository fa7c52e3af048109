import { HOUR } from '../calendar/millis'
import type { LimitProfile } from '../limits/profile'
import { isCallingHour, nextAttemptAt } from './callbackTimes'
import type { AttemptResult, Outcome } from './labels'
import type { CallbackResult, Ticket } from './ticket'

/** One caller who is to be called back on a ticket: its own, or one whose ticket was merged into it. */
export interface CallbackTarget {
  /** The merged ticket; absent: the ticket's own caller. */
  participantId?: string
  no: string
  /** `exhausted`: no further attempt is owed to him; his word still counts when he calls himself. */
  state: 'open' | 'answered' | 'exhausted'
  /** Those of this callback that count towards the cap. */
  attempts: number
  lastAttemptAt?: Date
  /** The next call at a time that he asked for, whatever the calling hours. */
  isAppointed: boolean
  nextAt?: Date
  /** His answer in this callback, by its place in `callbacks`. */
  answer?: number
}

type Called = Pick<
  Ticket,
  | 'no'
  | 'needsCallback'
  | 'hasContact'
  | 'participants'
  | 'attempts'
  | 'callbacks'
  | 'callbackRound'
  | 'callbackSince'
  | 'callbackBy'
>

/** Everybody whose answer a callback on this ticket asks for. */
export function callersOf(
  ticket: Pick<Called, 'no' | 'needsCallback' | 'hasContact' | 'participants'>,
): { participantId?: string; no: string }[] {
  return [
    ...(ticket.needsCallback && ticket.hasContact ? [{ no: ticket.no }] : []),
    ...(ticket.participants ?? []).flatMap(({ ticketId, no, needsCallback }) =>
      needsCallback ? [{ participantId: ticketId, no }] : [],
    ),
  ]
}

/** Who has been reached in the present callback and who has not; after a rework everybody is called again. */
export function callbackTargets(ticket: Called, at: Date): CallbackTarget[] {
  const { callbacks: fromCallback, attempts: fromAttempt } = roundOf(ticket)
  return callersOf(ticket).map(({ participantId, no }) => {
    const isHis = (entry: { participantId?: string }) => entry.participantId === participantId
    const tried = ticket.attempts.slice(fromAttempt).filter(isHis)
    const answer = ticket.callbacks.findLastIndex((result, index) => index >= fromCallback && isHis(result))
    const last = tried.at(-1)
    const isAppointed = last?.result === 'appointment'
    const isOver = ticket.callbackBy !== undefined && at.getTime() >= ticket.callbackBy.getTime()
    // Who was never called is not out of reach: that is the hotline's own delay.
    const isExhausted = tried.some((attempt) => attempt.isExhausted) || (isOver && last !== undefined && !isAppointed)
    const state = answer >= 0 ? 'answered' : isExhausted ? 'exhausted' : 'open'
    return {
      participantId,
      no,
      state,
      attempts: tried.filter(({ isCounted }) => isCounted).length,
      lastAttemptAt: last?.at,
      isAppointed,
      nextAt:
        state === 'open' ? (last ? last.nextAt : (ticket.callbackRound?.callFrom ?? ticket.callbackSince)) : undefined,
      answer: answer >= 0 ? answer : undefined,
    }
  })
}

/** The answers of the present callback, of those whose matter it still is. */
export function answersOfRound(ticket: Called): CallbackResult[] {
  return ticket.callbacks.slice(roundOf(ticket).callbacks).filter((result) => isOfCaller(ticket, result))
}

/** Whose merger was undone speaks on his own ticket again: what he said here stays written and decides nothing. */
export function isOfCaller(
  { participants }: Pick<Called, 'participants'>,
  { participantId }: Pick<CallbackResult, 'participantId'>,
): boolean {
  return participantId === undefined || !!participants?.some(({ ticketId }) => ticketId === participantId)
}

/** Whether he may be called at this moment: in calling hours, or when he asked for it. */
export function mayCallNow({ state, isAppointed }: CallbackTarget, profile: LimitProfile, at: Date): boolean {
  return state === 'open' && (isAppointed || isCallingHour(profile, at))
}

/** 约时间: somebody said when he wants to be called. */
export function hasAppointment(ticket: Called & Pick<Ticket, 'registeredAt'>): boolean {
  const since = ticket.callbackSince ?? ticket.registeredAt
  return callbackTargets(ticket, since).some(({ state, isAppointed }) => state === 'open' && isAppointed)
}

/** What a vain attempt at this moment means: whether it counts, whether it was the last, when the next may be made. */
export function afterAttempt(
  ticket: Pick<Ticket, 'attempts' | 'callbackRound' | 'callbackBy'>,
  target: Pick<CallbackTarget, 'participantId' | 'attempts'>,
  result: AttemptResult,
  { at, profile }: { at: Date; profile: LimitProfile },
): { isCounted: boolean; isExhausted: boolean; nextAt?: Date } {
  const isAppointed = result === 'appointment'
  const { attempts, intervalHours } = profile.callback
  const isCounted = !isAppointed && isSpaced(ticket, target.participantId, at, intervalHours)
  const isOver = ticket.callbackBy !== undefined && at.getTime() >= ticket.callbackBy.getTime()
  const isExhausted = !isAppointed && (isOver || target.attempts + (isCounted ? 1 : 0) >= attempts)
  return { isCounted, isExhausted, nextAt: isExhausted || isAppointed ? undefined : nextAttemptAt(profile, at) }
}

/** Far enough from the last attempt with the same caller that counted, in this callback. */
function isSpaced(
  { attempts, callbackRound }: Pick<Ticket, 'attempts' | 'callbackRound'>,
  participantId: string | undefined,
  at: Date,
  hours: number,
): boolean {
  const last = attempts
    .slice(callbackRound?.attempts ?? 0)
    .findLast((attempt) => attempt.isCounted && attempt.participantId === participantId)
  return !last || at.getTime() - last.at.getTime() >= hours * HOUR
}

/** How the callback ends, once nobody is left to be called and nothing to be judged. */
export function outcomeOfRound(ticket: Called, at: Date): Outcome | undefined {
  const targets = callbackTargets(ticket, at)
  const answers = answersOfRound(ticket)
  if (targets.some(({ state }) => state === 'open') || answers.some(awaitsJudgement)) return undefined
  if (answers.some(({ verdict }) => verdict?.verdict === 'dismissed')) return 'dissatisfiedDismissed'
  if (answers.length > 0) return 'satisfied'
  return targets.length > 0 ? 'unreachable' : 'noCallback'
}

/** Dissatisfied without good reason, as the officer found, and nobody has judged it yet. */
export function awaitsJudgement({ isDissatisfied, judged, verdict }: CallbackResult): boolean {
  return isDissatisfied && judged === 'unreasonable' && !verdict
}

/** Another answer of this callback that waits for a verdict. */
export function nextJudgement(ticket: Ticket): Ticket['pendingJudgement'] {
  if (ticket.status !== 'callback') return undefined
  const next = answersOfRound(ticket).find(awaitsJudgement)
  return next && { at: next.at, by: next.by, callback: ticket.callbacks.indexOf(next) }
}

/** The next moment at which somebody is to be called. */
export function nextCallAt(ticket: Called, at: Date): Date | undefined {
  const moments = callbackTargets(ticket, at).flatMap(({ nextAt }) => (nextAt ? [nextAt.getTime()] : []))
  return moments.length > 0 ? new Date(Math.min(...moments)) : undefined
}

/** When the clock has to look whether everybody is out of reach: at once, at the last day's end, or not by itself. */
export function exhaustedAt(ticket: Called, at: Date): Date | undefined {
  const open = callbackTargets(ticket, at).filter(({ state }) => state === 'open')
  if (open.length === 0) return at
  return open.every(({ lastAttemptAt, isAppointed }) => lastAttemptAt && !isAppointed) ? ticket.callbackBy : undefined
}

/** Where the present callback begins; a ticket of earlier versions knows the moment alone. */
function roundOf({ callbackRound, callbackSince, callbacks, attempts }: Called): {
  callbacks: number
  attempts: number
} {
  if (callbackRound) return callbackRound
  const since = callbackSince?.getTime() ?? 0
  const isBefore = ({ at }: { at: Date }) => at.getTime() < since
  return { callbacks: callbacks.filter(isBefore).length, attempts: attempts.filter(isBefore).length }
}
