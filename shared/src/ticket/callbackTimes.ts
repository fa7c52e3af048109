import { clockMillis, dayOf, shiftDay, startOfDay } from '../calendar/day'
import { HOUR } from '../calendar/millis'
import type { WorkCalendar } from '../calendar/workingDays'
import { deadlineAfter, type Deadline } from '../limits/deadline'
import { workdays } from '../limits/limit'
import type { LimitProfile } from '../limits/profile'

/** The last moment to call back; `at` is when the matter came to the callback queue. */
export function callbackBy(p: LimitProfile, cal: WorkCalendar, at: Date): Deadline {
  return deadlineAfter(cal, workdays(p.callback.withinWorkdays), at, { event: '转回访', dueTime: p.dueTime })
}

/** When the first attempt is due (≤ 1 个工作日); the others may follow until `callbackBy`. */
export function firstCallbackBy(p: LimitProfile, cal: WorkCalendar, at: Date): Deadline {
  return deadlineAfter(cal, workdays(p.callback.firstWithinWorkdays), at, { event: '转回访', dueTime: p.dueTime })
}

/** The earliest next attempt after one at `at`: the interval later, and within calling hours. */
export function nextAttemptAt(p: LimitProfile, at: Date): Date {
  return earliestCallAt(p, new Date(at.getTime() + Math.round(p.callback.intervalHours * HOUR)))
}

/** This moment, or when the calling hours begin again. */
export function earliestCallAt(p: LimitProfile, at: Date): Date {
  if (isCallingHour(p, at)) return at
  const [from] = hoursOf(p, dayOf(at))
  return at < from ? from : hoursOf(p, shiftDay(dayOf(at), 1))[0]
}

/** Whether one may call at this moment; the closing time itself is over. Holidays are no exception. */
export function isCallingHour(p: LimitProfile, at: Date): boolean {
  const [from, to] = hoursOf(p, dayOf(at))
  return from <= at && at < to
}

function hoursOf(p: LimitProfile, day: string): [from: Date, to: Date] {
  const [from, to] = p.callback.callingHours
  const midnight = startOfDay(day).getTime()
  return [new Date(midnight + clockMillis(from)), new Date(midnight + clockMillis(to))]
}
