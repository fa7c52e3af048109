import { hasRole } from '../../actor'
import { endOfDay } from '../../calendar/day'
import type { WhenContext } from '../context'
import { hasDelegate } from '../delegates'
import { parentOf, waitingRequest } from '../requests'
import { leadOf, type Assignment, type Ticket } from '../ticket'

/** Conditions of consultation, delegation, suspension and termination. */
type Answer = true | string

/** From the pool, or in the place of a decision on the lead's return. */
export function mayConsult(ticket: Ticket): Answer {
  if (ticket.status === 'accepted') return true
  return !!leadOf(ticket)?.pendingReturn || '已派单的，主办单位申请退单后才能会商'
}

export function isInvited(ticket: Ticket, { actor }: WhenContext): Answer {
  const units = ticket.consultations?.at(-1)?.units ?? []
  return units.some(({ unitId }) => unitId === actor.unitId) || '本单位未受邀会商'
}

export function mayVisit(ticket: Ticket, context: WhenContext): Answer {
  return hasRole(context.actor, 'dispatcher', 'director', 'supervisor') || isInvited(ticket, context)
}

export function mayDelegate(ticket: Ticket, { assignment, units }: WhenContext): Answer {
  if (!assignment) return '没有可下派的承办任务'
  if (ticket.suspension) return '工单挂起中，不能下派'
  const waiting = waitingRequest(assignment)
  if (waiting && !assignment.pendingExtension) return `${waiting}，不能下派`
  return hasDelegate(ticket, assignment, units) || '没有可下派的下级单位'
}

/** Below a unit stands the unit that delegated in the hotline's place. */
export function decidesOnDelegate(ticket: Ticket, assignment: Assignment, { actor }: WhenContext): Answer {
  return (hasRole(actor, 'clerk') && parentOf(ticket, assignment)?.unitId === actor.unitId) || '由下派单位的收文员审核'
}

export function isOwnDelegate(ticket: Ticket, { assignment, actor }: WhenContext): Answer {
  const parent = assignment && parentOf(ticket, assignment)
  if (parent?.unitId !== actor.unitId) return '不是本单位下派的任务'
  return parent.status === 'handling' || '本单位不在办理中，不能撤回下派'
}

/** What a delegate replied, and to the lead what a co-unit replied too; as long as it works on it itself. */
export function maySendBack(ticket: Ticket, { assignment, actor }: WhenContext): Answer {
  if (!assignment) return '没有可退回的反馈'
  const above = assignment.role === 'co' ? leadOf(ticket) : parentOf(ticket, assignment)
  if (above?.unitId !== actor.unitId) return '由下派单位或主办单位退回'
  return above.status === 'handling' || '本单位不在办理中，不能退回补充'
}

function isLeadsOwn(ticket: Ticket, { assignment, actor }: WhenContext, what: string): Answer {
  if (!assignment || assignment.id !== ticket.leadAssignmentId) return `只有主办单位可以${what}`
  if (assignment.handlerId && assignment.handlerId !== actor.userId)
    return `本件已分办给${assignment.handlerName ?? '他人'}`
  const waiting = waitingRequest(assignment)
  return waiting === undefined || `${waiting}，不能${what}`
}

export function maySuspend(ticket: Ticket, context: WhenContext): Answer {
  if (ticket.suspension) return '工单已挂起'
  return isLeadsOwn(ticket, context, '申请挂起')
}

export function suspensionAwaitsHotline(_ticket: Ticket, { assignment }: WhenContext): Answer {
  return assignment?.pendingSuspension?.stage === 'hotline' || '没有待热线审批的挂起申请'
}

export function mayApproveSuspension(ticket: Ticket, context: WhenContext): Answer {
  const awaits = suspensionAwaitsHotline(ticket, context)
  const promised = context.assignment?.pendingSuspension?.promisedDate
  if (awaits !== true || !promised) return awaits
  return context.at.getTime() < endOfDay(promised).getTime() || '承诺的解决期限已过，不能再批准挂起'
}

/** The clock at the end of the promised day; the lead's handler and the director earlier. */
export function mayResume(ticket: Ticket, { assignment, actor, at }: WhenContext): Answer {
  const { suspension } = ticket
  if (!suspension || assignment?.id !== suspension.assignmentId) return '工单没有挂起'
  if (!hasRole(actor, 'system')) return true
  return at.getTime() >= suspension.until.getTime() || '承诺的解决期限未到'
}

export function mayTerminate(ticket: Ticket, context: WhenContext): Answer {
  if (ticket.rated) return '差评整改件不能终止，误评的请申诉'
  return isLeadsOwn(ticket, context, '申请终止')
}

export function terminationAwaitsHotline(_ticket: Ticket, { assignment }: WhenContext): Answer {
  return assignment?.pendingTermination?.stage === 'hotline' || '没有待热线审批的终止申请'
}

/** What the director is to end is not passed on meanwhile. A request that nobody endorsed yet is settled by the review. */
export function noTerminationPending(ticket: Ticket): Answer {
  return leadOf(ticket)?.pendingTermination?.stage !== 'hotline' || '终止申请待审批，不能审核'
}
