import { hasRole } from '../actor'
import { dayOf, momentText } from '../calendar/day'
import { DAY } from '../calendar/millis'
import type { Staff, WhenContext } from './context'
import { extended } from './decide/clock'
import { openDelegates } from './delegates'
import { endorsable, parentOf, waitingRequest } from './requests'
import type { Assignment, By, Ticket } from './ticket'
import { OPEN_ASSIGNMENT } from './labels'
import { leadOf, participantOf } from './ticket'
import { isWeighty } from './weight'
import { decidesOnDelegate } from './when/together'
import { appealToJudge } from './when/oversight'

/** Conditions of the table. Each says `true`, or the reason why not as a sentence for the screen. */
type Answer = true | string

function lasting(since: Date | undefined, days: number, at: Date): boolean {
  return since !== undefined && at.getTime() <= since.getTime() + days * DAY
}

/** 差评整改: only of the hotline itself may it be ended by an answer, because no unit can rectify that. */
function mustBeRectified({ rated }: Ticket, { units }: WhenContext): boolean {
  return rated !== undefined && !['hotline', 'hotlineGroup'].includes(units.get(rated.unitId)?.kind ?? '')
}

export function isOwnIfAgent(ticket: Ticket, context: WhenContext): Answer {
  const { actor } = context
  if (mustBeRectified(ticket, context)) return '差评整改件须派单整改'
  if (hasRole(actor, 'dispatcher', 'director')) return true
  return ticket.registeredBy.userId === actor.userId || '只能处理本人登记的工单'
}

/** An agent corrects what he registered, until it is dispatched; after that the hotline's dispatchers do. */
export function mayAmend(ticket: Ticket, context: WhenContext): Answer {
  if (hasRole(context.actor, 'dispatcher', 'director')) return true
  if (!['registered', 'needInfo', 'accepted'].includes(ticket.status) || ticket.dispatchCount > 0)
    return '派单后只能由派单员更正'
  return isOwnIfAgent(ticket, context)
}

export function mayStillChoose(ticket: Ticket, { actor, profile }: WhenContext): Answer {
  // 差评整改: to the unit that was rated, at once; whatever comes after is a dispatcher's to decide.
  if (hasRole(actor, 'system') && !(ticket.rated && ticket.dispatchCount === 0)) return '系统只派差评整改件'
  const limit = profile.designateAfterReturns
  return ticket.returnCount < limit || `已有 ${limit} 次退单获准，只能指定承办单位`
}

export function mustDesignate(ticket: Ticket, { profile }: WhenContext): Answer {
  const limit = profile.designateAfterReturns
  return ticket.returnCount >= limit || `退单获准满 ${limit} 次后才能指定`
}

export function noReturnPending(_ticket: Ticket, { assignment }: WhenContext): Answer {
  return !assignment?.pendingReturn || '退单申请待审核'
}

/** What waits for the unit's sign-off is left there, unless nobody is there to give it. */
export function mayRecall(ticket: Ticket, { units, staff }: WhenContext): Answer {
  if (ticket.suspension) return '工单挂起中，请先恢复办理'
  const lead = leadOf(ticket)
  if (ticket.status !== 'unitReview' || !lead) return true
  if (ticket.accusedUnitIds.some((accused) => units.isWithin(lead.unitId, accused))) return true
  const isReviewable =
    reviewerUnit(lead, submittedIn(lead)?.by.userId ?? '', reviewersWanted(ticket), staff) !== undefined
  return !isReviewable || '单位审核中，不能撤回改派'
}

/** The clock acknowledges for a unit that neither took nor returned in time (首接责任), never while a return is pending. */
export function isReturnTimeOver(ticket: Ticket, { assignment, at }: WhenContext): Answer {
  if (ticket.suspension) return '工单挂起中'
  if (!assignment || assignment.pendingReturn) return '退单申请待审核'
  return at.getTime() >= assignment.returnBy.getTime() || '退单时限未到'
}

export function canStillReturn(ticket: Ticket, { assignment, at }: WhenContext): Answer {
  if (!assignment) return '没有可退的承办任务'
  if (ticket.suspension) return '工单挂起中，不能退单'
  if (assignment.pendingReturn) return '已申请退单，待审核'
  if (assignment.locked) return assignment.lockedReason ?? '本件不得再退'
  const waiting = waitingRequest(assignment)
  if (waiting) return `${waiting}，不能同时退单`
  if (openDelegates(ticket, assignment).length > 0) return '已下派的任务须先撤回，才能退单'
  return at.getTime() <= assignment.returnBy.getTime() || '已过退单时限，视为接受'
}

/** The return that would lead to designation is decided by the director, either way (ticket.md §2). */
export function mayDecideReturn(ticket: Ticket, context: WhenContext): Answer {
  if (!context.assignment?.pendingReturn) return '没有待审核的退单申请'
  if (context.assignment.role === 'delegated') return decidesOnDelegate(ticket, context.assignment, context)
  if (!hasRole(context.actor, 'dispatcher', 'director')) return '由热线审核退单'
  const isLead = context.assignment.id === ticket.leadAssignmentId
  if (!isLead || ticket.returnCount + 1 < context.profile.designateAfterReturns) return true
  return hasRole(context.actor, 'director') || `第 ${ticket.returnCount + 1} 次退单须由热线主任审批`
}

/** Anonymous and confidential ones are contacted by the hotline only (domain.md §5.3). */
export function mayContact(ticket: Ticket, { assignment }: WhenContext): Answer {
  if (ticket.isAnonymous || ticket.confidentiality > 0) return '匿名或保密工单由热线联系诉求人'
  return noReturnPending(ticket, { assignment } as WhenContext)
}

export function canStillExtend(ticket: Ticket, { assignment, at, profile }: WhenContext): Answer {
  if (!assignment) return '没有可延期的承办任务'
  if (ticket.suspension) return '工单挂起中，不能延期'
  if (assignment.pendingExtension) return '已申请延期，待审核'
  const waiting = waitingRequest(assignment)
  if (waiting) return waiting
  if (assignment.role === 'copy') return '抄送单位不办理'
  const { maxTimes, maxTotalWorkdays } = profile.extension
  if (assignment.extensionCount >= maxTimes) return `延期不得超过 ${maxTimes} 次`
  if (assignment.extensionWorkdays >= maxTotalWorkdays) return `延期合计已满 ${maxTotalWorkdays} 个工作日`
  return at.getTime() <= assignment.resolveBy.getTime() || '延期须在到期前申请'
}

/** The unit's own lead; where there is none, its head; where there is neither, the nearest superior's. */
export function awaitsUnitLead(_ticket: Ticket, { assignment, actor, staff }: WhenContext): Answer {
  const request = assignment && endorsable(assignment)?.request
  if (!assignment || request?.stage !== 'unit') return '没有待单位审批的申请'
  if (request.by.userId === actor.userId) return '申请人不得审批本人的申请'
  if (actor.unitId === assignment.unitId && hasRole(actor, 'unitLead')) return true
  const { unitId, role } = endorserOf(assignment, request.by.userId, staff)
  return (actor.unitId === unitId && hasRole(actor, role)) || '由承办单位分管负责人审批'
}

/** Who has to say yes or no to the unit's own request before the hotline does. */
export function endorserOf(
  { unitId: own, unitPath }: Assignment,
  requesterId: string,
  staff: Staff,
): { unitId: string; role: 'unitLead' | 'unitHead' } {
  for (const unitId of unitPath)
    for (const role of ['unitLead', 'unitHead'] as const)
      if (staff.hasOther(unitId, [role], requesterId)) return { unitId, role }
  return { unitId: own, role: 'unitLead' }
}

export function awaitsHotline(ticket: Ticket, context: WhenContext): Answer {
  const { assignment, actor } = context
  if (assignment?.pendingExtension?.stage !== 'hotline') return '没有待热线审批的延期申请'
  if (assignment.role === 'delegated') return decidesOnDelegate(ticket, assignment, context)
  return hasRole(actor, 'dispatcher', 'director') || '由热线审批延期'
}

/** A delegate's deadline never passes that of the unit that delegated. */
export function mayApproveExtension(ticket: Ticket, context: WhenContext): Answer {
  const awaits = awaitsHotline(ticket, context)
  const { assignment } = context
  const above = assignment && parentOf(ticket, assignment)
  if (awaits !== true || !above) return awaits
  const { clock } = extended(context, ticket, assignment, assignment.pendingExtension?.workdays ?? 0)
  const latest = momentText(above.resolveBy, true)
  return clock.resolveBy.getTime() <= above.resolveBy.getTime() || `延期后不能晚于本单位的时限 ${latest}`
}

export function mayReply(ticket: Ticket, context: WhenContext): Answer {
  return ticket.rated ? '差评整改件请提交整改' : maySubmit(ticket, context)
}

/** The unit's own part is done, and so is that of those who help it. */
export function maySubmit(ticket: Ticket, { assignment, actor }: WhenContext): Answer {
  if (!assignment) return '没有可反馈的承办任务'
  if (ticket.suspension) return '工单挂起中，不能反馈'
  if (waitingRequest(assignment)) return '有申请待审核，不能反馈'
  if (assignment.handlerId && assignment.handlerId !== actor.userId)
    return `本件已分办给${assignment.handlerName ?? '他人'}`
  const isLead = assignment.id === ticket.leadAssignmentId
  const helpers = ticket.assignments.filter(({ id, parentId }) =>
    isLead ? id !== assignment.id : parentId === assignment.id,
  )
  const missing = helpers.filter(stillOwes)
  return missing.length === 0 || `还有 ${missing.length} 个${isLead ? '协办（下派）' : '下派'}单位未反馈`
}

function stillOwes(assignment: Assignment): boolean {
  return assignment.role !== 'copy' && OPEN_ASSIGNMENT.includes(assignment.status) && assignment.status !== 'replied'
}

/** What waits for the sign-off: 整改 on a rectification ticket, else 反馈. */
export function submittedIn({ rectification, reply }: Assignment): { by: By } | undefined {
  return rectification ?? reply
}

/** Who signs off must not be who handled; weighty ones want the head; a unit with nobody else turns to its superior. */
export function mayReviewForUnit(ticket: Ticket, { assignment, actor, staff }: WhenContext): Answer {
  const submitted = assignment && submittedIn(assignment)
  if (!assignment || !submitted) return '没有待审核的反馈'
  const handlerId = submitted.by.userId
  if (handlerId === actor.userId) return '经办人与审核人不得为同一人'
  const wanted = reviewersWanted(ticket)
  if (!hasRole(actor, ...wanted)) return '重件须由主要负责人审核'
  if (actor.unitId === assignment.unitId) return true
  if (reviewerUnit(assignment, handlerId, wanted, staff) !== actor.unitId) return '由承办单位负责人审核'
  return true
}

/** 重件由主要负责人签发. */
export function reviewersWanted(ticket: Ticket): readonly ('unitLead' | 'unitHead')[] {
  return isWeighty(ticket) ? ['unitHead'] : ['unitLead', 'unitHead']
}

/** The unit whose lead signs off: its own, else the nearest superior that has one. */
export function reviewerUnit(
  { unitPath }: Assignment,
  handlerId: string,
  wanted: readonly string[],
  staff: Staff,
): string | undefined {
  return unitPath.find((unitId) => staff.hasOther(unitId, wanted, handlerId))
}

export function mayJudge(ticket: Ticket, { actor }: WhenContext): Answer {
  const appeal = appealToJudge(ticket)
  const pending = appeal ?? (ticket.status === 'callback' ? ticket.pendingJudgement : undefined)
  if (!pending) return '没有待甄别的回访'
  if (appeal?.by.userId === actor.userId) return '申诉人不得甄别本人的申诉'
  const caller = ticket.callbacks[pending.callback]?.by ?? pending.by
  return caller.userId !== actor.userId || '回访人不得甄别本人的回访'
}

export function isClosedLately(ticket: Ticket, { at, profile, units }: WhenContext): Answer {
  const lead = leadOf(ticket)
  if (!lead) return '没有承办单位，不能重办'
  if (!units.isOpen(lead.unitId)) return '原承办单位已停用，请重启后另行派单'
  return lasting(ticket.closedAt, profile.reopenDays, at) || `办结已超过 ${profile.reopenDays} 天，请另行登记`
}

export function isEndedLately(ticket: Ticket, { at, profile }: WhenContext): Answer {
  return lasting(ticket.closedAt, profile.reopenDays, at) || `办结已超过 ${profile.reopenDays} 天，请另行登记`
}

/** The caller once a day; a clerk only of a unit above one that works on it. */
export function mayUrge(ticket: Ticket, { actor, at, units }: WhenContext): Answer {
  if (hasRole(actor, 'caller')) {
    const participant = participantOf(ticket, actor)
    const last = participant ? participant.lastUrgedAt : ticket.lastUrgedByCallerAt
    return !last || dayOf(last) !== dayOf(at) || '一天只能催办一次'
  }
  if (hasRole(actor, 'agent', 'dispatcher', 'supervisor', 'director')) return true
  const isAbove = ticket.assignments.some(
    (assignment) =>
      OPEN_ASSIGNMENT.includes(assignment.status) &&
      assignment.unitId !== actor.unitId &&
      units.isWithin(assignment.unitId, actor.unitId),
  )
  return isAbove || '只能催办下级单位'
}

function cardDue(at: Date, due: Date, given: Date | undefined, assignment: Assignment): boolean {
  return at.getTime() >= due.getTime() && given?.getTime() !== assignment.resolveBy.getTime()
}

/** Once per assignment and due date, and no longer when it is overdue already: then it is red. */
export function isYellowDue(ticket: Ticket, { assignment, at }: WhenContext): Answer {
  if (!assignment || assignment.role === 'copy') return '没有承办任务'
  if (ticket.suspension) return '工单挂起中'
  if (at.getTime() >= assignment.redAt.getTime()) return '已到红牌时间'
  return cardDue(at, assignment.yellowAt, assignment.yellowFor, assignment) || '未到黄牌时间或已发'
}

export function isRedDue(ticket: Ticket, { assignment, at }: WhenContext): Answer {
  if (!assignment || assignment.role === 'copy') return '没有承办任务'
  if (ticket.suspension) return '工单挂起中'
  return cardDue(at, assignment.redAt, assignment.redFor, assignment) || '未到红牌时间或已发'
}
