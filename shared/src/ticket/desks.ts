import { dayOf } from '../calendar/day'
import { DEFAULT_PROFILE } from '../limits/presets'
import type { Staff } from './context'
import { OPEN_STATUSES, WITH_UNIT } from './labels'
import { stoodStillSince } from './standstill'
import { hasAppointment } from './callbackTargets'
import { endorsable, parentOf } from './requests'
import { openSupervisions } from './supervision'
import { isSupervisionAdvised } from './supervisionAdvice'
import { leadOf, type Assignment, type Ticket } from './ticket'
import { endorserOf, reviewersWanted, reviewerUnit, submittedIn } from './when'

/** Tabs of a unit (承办单位). `open` is what it still has to work on; due today and overdue are `open` by time. */
export const UNIT_DESKS = {
  toAcknowledge: '待签收',
  handling: '在办',
  dueToday: '今日到期',
  overdue: '已超期',
  sentBack: '待补充',
  inReview: '待审',
  returning: '退单中',
  extending: '申请待审',
  replied: '已反馈',
  invited: '会商邀请',
  delegateReview: '下派审核',
  deputy: '代审',
  supervised: '督办待反馈',
} as const
export type UnitDesk = keyof typeof UNIT_DESKS

/** Queues of the hotline. */
export const HOTLINE_DESKS = {
  intake: '待受理',
  needInfo: '待补充',
  dispatch: '待派单',
  returnReview: '退单审核',
  extensionReview: '延期审核',
  consulting: '会商中',
  suspensionReview: '挂起审批',
  terminationReview: '终止审批',
  hotlineReview: '热线审核',
  callback: '待回访',
  appointed: '预约回访',
  judgement: '待甄别',
  supervising: '督办中',
  toSupervise: '建议督办',
  toEscalate: '待提级',
  ratingReview: '误评待认定',
} as const
export type HotlineDesk = keyof typeof HOTLINE_DESKS

export function deskTitle(desk: string): string {
  return { ...UNIT_DESKS, ...HOTLINE_DESKS }[desk as keyof typeof UNIT_DESKS] ?? desk
}

/** `371602-ZJ|handling` or `hotline|dispatch`: one equality finds a desk's tickets, sorted by `dueBy`. */
export function deskKey(owner: string, desk: UnitDesk | HotlineDesk | 'open'): string {
  return `${owner}|${desk}`
}

/**
 * The desks that a ticket lies on now; stored and indexed.
 * @param staff who endorses and signs off for a unit that has nobody else for it; without it such a desk stays empty
 */
export function desksOf(ticket: Ticket, staff?: Staff): string[] {
  const desks = new Set(ticket.assignments.flatMap((assignment) => unitDesks(ticket, assignment)))
  if (staff)
    for (const assignment of ticket.assignments)
      for (const desk of deputyDesks(ticket, assignment, staff)) desks.add(desk)
  const invited = ticket.status === 'consulting' ? (ticket.consultations?.at(-1)?.units ?? []) : []
  for (const { unitId } of invited) desks.add(deskKey(unitId, 'invited'))
  for (const desk of [...hotlineDesks(ticket), ...oversightDesks(ticket)]) desks.add(deskKey('hotline', desk))
  for (const { unitId, answers } of openSupervisions(ticket))
    if (unitId && answers.length === 0) desks.add(deskKey(unitId, 'supervised'))
  return [...desks]
}

function unitDesks(ticket: Ticket, assignment: Assignment): string[] {
  const { unitId, role, status, pendingReturn, pendingExtension } = assignment
  if (role === 'copy') return []
  const open = deskKey(unitId, 'open')
  const above = role === 'delegated' ? parentOf(ticket, assignment)?.unitId : undefined
  const isAsking = pendingReturn !== undefined || pendingExtension?.stage === 'hotline'
  const asking = above && isAsking ? [deskKey(above, 'delegateReview')] : []
  if (pendingReturn) return [open, deskKey(unitId, 'returning'), ...asking]
  const own = endorsable(assignment)?.request.stage === 'unit' ? [deskKey(unitId, 'extending')] : []
  if (status === 'toAcknowledge' || status === 'handling' || status === 'inReview')
    return [
      open,
      deskKey(unitId, status),
      ...(isSentBack(assignment) ? [deskKey(unitId, 'sentBack')] : []),
      ...own,
      ...asking,
    ]
  return status === 'replied' ? [deskKey(unitId, 'replied'), ...own] : []
}

/** Its last reply came back from a review (退回): it has to be completed. */
function isSentBack({ status, reviews }: Assignment): boolean {
  return status === 'handling' && reviews.at(-1)?.isPassed === false
}

/** 代审: a unit of one person cannot endorse or sign off its own; its superior does not look there by himself. */
function deputyDesks(ticket: Ticket, assignment: Assignment, staff: Staff): string[] {
  const { unitId: own, status } = assignment
  const submitted = submittedIn(assignment)
  const asked = endorsable(assignment)?.request
  const others = [
    asked?.stage === 'unit' ? endorserOf(assignment, asked.by.userId, staff).unitId : own,
    status === 'inReview' && submitted
      ? (reviewerUnit(assignment, submitted.by.userId, reviewersWanted(ticket), staff) ?? own)
      : own,
  ]
  return others.filter((unitId) => unitId !== own).map((unitId) => deskKey(unitId, 'deputy'))
}

function hotlineDesks(ticket: Ticket): HotlineDesk[] {
  if (ticket.status === 'registered') return ['intake']
  if (ticket.status === 'needInfo') return ['needInfo']
  if (ticket.status === 'accepted') return ['dispatch']
  if (ticket.status === 'consulting') return ['consulting']
  const lead = leadOf(ticket)
  const ending = lead?.pendingTermination?.stage === 'hotline' ? (['terminationReview'] as const) : []
  if (ticket.status === 'hotlineReview') return ending.length > 0 ? [...ending] : ['hotlineReview']
  // Of several callers one may be judged while another is still to be called.
  if (ticket.status === 'callback') {
    const calling = [...(['callback'] as const), ...(hasAppointment(ticket) ? (['appointed'] as const) : [])]
    return ticket.pendingJudgement ? ['judgement', ...(ticket.nextAttemptAt ? calling : [])] : calling
  }
  if (!WITH_UNIT.includes(ticket.status)) return []
  const suspending = lead?.pendingSuspension?.stage === 'hotline' ? (['suspensionReview'] as const) : []
  const ofUnits = ticket.assignments.filter(({ role }) => role !== 'delegated')
  const asked = ofUnits.flatMap((assignment): HotlineDesk[] => [
    ...(assignment.pendingReturn ? (['returnReview'] as const) : []),
    ...(assignment.pendingExtension?.stage === 'hotline' ? (['extensionReview'] as const) : []),
  ])
  return [...asked, ...suspending, ...ending]
}

/** What waits for a supervisor beside the ticket's own way; an appeal may outlive it. */
function oversightDesks(ticket: Ticket): HotlineDesk[] {
  if (ticket.status === 'archived') return []
  const { pendingAppeal, rated, flags, returnCount, escalatedTo } = ticket
  // What was returned before tickets kept it is judged by the factory profile.
  const wasLast = ticket.isLeaderless ?? returnCount >= DEFAULT_PROFILE.designateAfterReturns
  const isOpen = OPEN_STATUSES.includes(ticket.status)
  // 转派三家无牵头.
  const isLeaderless = ticket.status === 'accepted' && wasLast && returnCount > (escalatedTo?.returns ?? 0)
  return [
    ...(openSupervisions(ticket).length > 0 ? (['supervising'] as const) : []),
    ...(WITH_UNIT.includes(ticket.status) && isSupervisionAdvised(ticket) ? (['toSupervise'] as const) : []),
    ...((isOpen && flags.includes('escalate')) || isLeaderless ? (['toEscalate'] as const) : []),
    ...(pendingAppeal ? (['judgement'] as const) : []),
    ...(rated?.appeal && !rated.verdict ? (['ratingReview'] as const) : []),
  ]
}

/** The deadline of whoever has the ticket now; a queue is sorted by it. */
export function dueByOf(ticket: Ticket): Date | undefined {
  if (ticket.status === 'accepted') return ticket.dispatchBy
  if (ticket.status === 'hotlineReview') return ticket.hotlineReviewBy
  if (ticket.status === 'callback') return ticket.nextAttemptAt ?? ticket.callbackBy
  if (ticket.status === 'consulting') return ticket.consultations?.at(-1)?.answerBy
  if (ticket.suspension) return ticket.suspension.until
  if (WITH_UNIT.includes(ticket.status)) return leadOf(ticket)?.resolveBy ?? ticket.resolveBy
  return undefined
}

/** The promise, as long as nobody has met it: what is overdue or due today in the city's eyes. */
export function unmetByOf(ticket: Ticket): Date | undefined {
  const isRunning = WITH_UNIT.includes(ticket.status) || (ticket.status === 'accepted' && ticket.dispatchCount > 0)
  const since = stoodStillSince(ticket)
  // What stands still becomes no later than it was; what was late already stays so.
  if (since) return ticket.resolveBy && ticket.resolveBy < since ? ticket.resolveBy : undefined
  return isRunning || ticket.status === 'consulting' ? ticket.resolveBy : undefined
}

export function isOverdue(due: Date | undefined, now: Date): boolean {
  return due !== undefined && now.getTime() > due.getTime()
}

/** Ends on the day of `now`; a deadline at 24:00 belongs to the day that it ends. */
export function isDueToday(due: Date | undefined, now: Date): boolean {
  return due !== undefined && !isOverdue(due, now) && dayOf(new Date(due.getTime() - 1)) === dayOf(now)
}
