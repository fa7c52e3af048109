import { AppError } from '../../error'
import { isDissatisfied, outcomeOf } from '../callbackRule'
import type { DecideContext } from '../context'
import { afterAttempt, callbackTargets, callersOf, outcomeOfRound, type CallbackTarget } from '../callbackTargets'
import { callbackBy, dispatchDeadline, earliestCallAt, isCallingHour } from '../deadlines'
import type { NewEvent } from '../events'
import { hasRole } from '../../actor'
import { leadOf, participantOf, type CallbackResult, type Ticket } from '../ticket'
import { reworksThatCount } from '../supervision'
import { appealToJudge, isStillReworked } from '../when/oversight'
import { givenBack, reworkClock } from './clock'
import { assertFields, type Decider, missing, need } from './decider'

/** 热线审核 (A23): a send-back is no rework, and the time it took is given back. */
export const reviewByHotline: Decider<'reviewByHotline'> = ({ isPassed, opinion }, ticket, context) => {
  const lead = need(leadOf(ticket))
  const base = { type: 'ticket.hotlineReviewed', assignmentId: lead.id, isPassed, opinion } as const
  if (!isPassed) return [{ ...base, ...givenBack(context, ticket, lead) }]
  if (callersOf(ticket).length === 0) return [base, { type: 'ticket.closed', outcome: 'noCallback' }]
  const { profile, calendar, at } = context
  return [{ ...base, callbackBy: callbackBy(profile, calendar, at).by, nextAttemptAt: earliestCallAt(profile, at) }]
}

/** 未接通 (V6): attempts closer than the interval are kept but do not count towards the cap. */
export const recordAttempt: Decider<'recordAttempt'> = (command, ticket, { at, profile }) => {
  const { participantId, result, nextAt, remark } = command
  const isAppointed = result === 'appointment'
  assertFields([
    missing(isAppointed && !nextAt, 'nextAt', '请填写约定时间'),
    missing(nextAt !== undefined && nextAt.getTime() <= at.getTime(), 'nextAt', '下次回访时间须晚于现在'),
    missing(
      nextAt !== undefined && !isAppointed && !isCallingHour(profile, nextAt),
      'nextAt',
      '诉求人约定的除外，下次回访须在拨打时段内',
    ),
  ])
  const target = targetOf(ticket, participantId, at)
  if (target.state === 'exhausted') throw new AppError('ruleViolated', '拨打次数已用完')
  if (!target.isAppointed && !isCallingHour(profile, at)) {
    const [from, to] = profile.callback.callingHours
    throw new AppError('ruleViolated', `拨打时段为 ${from} 至 ${to}`)
  }
  const { isCounted, isExhausted, nextAt: next } = afterAttempt(ticket, target, result, { at, profile })
  return [
    {
      type: 'ticket.callbackAttempted',
      participantId,
      result,
      isCounted,
      isExhausted,
      nextAt: isExhausted ? undefined : (nextAt ?? next),
      remark,
    },
  ]
}

/** @throws AppError ruleViolated: not one of those who are called, or called already */
function targetOf(ticket: Ticket, participantId: string | undefined, at: Date): CallbackTarget {
  const target = callbackTargets(ticket, at).find((one) => one.participantId === participantId)
  if (!target) throw new AppError('ruleViolated', participantId ? '该诉求人不在回访之列' : '请指明回访哪一位诉求人')
  if (target.state === 'answered') throw new AppError('ruleViolated', '该诉求人本次已回访')
  return target
}

/** Attempts or days used up: closed as unreachable, outside satisfaction's denominator, unless another was reached. */
export const closeUnreachable: Decider<'closeUnreachable'> = (_command, ticket, { at }) => [
  { type: 'ticket.closed', outcome: outcomeOfRound(ticket, at) ?? 'unreachable' },
]

/** 回访结果 (ticket.md §5). */
export const recordCallback: Decider<'recordCallback'> = (command, ticket, context) => {
  const { type: _type, version: _version, assignmentId: _id, ...said } = command
  const isBadNews = isDissatisfied(said)
  assertFields([
    missing(isBadNews && !said.judged, 'judged', '不满意或未解决的须判定诉求是否合理'),
    missing(isBadNews && !said.reasons?.length, 'reasons', '请选择不满意原因'),
    missing(!isBadNews && said.judged !== undefined, 'judged', '满意件无需判定'),
  ])
  targetOf(ticket, said.participantId, context.at)
  const outcome = outcomeOf(said)
  const needsJudgement = outcome === 'judgement'
  const recorded: NewEvent = {
    type: 'ticket.callbackRecorded',
    ...said,
    isDissatisfied: isBadNews,
    needsJudgement,
  }
  if (outcome !== 'rework') return [recorded, ...closedIfOver(ticket, said, context)]
  return [recorded, reworked(ticket, context, said.remark ?? '回访不满意，诉求合理')]
}

/** Every caller has been called, and what he said needs no judge: the ticket is closed; else the others come first. */
function closedIfOver(
  ticket: Ticket,
  said: Pick<CallbackResult, 'solved' | 'satisfaction' | 'judged' | 'participantId'>,
  { at, actor }: DecideContext,
): NewEvent[] {
  const by = { userId: actor.userId, name: actor.name, unitId: actor.unitId }
  const result = { ...said, at, by, isDissatisfied: isDissatisfied(said) } as CallbackResult
  return closed({ ...ticket, callbacks: [...ticket.callbacks, result] }, at)
}

function closed(ticket: Ticket, at: Date): NewEvent[] {
  const outcome = outcomeOfRound(ticket, at)
  return outcome ? [{ type: 'ticket.closed', outcome }] : []
}

/** 甄别 (V5): the raw result stays. */
export const judgeCallback: Decider<'judgeCallback'> = ({ verdict, reason }, ticket, context) => {
  const { at, actor } = context
  const by = { userId: actor.userId, name: actor.name, unitId: actor.unitId }
  const judgedAs = (callback: number) =>
    ticket.callbacks.map((result, index) =>
      index === callback ? { ...result, verdict: { verdict, reason, at, by } } : result,
    )
  const appeal = appealToJudge(ticket)
  if (appeal) {
    const judged: NewEvent = { type: 'ticket.callbackJudged', callback: appeal.callback, verdict, reason }
    // Upheld, the rework goes on; what has gone on already is not called back.
    if (verdict === 'upheld' || !isStillReworked(ticket, appeal.callback)) return [judged]
    // Who has not been heard yet is called after the rework, which goes on for his sake.
    return [judged, ...closed({ ...ticket, callbacks: judgedAs(appeal.callback) }, at)]
  }
  const callback = ticket.pendingJudgement?.callback ?? ticket.callbacks.length - 1
  const judged: NewEvent = { type: 'ticket.callbackJudged', callback, verdict, reason }
  if (verdict === 'upheld') return [judged, reworked(ticket, context, reason)]
  return [judged, ...closed({ ...ticket, callbacks: judgedAs(callback) }, at)]
}

export const rework: Decider<'rework'> = ({ reason }, ticket, context) => [reworked(ticket, context, reason)]

/** 重办: the lead works again, three workdays for both clocks; the third time it is escalated (R14). */
function reworked(ticket: Ticket, context: DecideContext, reason: string): NewEvent {
  const lead = leadOf(ticket)
  if (!lead) throw new AppError('ruleViolated', '没有承办单位，不能重办')
  const clock = reworkClock(context)
  const isEscalated = reworksThatCount(ticket) + 1 >= context.profile.reworkEscalateAt
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

export const urge: Decider<'urge'> = ({ note }, ticket, { actor }) => [
  {
    type: 'ticket.urged',
    note,
    isByCaller: hasRole(actor, 'caller'),
    participantId: participantOf(ticket, actor)?.ticketId,
  },
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
