import { dayOf } from '../calendar/day'
import { DEFAULT_PROFILE } from '../limits/presets'
import { OPEN_STATUSES, WITH_UNIT } from './labels'
import { openSupervisions } from './supervision'
import { isSupervisionAdvised } from './supervisionAdvice'
import { leadOf, type Assignment, type Ticket } from './ticket'

/** Tabs of a unit (承办单位). `open` is what it still has to work on; due today and overdue are `open` by time. */
export const UNIT_DESKS = {
  toAcknowledge: '待签收',
  handling: '在办',
  dueToday: '今日到期',
  overdue: '已超期',
  inReview: '待审',
  returning: '退单中',
  extending: '延期待审',
  replied: '已反馈',
  supervised: '督办待反馈',
} as const
export type UnitDesk = keyof typeof UNIT_DESKS

/** Queues of the hotline. */
export const HOTLINE_DESKS = {
  intake: '待受理',
  dispatch: '待派单',
  returnReview: '退单审核',
  extensionReview: '延期审核',
  hotlineReview: '热线审核',
  callback: '待回访',
  judgement: '待甄别',
  supervising: '督办中',
  toSupervise: '建议督办',
  toEscalate: '待提级',
  ratingReview: '误评待认定',
} as const
export type HotlineDesk = keyof typeof HOTLINE_DESKS

/** `371602-ZJ|handling` or `hotline|dispatch`: one equality finds a desk's tickets, sorted by `dueBy`. */
export function deskKey(owner: string, desk: UnitDesk | HotlineDesk | 'open'): string {
  return `${owner}|${desk}`
}

/** The desks that a ticket lies on now; stored and indexed. */
export function desksOf(ticket: Ticket): string[] {
  const desks = new Set(ticket.assignments.flatMap((assignment) => unitDesks(assignment)))
  for (const desk of [...hotlineDesks(ticket), ...oversightDesks(ticket)]) desks.add(deskKey('hotline', desk))
  for (const { unitId, answers } of openSupervisions(ticket))
    if (unitId && answers.length === 0) desks.add(deskKey(unitId, 'supervised'))
  return [...desks]
}

function unitDesks({ unitId, role, status, pendingReturn, pendingExtension }: Assignment): string[] {
  if (role === 'copy') return []
  const open = deskKey(unitId, 'open')
  if (pendingReturn) return [open, deskKey(unitId, 'returning')]
  const extending = pendingExtension?.stage === 'unit' ? [deskKey(unitId, 'extending')] : []
  if (status === 'toAcknowledge' || status === 'handling' || status === 'inReview')
    return [open, deskKey(unitId, status), ...extending]
  return status === 'replied' ? [deskKey(unitId, 'replied')] : []
}

function hotlineDesks(ticket: Ticket): HotlineDesk[] {
  if (ticket.status === 'registered') return ['intake']
  if (ticket.status === 'accepted') return ['dispatch']
  if (ticket.status === 'hotlineReview') return ['hotlineReview']
  if (ticket.status === 'callback') return ticket.pendingJudgement ? ['judgement'] : ['callback']
  if (!WITH_UNIT.includes(ticket.status)) return []
  return ticket.assignments.flatMap((assignment): HotlineDesk[] => [
    ...(assignment.pendingReturn ? (['returnReview'] as const) : []),
    ...(assignment.pendingExtension?.stage === 'hotline' ? (['extensionReview'] as const) : []),
  ])
}

/** What waits for a supervisor beside the ticket's own way; an appeal may outlive it. */
function oversightDesks(ticket: Ticket): HotlineDesk[] {
  if (ticket.status === 'archived') return []
  const { pendingAppeal, rated, flags, returnCount, escalatedTo } = ticket
  const isOpen = OPEN_STATUSES.includes(ticket.status)
  // 转派三家无牵头.
  const isLeaderless =
    ticket.status === 'accepted' &&
    returnCount >= DEFAULT_PROFILE.designateAfterReturns &&
    returnCount > (escalatedTo?.returns ?? 0)
  return [
    ...(openSupervisions(ticket).length > 0 ? (['supervising'] as const) : []),
    ...(WITH_UNIT.includes(ticket.status) && isSupervisionAdvised(ticket) ? (['toSupervise'] as const) : []),
    ...((isOpen && flags.includes('escalate')) || isLeaderless ? (['toEscalate'] as const) : []),
    ...(pendingAppeal ? (['judgement'] as const) : []),
    ...(isOpen && rated?.appeal && !rated.verdict ? (['ratingReview'] as const) : []),
  ]
}

/** The deadline of whoever has the ticket now; a queue is sorted by it. */
export function dueByOf(ticket: Ticket): Date | undefined {
  if (ticket.status === 'accepted') return ticket.dispatchBy
  if (ticket.status === 'hotlineReview') return ticket.hotlineReviewBy
  if (ticket.status === 'callback') return ticket.nextAttemptAt ?? ticket.callbackBy
  if (WITH_UNIT.includes(ticket.status)) return leadOf(ticket)?.resolveBy ?? ticket.resolveBy
  return undefined
}

/** The promise, as long as nobody has met it: what is overdue or due today in the city's eyes. */
export function unmetByOf(ticket: Ticket): Date | undefined {
  const isRunning = WITH_UNIT.includes(ticket.status) || (ticket.status === 'accepted' && ticket.dispatchCount > 0)
  return isRunning || ticket.status === 'consulting' ? ticket.resolveBy : undefined
}

export function isOverdue(due: Date | undefined, now: Date): boolean {
  return due !== undefined && now.getTime() > due.getTime()
}

/** Ends on the day of `now`; a deadline at 24:00 belongs to the day that it ends. */
export function isDueToday(due: Date | undefined, now: Date): boolean {
  return due !== undefined && !isOverdue(due, now) && dayOf(new Date(due.getTime() - 1)) === dayOf(now)
}
