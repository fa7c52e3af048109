import { dayEndingAt, dayOf, endOfDay } from '../calendar/day'
import { addWorkdays, workdaysBetween, type WorkCalendar } from '../calendar/workingDays'
import type { CommandOf } from './commands'
import type { Supervision } from './conditions'
import { openSupervisions, reworksThatCount } from './supervision'
import { leadOf, type Assignment, type Ticket } from './ticket'

/** What §2.7 would have a supervisor do now; his decision, the form is filled in for him. */
export interface SupervisionAdvice {
  form: CommandOf<'supervise'>['form']
  trigger: CommandOf<'supervise'>['trigger']
  unitId: string
  /** Why, in a sentence. */
  reason: string
}

/** 一次催办后仍超 5 个工作日 (R11). */
const CRITICISM_AFTER_WORKDAYS = 5
/** One rework may be an oversight; the third is escalated. */
const UNSOLVED_REWORKS = 2
/** 多次集中反映. */
const REPEATED_VOICES = 3

/** The gravest first; nothing that is being supervised for the same reason already. */
export function supervisionAdvice(ticket: Ticket, at: Date, calendar: WorkCalendar): SupervisionAdvice[] {
  const working = ticket.assignments.filter(
    ({ role, status }) => role !== 'copy' && ['toAcknowledge', 'handling', 'inReview'].includes(status),
  )
  const lead = leadOf(ticket)
  const ofLead = lead && working.includes(lead) ? aboutLead(ticket, lead) : []
  const advice = [...working.flatMap((assignment) => aboutUnit(ticket, assignment, at, calendar)), ...ofLead]
  const open = openSupervisions(ticket)
  return advice
    .filter(
      ({ form, trigger, unitId }) =>
        !open.some(
          (one) => one.unitId === unitId && (form === 'criticism' ? one.form === form : one.trigger === trigger),
        ),
    )
    .sort((a, b) => GRAVITY.indexOf(a.form) - GRAVITY.indexOf(b.form))
}
const GRAVITY: readonly SupervisionAdvice['form'][] = ['criticism', 'onSite', 'urgeLetter', 'written', 'phone']

/** Whether a supervisor should look at it, as far as the last commit could know; what lies on his desk. */
export function isSupervisionAdvised(ticket: Ticket): boolean {
  if (openSupervisions(ticket).length > 0) return false
  const working = ticket.assignments.filter(
    ({ role, status }) => role !== 'copy' && ['toAcknowledge', 'handling', 'inReview'].includes(status),
  )
  const lead = leadOf(ticket)
  return (
    working.some((assignment) => isRed(assignment) || wasRefused(ticket, assignment)) ||
    (lead !== undefined && working.includes(lead) && aboutLead(ticket, lead).length > 0)
  )
}

function isRed({ redFor, resolveBy }: Assignment): boolean {
  return redFor !== undefined && redFor.getTime() === resolveBy.getTime()
}

/** 拒不接收: neither taken nor returned in time, and nothing done since the clock took it for the unit. */
function wasRefused(ticket: Ticket, { id, isAutoAcknowledged, firstContactAt, status }: Assignment): boolean {
  const hasMoved = firstContactAt !== undefined || ticket.progress.some(({ assignmentId }) => assignmentId === id)
  return isAutoAcknowledged === true && status === 'handling' && !hasMoved
}

function aboutUnit(ticket: Ticket, assignment: Assignment, at: Date, calendar: WorkCalendar): SupervisionAdvice[] {
  const { unitId, resolveBy, reply, rectification, firstContactBy, firstContactAt, status } = assignment
  const dueDay = dayEndingAt(resolveBy)
  const hasReason = status === 'inReview' && (reply?.overdueReason ?? rectification?.overdueReason) !== undefined
  // 到期次日未报理由 (R11).
  const isOverdue = dayOf(at) > dueDay && at > resolveBy && !hasReason
  const letter = lettersSince(ticket, unitId, resolveBy)[0]
  const letterOver = letter && endOfDay(addWorkdays(calendar, dayOf(letter.at), CRITICISM_AFTER_WORKDAYS).day)
  const days = isOverdue ? Math.max(1, workdaysBetween(calendar, dueDay, dayOf(at))) : 0
  const isOwed = status === 'handling' && !firstContactAt && !ticket.isAnonymous && ticket.confidentiality === 0
  const mustContact = isOwed && ticket.hasContact && !ticket.rated
  const wasCriticised = supervised(ticket, unitId, resolveBy).some(({ form }) => form === 'criticism')
  return [
    ...one(isOverdue && letterOver && at >= letterOver && !wasCriticised, {
      form: 'criticism',
      trigger: 'overdue',
      unitId,
      reason: `书面催办后已超过 ${CRITICISM_AFTER_WORKDAYS} 个工作日仍未办结`,
    }),
    ...one(isOverdue && ticket.urgency !== 'general', {
      form: 'onSite',
      trigger: 'badEffect',
      unitId,
      reason: '紧急诉求逾期未办，易造成负面影响',
    }),
    ...one(isOverdue && !letter, {
      form: 'urgeLetter',
      trigger: 'overdue',
      unitId,
      reason: `超期 ${days} 个工作日，未报理由`,
    }),
    ...one(wasRefused(ticket, assignment), {
      form: 'phone',
      trigger: 'refused',
      unitId,
      reason: '逾期未签收也未退单，由系统签收后仍无进展',
    }),
    ...one(mustContact && firstContactBy !== undefined && at > firstContactBy, {
      form: 'phone',
      trigger: 'other',
      unitId,
      reason: '未按时联系诉求人',
    }),
  ]
}

function aboutLead(ticket: Ticket, { unitId }: Assignment): SupervisionAdvice[] {
  const reworks = reworksThatCount(ticket)
  // Who joins urges by that: he is counted already.
  const voices = ticket.urgeCount
  return [
    ...one(reworks >= UNSOLVED_REWORKS, {
      form: 'written',
      trigger: 'unsolved',
      unitId,
      reason: `已重办 ${reworks} 次，应解决未解决`,
    }),
    ...one(voices >= REPEATED_VOICES, {
      form: 'written',
      trigger: 'repeated',
      unitId,
      reason: `催办和同类诉求共 ${voices} 次，多次集中反映未解决`,
    }),
    ...one(ticket.flags.includes('attitude'), {
      form: 'phone',
      trigger: 'attitude',
      unitId,
      reason: '回访对承办人员态度不满意，请核实作风',
    }),
  ]
}

function one(isSo: boolean | undefined, advice: SupervisionAdvice): SupervisionAdvice[] {
  return isSo ? [advice] : []
}

function supervised(ticket: Ticket, unitId: string, since: Date): Supervision[] {
  return (ticket.supervisions ?? []).filter((one) => one.unitId === unitId && one.at >= since)
}

function lettersSince(ticket: Ticket, unitId: string, since: Date): Supervision[] {
  return supervised(ticket, unitId, since).filter(({ form }) => form === 'urgeLetter')
}
