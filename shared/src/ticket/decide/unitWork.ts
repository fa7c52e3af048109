import { AppError } from '../../error'
import {
  assignmentDeadlines,
  dispatchDeadline,
  extensionReviewDeadline,
  firstContactDeadline,
  hotlineReviewDeadline,
  returnReviewDeadline,
} from '../deadlines'
import type { NewClock, NewEvent } from '../events'
import { whyLimit } from '../recount'
import { replyProblems } from '../replyRules'
import { endorsable, REQUEST_NAMES } from '../requests'
import type { Assignment, Ticket } from '../ticket'
import { extended, newClock } from './clock'
import { assertCallerTold, assertFields, type Decider, missing, need } from './decider'

type Acknowledging = Parameters<Decider<'acknowledge'>>[2]

function acknowledged(isAuto: boolean, ticket: Ticket, context: Acknowledging): NewEvent[] {
  const { at, profile, calendar } = context
  const assignment = need(context.assignment)
  const { id, acknowledgeBy } = assignment
  const firstContact = firstContactDeadline(profile, calendar, { acknowledgedAt: at, urgency: ticket.urgency })
  const isLate = isAuto || at.getTime() > acknowledgeBy.getTime()
  const clock = countedFromHere(assignment, ticket, context)
  return [{ type: 'ticket.acknowledged', assignmentId: id, isAuto, isLate, firstContactBy: firstContact.by, clock }]
}

/** Until now the unit's limit ran from the last moment to acknowledge; the promise to the caller still does. */
function countedFromHere(assignment: Assignment, ticket: Ticket, context: Acknowledging): NewClock | undefined {
  const { at, profile, calendar } = context
  const { limit, dispatchedAt, role, pauses } = assignment
  // A delegate's limit is its superior's word, and what has been stopped before is counted from its dispatch.
  if (profile.countFrom !== 'acknowledged' || role === 'delegated' || pauses?.length) return undefined
  const given = { dispatchedAt, urgency: ticket.urgency, isMultiUnit: false, limit, acknowledgedAt: at }
  const { resolve } = assignmentDeadlines(profile, calendar, given)
  const clock = newClock(context, resolve, limit, dispatchedAt)
  return { ...clock, explain: [...whyLimit(assignment, limit, profile), ...clock.explain] }
}

export const acknowledge: Decider<'acknowledge'> = (_command, ticket, context) => acknowledged(false, ticket, context)
/** 超期未退视为接受: the clock acknowledges, and it counts as late (D7). */
export const autoAcknowledge: Decider<'autoAcknowledge'> = (_command, ticket, context) =>
  acknowledged(true, ticket, context)

/** 退单: 不属职责, 说明理由和依据, 并建议承办单位 (D8). */
export const requestReturn: Decider<'requestReturn'> = (
  { reason, basis, suggestedUnitId },
  _ticket,
  { assignment, at, units, profile, calendar },
) => {
  const { id, unitId } = need(assignment)
  if (!units.isOpen(suggestedUnitId)) throw new AppError('ruleViolated', '建议承办单位不存在或已停用')
  if (suggestedUnitId === unitId) throw new AppError('ruleViolated', '建议承办单位不能是本单位')
  const reviewBy = returnReviewDeadline(profile, calendar, at).by
  return [{ type: 'ticket.returnRequested', assignmentId: id, reason, basis, suggestedUnitId, reviewBy }]
}

/** 同意退单: the lead's takes the ticket back to the pool; a co-unit's ends that assignment only. */
export const approveReturn: Decider<'approveReturn'> = ({ opinion }, ticket, { assignment, at, profile, calendar }) => {
  const { id } = need(assignment)
  const isLead = id === ticket.leadAssignmentId
  if (!isLead) return [{ type: 'ticket.returnApproved', assignmentId: id, opinion, isLead }]
  const { by: dispatchBy } = dispatchDeadline(profile, calendar, { acceptedAt: at, urgency: ticket.urgency })
  const isLast = ticket.returnCount + 1 >= profile.designateAfterReturns
  return [{ type: 'ticket.returnApproved', assignmentId: id, opinion, isLead, dispatchBy, isLast }]
}

/** 驳回退单: goes on, locked, and the clock is not reset (D9). */
export const rejectReturn: Decider<'rejectReturn'> = ({ opinion }, ticket, { assignment, at, profile, calendar }) => [
  {
    type: 'ticket.returnRejected',
    assignmentId: need(assignment).id,
    opinion,
    firstContactBy: firstContactDeadline(profile, calendar, { acknowledgedAt: at, urgency: ticket.urgency }).by,
  },
]

export const assignHandler: Decider<'assignHandler'> = ({ handlerId }, _ticket, { assignment, staff }) => {
  const { id, unitId } = need(assignment)
  const handlerName = staff.handlerName(unitId, handlerId)
  if (!handlerName) throw new AppError('ruleViolated', '经办人不是本单位在岗的经办人员')
  return [{ type: 'ticket.handlerAssigned', assignmentId: id, handlerId, handlerName }]
}

export const recordContact: Decider<'recordContact'> = (
  { contactedAt, method, isReached, result },
  _ticket,
  { assignment, at },
) => {
  const { id, dispatchedAt } = need(assignment)
  assertFields([
    missing(contactedAt.getTime() > at.getTime() + 60_000, 'contactedAt', '联系时间不能晚于现在'),
    missing(contactedAt.getTime() < dispatchedAt.getTime() - 60_000, 'contactedAt', '联系时间不能早于派单'),
  ])
  return [{ type: 'ticket.contactRecorded', assignmentId: id, contactedAt, method, isReached, result }]
}

export const recordProgress: Decider<'recordProgress'> = ({ note }, _ticket, { assignment }) => [
  { type: 'ticket.progressRecorded', assignmentId: need(assignment).id, note },
]

/** 延期 (A17): before due, within the profile's times and totals, the caller told; a lead's own needs no endorsement. */
export const requestExtension: Decider<'requestExtension'> = (
  { reason, workdays, isCallerTold },
  ticket,
  { assignment, at, actor, profile, calendar },
) => {
  const { id, extensionWorkdays } = need(assignment)
  const { maxEachWorkdays, maxTotalWorkdays } = profile.extension
  if (maxEachWorkdays !== undefined && workdays > maxEachWorkdays)
    throw new AppError('ruleViolated', `每次延期不得超过 ${maxEachWorkdays} 个工作日`)
  if (extensionWorkdays + workdays > maxTotalWorkdays)
    throw new AppError(
      'ruleViolated',
      `延期合计不得超过 ${maxTotalWorkdays} 个工作日，还可延 ${maxTotalWorkdays - extensionWorkdays} 个`,
    )
  assertCallerTold(ticket, isCallerTold, '申请延期前须告知诉求人')
  const isLeadsOwn = actor.roles.includes('unitLead')
  return [
    {
      type: 'ticket.extensionRequested',
      assignmentId: id,
      reason,
      workdays,
      isCallerTold,
      stage: isLeadsOwn ? 'hotline' : 'unit',
      reviewBy: isLeadsOwn ? extensionReviewDeadline(profile, calendar, at).by : undefined,
    },
  ]
}

export const endorseRequest: Decider<'endorseRequest'> = ({ opinion }, _ticket, context) => {
  const assignment = need(context.assignment)
  const { at, profile, calendar } = context
  return [
    {
      type: 'ticket.requestEndorsed',
      assignmentId: assignment.id,
      request: REQUEST_NAMES[endorsable(assignment)?.field ?? 'pendingExtension'],
      opinion,
      reviewBy: extensionReviewDeadline(profile, calendar, at).by,
    },
  ]
}

export const refuseRequest: Decider<'refuseRequest'> = ({ opinion }, _ticket, { assignment }) => [
  { type: 'ticket.requestRefused', assignmentId: need(assignment).id, opinion },
]

export const approveExtension: Decider<'approveExtension'> = ({ opinion }, ticket, context) => {
  const assignment = need(context.assignment)
  const { workdays } = assignment.pendingExtension ?? { workdays: 0 }
  return [
    {
      type: 'ticket.extensionApproved',
      assignmentId: assignment.id,
      opinion,
      workdays,
      ...extended(context, ticket, assignment, workdays),
    },
  ]
}

export const rejectExtension: Decider<'rejectExtension'> = ({ opinion }, _ticket, { assignment }) => [
  { type: 'ticket.extensionRejected', assignmentId: need(assignment).id, opinion },
]

/** 办理反馈: H2's fields, and why when late. */
export const reply: Decider<'reply'> = (command, ticket, { assignment, at }) => {
  const { id, resolveBy, dispatchedAt } = need(assignment)
  const { type: _type, version: _version, assignmentId: _id, contactNumber, ...said } = command
  assertFields(replyProblems({ ...said, contactNumber }, { ticket, dispatchedAt, resolveBy, at }))
  return [
    { type: 'ticket.replied', assignmentId: id, reply: { ...said, hasContactNumber: contactNumber !== undefined } },
  ]
}

export const reviewByUnit: Decider<'reviewByUnit'> = (
  { isPassed, opinion },
  ticket,
  { assignment, at, profile, calendar },
) => {
  const { id } = need(assignment)
  const goesOn = isPassed && id === ticket.leadAssignmentId
  return [
    {
      type: 'ticket.unitReviewed',
      assignmentId: id,
      isPassed,
      opinion,
      hotlineReviewBy: goesOn ? hotlineReviewDeadline(profile, calendar, at).by : undefined,
    },
  ]
}
