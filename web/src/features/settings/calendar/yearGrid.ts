import { shiftDay, weekdayOf } from '@hotline/shared/calendar/day'

export interface GridDay {
  day: string
  date: number
  isWeekend: boolean
  mark?: 'off' | 'work'
}

/** The twelve months of a year, each with the empty places before its first Monday-based weekday. */
export function monthsOf(year: number, off: readonly string[], work: readonly string[]) {
  const isOff = new Set(off)
  const isWork = new Set(work)
  return Array.from({ length: 12 }, (_, index) => {
    const first = `${year}-${String(index + 1).padStart(2, '0')}-01`
    const days: GridDay[] = []
    for (let day = first; day.slice(0, 7) === first.slice(0, 7); day = shiftDay(day, 1))
      days.push({
        day,
        date: Number(day.slice(8)),
        isWeekend: weekdayOf(day) % 6 === 0,
        ...(isOff.has(day) ? { mark: 'off' as const } : isWork.has(day) ? { mark: 'work' as const } : {}),
      })
    return { month: index + 1, before: (weekdayOf(first) + 6) % 7, days }
  })
}

/** One click on a day: off, then as the week has it. A weekend day may also be worked. */
export function toggled(draft: { off: string[]; work: string[] }, { day, isWeekend, mark }: GridDay) {
  const off = draft.off.filter((one) => one !== day)
  const work = draft.work.filter((one) => one !== day)
  if (!mark) return { off: [...off, day].sort(), work }
  if (mark === 'off' && isWeekend) return { off, work: [...work, day].sort() }
  return { off, work }
}
