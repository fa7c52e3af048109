import { hasRole } from '../../actor'
import { momentText } from '../../calendar/day'
import { deadlineAfter } from '../../limits/deadline'
import { workdays } from '../../limits/limit'
import type { WhenContext } from '../context'
import { WITH_UNIT } from '../labels'
import { escalationTarget, escalationTrigger, openSupervisions, supervisedUnits } from '../supervision'
import { leadOf, type CallbackResult, type Ticket } from '../ticket'

/** Conditions of supervision and appeal. */
type Answer = true | string

/** The hotline's supervisors everywhere; a superior's lead where a unit under his own works on it. */
export function maySupervise(ticket: Ticket, { actor, units }: WhenContext): Answer {
  if (hasRole(actor, 'supervisor', 'director')) return true
  return supervisedUnits(ticket, actor, units).length > 0 || '只能督办正在承办的下级单位'
}

/** The unit that is supervised reports, as often as it has something to report. */
export function owesAnswer(ticket: Ticket, { actor }: WhenContext): Answer {
  return openSupervisions(ticket).some(({ unitId }) => unitId === actor.unitId) || '没有对本单位的督办'
}

/** 谁督办谁销号; the hotline's supervisors any. */
export function mayCloseSupervision(ticket: Ticket, { actor }: WhenContext): Answer {
  const open = openSupervisions(ticket)
  if (open.length === 0) return '没有未销号的督办'
  if (hasRole(actor, 'supervisor', 'director')) return true
  return open.some(({ by }) => by.unitId === actor.unitId) || '由发起督办的单位销号'
}

export function mayEscalate(ticket: Ticket, { profile, units }: WhenContext): Answer {
  const { reworkEscalateAt, designateAfterReturns } = profile
  if (!escalationTrigger(ticket, profile))
    return ticket.escalatedTo
      ? '已提级督办，没有新的重办或退单'
      : `重办满 ${reworkEscalateAt} 次或退单获准满 ${designateAfterReturns} 次的才提级督办`
  return escalationTarget(ticket, units) !== undefined || '没有可提级的上级单位（被反映单位除外）'
}

/** The callback that a unit may still speak against: the last that sent its work back; and where it stands. */
export function hurtfulCallback(ticket: Ticket): { callback: number; result: CallbackResult } | undefined {
  const callback = ticket.callbacks.findLastIndex((result) => result.isDissatisfied && result.judged === 'reasonable')
  const result = ticket.callbacks[callback]
  return result && { callback, result }
}

/** 回访申诉 (V5): the unit that was sent back to work, once, within the profile's workdays. */
export function mayAppealCallback(ticket: Ticket, { actor, at, profile, calendar }: WhenContext): Answer {
  const lead = leadOf(ticket)
  if (!lead || lead.unitId !== actor.unitId) return '由主办单位分管负责人申诉'
  if (ticket.pendingAppeal) return '已申诉，待甄别'
  const hurtful = hurtfulCallback(ticket)
  if (!hurtful) {
    const isJudged = ticket.callbacks.some(({ verdict }) => verdict?.verdict === 'upheld')
    return isJudged ? '不满意已经甄别认定，不得申诉' : '没有可申诉的不满意回访'
  }
  const { result } = hurtful
  if (result.verdict) return '本次回访已甄别，不得再次申诉'
  if (lead.dispatchedAt > result.at) return '回访的不是本单位的办理'
  const { by } = deadlineAfter(calendar, workdays(profile.appealWorkdays), result.at, {
    event: '回访',
    dueTime: profile.dueTime,
  })
  return at <= by || `申诉应在回访后 ${profile.appealWorkdays} 个工作日内（${momentText(by, true)} 前）提出`
}

/** The appeal that is judged next: a callback that waits for its judgement comes first, because the caller waits too. */
export function appealToJudge(ticket: Ticket): Ticket['pendingAppeal'] {
  return ticket.status === 'callback' && ticket.pendingJudgement ? undefined : ticket.pendingAppeal
}

/** The rework that came of this callback is still with the unit that it was given to. */
export function isStillReworked(ticket: Ticket, callback: number): boolean {
  const { status, callbacks, cases } = ticket
  const result = callbacks[callback]
  const lead = leadOf(ticket)
  if (!result || !lead || !WITH_UNIT.includes(status)) return false
  const since = Math.max(lead.dispatchedAt.getTime(), cases.at(-1)?.startedAt.getTime() ?? 0)
  return callback === callbacks.length - 1 && since <= result.at.getTime()
}
