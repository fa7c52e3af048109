import { shiftDay, weekdayOf, type Day } from '@hotline/shared/calendar/day'

/** Whole weeks from Monday to Sunday that hold the month, `2026-11`. */
export function weeksOf(month: string): Day[][] {
  const first = `${month}-01`
  let day = shiftDay(first, -((weekdayOf(first) + 6) % 7))
  const weeks: Day[][] = []
  do {
    const monday = day
    weeks.push(Array.from({ length: 7 }, (_, n) => shiftDay(monday, n)))
    day = shiftDay(day, 7)
  } while (day.startsWith(month))
  return weeks
}

/** `2026-11` and `n` months later. */
export function shiftMonth(month: string, n: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const months = year * 12 + number - 1 + n
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`
}

export function mondayOf(day: Day): Day {
  return shiftDay(day, -((weekdayOf(day) + 6) % 7))
}
