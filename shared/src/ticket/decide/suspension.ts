import { dayOf, daysBetween, endOfDay } from '../../calendar/day'
import { hasRole } from '../../actor'
import type { DecideContext } from '../context'
import { type Pause, shiftByPauses } from '../deadlines'
import type { EventData } from '../events'
import type { LimitUnit } from '../../limits/profile'
import { OPEN_ASSIGNMENT } from '../labels'
import { parentOf } from '../requests'
import { leadOf, type Assignment, type Ticket } from '../ticket'
import { newClock, notLater, pausedClock, pausedPromise } from './clock'
import { assertCallerTold, assertFields, type Decider, missing, need } from './decider'

/** 申请挂起 (A19): an objective obstacle, what is done about it, until when, and the caller told. */
export const requestSuspension: Decider<'requestSuspension'> = (command, ticket, { assignment, at, profile }) => {
  const { reason, measures, promisedDate, isCallerTold } = command
  const days = daysBetween(dayOf(at), promisedDate)
  assertFields([
    missing(days < 1, 'promisedDate', '解决期限须晚于今天'),
    missing(days > profile.suspendMaxDays, 'promisedDate', `解决期限不得超过 ${profile.suspendMaxDays} 天`),
  ])
  assertCallerTold(ticket, isCallerTold, '申请挂起前须告知诉求人')
  const { id } = need(assignment)
  return [
    {
      type: 'ticket.suspensionRequested',
      ...{ assignmentId: id, reason, measures, promisedDate, isCallerTold },
      stage: 'unit',
    },
  ]
}

/** 批准挂起: every clock stands still until the end of the promised day, and it is tracked as a supervision. */
export const approveSuspension: Decider<'approveSuspension'> = ({ opinion }, ticket, { assignment }) => {
  const { id, unitId, unitPath, pendingSuspension } = need(assignment)
  const until = endOfDay(pendingSuspension?.promisedDate ?? '')
  return [
    {
      type: 'ticket.suspensionApproved',
      assignmentId: id,
      opinion,
      until,
      supervision: {
        id: `s${(ticket.supervisions?.length ?? 0) + 1}`,
        form: 'tracking',
        trigger: 'suspended',
        unitId,
        unitPath,
        requirement: pendingSuspension?.measures ?? '',
        deadline: until,
      },
    },
  ]
}

export const rejectSuspension: Decider<'rejectSuspension'> = ({ opinion }, _ticket, { assignment }) => [
  { type: 'ticket.suspensionRejected', assignmentId: need(assignment).id, opinion },
]

/** 恢复办理 (A20): what the pause took is given back to every clock that it stopped. */
export const resume: Decider<'resume'> = ({ reason }, ticket, context) => {
  const { suspension } = ticket
  const from = suspension?.since ?? context.at
  const until = suspension?.until ?? context.at
  // A clock that looked late gives no more than the promised day's end; who resumes earlier gives the true time.
  const pause: Pause = { from, to: context.at < until ? context.at : until }
  const isByClock = hasRole(context.actor, 'system')
  return [
    {
      type: 'ticket.resumed',
      isByClock,
      reason: isByClock ? undefined : reason,
      pause,
      clocks: movedClocks(ticket, context, pause),
      promise: leadOf(ticket) && pausedPromise(context, ticket, pause),
    },
  ]
}

/** Parents before children, so that no child's deadline comes to lie after its parent's. */
function movedClocks(ticket: Ticket, context: DecideContext, pause: Pause): EventData['ticket.resumed']['clocks'] {
  const moved = new Map<string, Date>()
  return ticket.assignments.filter(isStopped).map((assignment) => {
    const parent = parentOf(ticket, assignment)
    const latest = parent && (moved.get(parent.id) ?? parent.resolveBy)
    const deadline = notLater(pausedClock(context, assignment, pause), latest)
    moved.set(assignment.id, deadline.by)
    const { id, limit, dispatchedAt } = assignment
    const clock = newClock(context, deadline, limit, dispatchedAt)
    return { assignmentId: id, clock, ...movedSteps(assignment, ticket, context, pause) }
  })
}

function isStopped({ role, status }: Assignment): boolean {
  return role !== 'copy' && OPEN_ASSIGNMENT.includes(status)
}

/** Nobody can acknowledge for a unit, and it cannot return, while the clocks stand still. */
function movedSteps(
  { status, acknowledgeBy, returnBy, locked }: Assignment,
  { urgency }: Ticket,
  { calendar, profile }: DecideContext,
  pause: Pause,
): { acknowledgeBy?: Date; returnBy?: Date } {
  const general = urgency === 'general'
  const after = (by: Date, limitUnit: LimitUnit) => shiftByPauses(calendar, { by, limitUnit, pauses: [pause] }).by
  const unitOf = (step: { general: { unit: LimitUnit }; urgent: { unit: LimitUnit } }) =>
    (general ? step.general : step.urgent).unit
  return {
    ...(status === 'toAcknowledge' ? { acknowledgeBy: after(acknowledgeBy, unitOf(profile.acknowledge)) } : {}),
    ...(!locked && (status === 'toAcknowledge' || status === 'handling')
      ? { returnBy: after(returnBy, unitOf(profile.return)) }
      : {}),
  }
}
