import { AppError } from '../../error'
import { isDissatisfied, outcomeOf } from '../callbackRule'
import type { DecideContext } from '../context'
import { callbackBy, dispatchDeadline, nextAttemptAt } from '../deadlines'
import type { NewEvent } from '../events'
import { HOUR } from '../../calendar/millis'
import { hasRole } from '../../actor'
import { leadOf, type Ticket } from '../ticket'
import { countedAttempts } from '../when'
import { appealToJudge, isStillReworked } from '../when/oversight'
import { givenBack, reworkClock } from './clock'
import { assertFields, type Decider, missing, need } from './decider'

/** 热线审核 (A23): a send-back is no rework, and the time it took is given back. */
export const reviewByHotline: Decider<'reviewByHotline'> = ({ isPassed, opinion }, ticket, context) => {
  const lead = need(leadOf(ticket))
  const base = { type: 'ticket.hotlineReviewed', assignmentId: lead.id, isPassed, opinion } as const
  if (!isPassed) return [{ ...base, ...givenBack(context, ticket, lead) }]
  if (!ticket.needsCallback || !ticket.hasContact) return [base, { type: 'ticket.closed', outcome: 'noCallback' }]
  const { profile, calendar, at } = context
  return [{ ...base, callbackBy: callbackBy(profile, calendar, at).by, nextAttemptAt: at }]
}

/** 未接通 (V6): attempts closer than the interval are kept but do not count towards the cap. */
export const recordAttempt: Decider<'recordAttempt'> = ({ result, nextAt, remark }, ticket, { at, profile }) => {
  assertFields([
    missing(result === 'appointment' && !nextAt, 'nextAt', '请填写约定时间'),
    missing(nextAt !== undefined && nextAt.getTime() <= at.getTime(), 'nextAt', '下次回访时间须晚于现在'),
  ])
  const last = ticket.attempts.filter((attempt) => attempt.isCounted).at(-1)
  const since = ticket.callbackSince?.getTime() ?? 0
  const isSpaced =
    !last || last.at.getTime() < since || at.getTime() - last.at.getTime() >= profile.callback.intervalHours * HOUR
  const isCounted = result !== 'appointment' && isSpaced
  const isExhausted = countedAttempts(ticket) + (isCounted ? 1 : 0) >= profile.callback.attempts
  return [
    {
      type: 'ticket.callbackAttempted',
      result,
      isCounted,
      isExhausted,
      nextAt: isExhausted ? undefined : (nextAt ?? nextAttemptAt(profile, at)),
      remark,
    },
  ]
}

/** Attempts used up: closed as unreachable, outside satisfaction's denominator. */
export const closeUnreachable: Decider<'closeUnreachable'> = () => [{ type: 'ticket.closed', outcome: 'unreachable' }]

/** 回访结果 (ticket.md §5). */
export const recordCallback: Decider<'recordCallback'> = (command, ticket, context) => {
  const { type: _type, version: _version, assignmentId: _id, ...said } = command
  const isBadNews = isDissatisfied(said)
  assertFields([
    missing(isBadNews && !said.judged, 'judged', '不满意或未解决的须判定诉求是否合理'),
    missing(isBadNews && !said.reasons?.length, 'reasons', '请选择不满意原因'),
    missing(!isBadNews && said.judged !== undefined, 'judged', '满意件无需判定'),
  ])
  const outcome = outcomeOf(said)
  const needsJudgement = outcome === 'judgement'
  const recorded: NewEvent = {
    type: 'ticket.callbackRecorded',
    ...said,
    isDissatisfied: isBadNews,
    needsJudgement,
  }
  if (outcome === 'close') return [recorded, { type: 'ticket.closed', outcome: 'satisfied' }]
  if (needsJudgement) return [recorded]
  return [recorded, reworked(ticket, context, said.remark ?? '回访不满意，诉求合理')]
}

/** 甄别 (V5): the raw result stays. */
export const judgeCallback: Decider<'judgeCallback'> = ({ verdict, reason }, ticket, context) => {
  const appeal = appealToJudge(ticket)
  if (appeal) {
    const judged: NewEvent = { type: 'ticket.callbackJudged', callback: appeal.callback, verdict, reason }
    // Upheld, the rework goes on; what has gone on already is not called back.
    if (verdict === 'upheld' || !isStillReworked(ticket, appeal.callback)) return [judged]
    return [judged, { type: 'ticket.closed', outcome: 'dissatisfiedDismissed' }]
  }
  const callback = ticket.pendingJudgement?.callback ?? ticket.callbacks.length - 1
  const judged: NewEvent = { type: 'ticket.callbackJudged', callback, verdict, reason }
  if (verdict === 'dismissed') return [judged, { type: 'ticket.closed', outcome: 'dissatisfiedDismissed' }]
  return [judged, reworked(ticket, context, reason)]
}

export const rework: Decider<'rework'> = ({ reason }, ticket, context) => [reworked(ticket, context, reason)]

/** 重办: the lead works again, three workdays for both clocks; the third time it is escalated (R14). */
function reworked(ticket: Ticket, context: DecideContext, reason: string): NewEvent {
  const lead = leadOf(ticket)
  if (!lead) throw new AppError('ruleViolated', '没有承办单位，不能重办')
  const clock = reworkClock(context)
  const isEscalated = ticket.reworkCount + 1 >= context.profile.reworkEscalateAt
  return {
    type: 'ticket.reworked',
    assignmentId: lead.id,
    reason,
    clock,
    limit: context.profile.rework,
    resolveBy: clock.resolveBy,
    isEscalated,
  }
}

/** 重启 (A27): new facts within the profile's days. What ended without a matter has to be accepted first. */
export const reopen: Decider<'reopen'> = ({ newFacts }, ticket, { profile, calendar, at }) => {
  const { by } = dispatchDeadline(profile, calendar, { acceptedAt: at, urgency: ticket.urgency })
  return [{ type: 'ticket.reopened', newFacts, dispatchBy: ticket.title && ticket.matterCode ? by : undefined }]
}

export const urge: Decider<'urge'> = ({ note }, _ticket, { actor }) => [
  { type: 'ticket.urged', note, isByCaller: hasRole(actor, 'caller') },
]

export const yellowCard: Decider<'yellowCard'> = (_command, _ticket, { assignment }) => [
  {
    type: 'ticket.cardIssued',
    assignmentId: need(assignment).id,
    card: 'yellow',
    resolveBy: need(assignment).resolveBy,
  },
]

export const redCard: Decider<'redCard'> = (_command, _ticket, { assignment }) => [
  { type: 'ticket.cardIssued', assignmentId: need(assignment).id, card: 'red', resolveBy: need(assignment).resolveBy },
]
