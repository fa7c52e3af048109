import { dayEndingAt, momentText, shiftDay, startOfDay } from '../calendar/day'
import { DAY } from '../calendar/millis'
import { addWorkdays, workingMillis, type WorkCalendar } from '../calendar/workingDays'
import { deadlineAfter, dueText, type Deadline } from '../limits/deadline'
import type { Limit, LimitProfile, LimitUnit, StepLimit } from '../limits/profile'
import type { Urgency } from './labels'

export type { Deadline } from '../limits/deadline'
export { chooseLimit } from '../limits/choice'
export { callbackBy, earliestCallAt, isCallingHour, nextAttemptAt } from './callbackTimes'

/** The hotline's own deadline to dispatch (派单时限). */
export function dispatchDeadline(
  p: LimitProfile,
  cal: WorkCalendar,
  { acceptedAt, urgency }: { acceptedAt: Date; urgency: Urgency },
): Deadline {
  return deadlineAfter(cal, stepLimit(p.dispatch, urgency), acceptedAt, { event: '受理', dueTime: p.dueTime })
}

/**
 * A unit's three clocks from one dispatch (签收, 退单, 办结). Where the profile counts from the acknowledgement and there
 * is none yet, the limit runs from the last moment to acknowledge.
 */
export function assignmentDeadlines(
  p: LimitProfile,
  cal: WorkCalendar,
  given: { dispatchedAt: Date; urgency: Urgency; isMultiUnit: boolean; limit: Limit; acknowledgedAt?: Date },
): { acknowledge: Deadline; return: Deadline; resolve: Deadline } {
  const { dispatchedAt, urgency, isMultiUnit, limit, acknowledgedAt } = given
  const dueTime = p.dueTime
  const ofReturn = isMultiUnit && urgency === 'general' ? p.returnComplex : stepLimit(p.return, urgency)
  const acknowledge = deadlineAfter(cal, stepLimit(p.acknowledge, urgency), dispatchedAt, { event: '派单', dueTime })
  const latest = new Date(acknowledge.by.getTime() - 1)
  return {
    acknowledge,
    return: deadlineAfter(cal, ofReturn, dispatchedAt, { event: '派单', dueTime }),
    resolve:
      p.countFrom === 'dispatched'
        ? deadlineAfter(cal, limit, dispatchedAt, { event: '派单', dueTime })
        : deadlineAfter(cal, limit, acknowledgedAt ?? latest, { event: acknowledgedAt ? '签收' : '最迟签收', dueTime }),
  }
}

/** 首次联系诉求人. */
export function firstContactDeadline(
  p: LimitProfile,
  cal: WorkCalendar,
  { acknowledgedAt, urgency }: { acknowledgedAt: Date; urgency: Urgency },
): Deadline {
  return deadlineAfter(cal, stepLimit(p.firstContact, urgency), acknowledgedAt, { event: '签收', dueTime: p.dueTime })
}

/** The hotline's time to decide on a return (退单审核). */
export function returnReviewDeadline(p: LimitProfile, cal: WorkCalendar, at: Date): Deadline {
  return deadlineAfter(cal, p.reviews.return, at, { event: '申请退单', dueTime: p.dueTime })
}

/** The hotline's time to decide on an extension (延期审批). */
export function extensionReviewDeadline(p: LimitProfile, cal: WorkCalendar, at: Date): Deadline {
  return deadlineAfter(cal, p.reviews.extension, at, { event: '申请延期', dueTime: p.dueTime })
}

/** The hotline's time to review a unit's reply (热线审核). */
export function hotlineReviewDeadline(p: LimitProfile, cal: WorkCalendar, at: Date): Deadline {
  return deadlineAfter(cal, p.hotlineReview, at, { event: '送审', dueTime: p.dueTime })
}

/** 重办: a fresh limit for both clocks. */
export function reworkDeadline(p: LimitProfile, cal: WorkCalendar, at: Date): Deadline {
  return deadlineAfter(cal, p.rework, at, { event: '重办', dueTime: p.dueTime })
}

/** An approved extension counts from the old due date, not from the approval (延期). */
export function extendDeadline(cal: WorkCalendar, oldBy: Date, n: number): Deadline {
  return moveWorkdays(cal, oldBy, n)
}

/**
 * When the cards fall due. Yellow: 00:00 of the workday from which n workdays are left, that day included, and never
 * before the limit starts. Red: 00:00 of the first workday after it was due. A limit in hours: when its last share
 * begins, and at once.
 */
export function cardTimes(
  p: LimitProfile,
  cal: WorkCalendar,
  { resolveBy, limitUnit, startedAt }: { resolveBy: Date; limitUnit: LimitUnit; startedAt: Date },
): { yellowAt: Date; redAt: Date } {
  if (limitUnit === 'hours') {
    const left = Math.round(Math.max(0, resolveBy.getTime() - startedAt.getTime()) * p.yellow.hoursLeftShare)
    return { yellowAt: new Date(resolveBy.getTime() - left), redAt: resolveBy }
  }
  const dueDay = dayEndingAt(resolveBy)
  const yellowDay = addWorkdays(cal, shiftDay(dueDay, 1), -p.yellow.workdaysBefore).day
  const yellowAt = startOfDay(yellowDay)
  return { yellowAt: yellowAt < startedAt ? startedAt : yellowAt, redAt: startOfDay(addWorkdays(cal, dueDay, 1).day) }
}

export interface Pause {
  from: Date
  to: Date
}

/**
 * The due date after pauses (会商, 挂起). Working time lost is summed over all of them and rounded up once to whole days;
 * in hours to the second, natural time. Touching or overlapping pauses are one. What begins after the due date moves
 * nothing: a limit that is over cannot be stopped.
 */
export function shiftByPauses(
  cal: WorkCalendar,
  { by, limitUnit, pauses }: { by: Date; limitUnit: LimitUnit; pauses: readonly Pause[] },
): Deadline {
  const grain = limitUnit === 'hours' ? 1000 : DAY
  const explain: string[] = []
  let lost = 0
  let current: Deadline = { by, explain: [dueText(by)], isProvisional: false }
  for (const { from, to } of joined(pauses)) {
    if (from >= current.by) break
    const millis = limitUnit === 'workdays' ? workingMillis(cal, from, to) : to.getTime() - from.getTime()
    lost += millis
    explain.push(
      `暂停 ${momentText(from)} 至 ${momentText(to)}，${limitUnit === 'workdays' ? '占工作日' : '共'} ${spanText(millis)}`,
    )
    current = moveBy(cal, by, Math.ceil(lost / grain), limitUnit)
  }
  if (explain.length && lost) explain.push(`合计 ${spanText(lost)}${limitUnit === 'hours' ? '' : '，向上进到整日'}`)
  return { ...current, explain: [...explain, ...current.explain] }
}

function moveBy(cal: WorkCalendar, by: Date, grains: number, unit: LimitUnit): Deadline {
  if (grains === 0) return { by, explain: [dueText(by)], isProvisional: false }
  if (unit === 'workdays') return moveWorkdays(cal, by, grains)
  const moved = new Date(by.getTime() + grains * (unit === 'hours' ? 1000 : DAY))
  return { by: moved, explain: [`原到期 ${momentText(by, true)}，顺延`, dueText(moved)], isProvisional: false }
}

function moveWorkdays(cal: WorkCalendar, by: Date, n: number): Deadline {
  const dueDay = dayEndingAt(by)
  const { day, isProvisional, explain } = addWorkdays(cal, dueDay, n, '原到期日')
  const moved = new Date(startOfDay(day).getTime() + by.getTime() - startOfDay(dueDay).getTime())
  return { by: moved, isProvisional, explain: [...explain, dueText(moved)] }
}

function joined(pauses: readonly Pause[]): Pause[] {
  const result: Pause[] = []
  for (const pause of pauses.filter(({ from, to }) => from < to).sort((a, b) => a.from.getTime() - b.from.getTime())) {
    const last = result.at(-1)
    if (last && pause.from <= last.to) last.to = pause.to > last.to ? pause.to : last.to
    else result.push({ ...pause })
  }
  return result
}

function stepLimit(step: StepLimit, urgency: Urgency): Limit {
  return urgency === 'general' ? step.general : step.urgent
}

/** 1 天 3 小时 20 分 */
function spanText(millis: number): string {
  const seconds = Math.ceil(millis / 1000)
  const parts: [number, string][] = [
    [Math.floor(seconds / 86_400), '天'],
    [Math.floor((seconds % 86_400) / 3600), '小时'],
    [Math.floor((seconds % 3600) / 60), '分'],
    [seconds % 60, '秒'],
  ]
  return (
    parts
      .filter(([n]) => n > 0)
      .map(([n, unit]) => `${n} ${unit}`)
      .join(' ') || '0 小时'
  )
}
