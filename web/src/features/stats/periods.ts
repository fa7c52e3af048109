import { dayOf, shiftDay, weekdayOf, type Day } from '@hotline/shared/calendar/day'
import type { Days } from './statsApi'

export type PeriodName = 'today' | 'week' | 'month' | 'lastMonth' | 'year'
export const PERIOD_LABELS: Record<PeriodName, string> = {
  today: '今日',
  week: '本周',
  month: '本月',
  lastMonth: '上月',
  year: '今年',
}

/** The days of a named period, as of `now`, in Beijing; a week begins on Monday. */
export function daysOf(name: PeriodName, now: Date): Days {
  const today = dayOf(now)
  const first = firstOfMonth(today)
  switch (name) {
    case 'today':
      return { from: today, to: today }
    case 'week':
      return { from: shiftDay(today, -((weekdayOf(today) + 6) % 7)), to: today }
    case 'month':
      return { from: first, to: today }
    case 'lastMonth': {
      const last = shiftDay(first, -1)
      return { from: firstOfMonth(last), to: last }
    }
    case 'year':
      return { from: `${today.slice(0, 4)}-01-01`, to: today }
  }
}

function firstOfMonth(day: Day): Day {
  return `${day.slice(0, 7)}-01`
}
