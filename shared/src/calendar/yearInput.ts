import { z } from 'zod'
import { daysBetween, dayText, startOfDay, weekdayOf, yearOf, type Day } from './day'
import type { CalendarYear } from './workingDays'

/** A notice may reach over New Year: that of 2023 began with 2022-12-31. Further away it is a slip of the pen. */
const NEIGHBOUR_DAYS = 10

const DayInput = z.string({ error: '应为日期' }).refine(isDay, '不是有效的日期，应如 2027-01-01')
const days = z.array(DayInput).max(120, '最多 120 天').default([])

function isDay(text: string): boolean {
  try {
    startOfDay(text)
    return true
  } catch {
    return false
  }
}

/** What is wrong with one year's days, in sentences; nothing when it may be published. */
export function problemsOfYear({ year, off, work }: Pick<CalendarYear, 'year' | 'off' | 'work'>): string[] {
  const problems: string[] = []
  const all = [...off, ...work]
  for (const day of new Set(all)) if (isForeign(day, year)) problems.push(`${day} 不属于 ${year} 年`)
  for (const day of new Set(off.filter((one, index) => off.indexOf(one) !== index))) problems.push(`放假日 ${day} 重复`)
  for (const day of new Set(work.filter((one, index) => work.indexOf(one) !== index)))
    problems.push(`上班日 ${day} 重复`)
  for (const day of work) {
    if (off.includes(day)) problems.push(`${day} 不能既放假又上班`)
    else if (weekdayOf(day) % 6 !== 0) problems.push(`${dayText(day)}本来就上班，不是调休`)
  }
  return problems
}

function isForeign(day: Day, year: number): boolean {
  const own = yearOf(day)
  if (own === year) return false
  if (own === year - 1) return daysBetween(day, `${year}-01-01`) > NEIGHBOUR_DAYS
  return own !== year + 1 || daysBetween(`${year}-12-31`, day) > NEIGHBOUR_DAYS
}

/** One year as it is entered or imported. Its days come out sorted. */
export const CalendarYearInput = z
  .strictObject({
    year: z.number({ error: '请填写年份' }).int('年份应为整数').min(2000, '年份应在 2000 年之后').max(2199),
    off: days,
    work: days,
    source: z.string({ error: '请填写依据' }).trim().min(4, '请填写依据的通知名称或文号').max(200, '依据最多 200 字'),
  })
  .superRefine(({ year, off, work }, context) => {
    if (off.length === 0) context.addIssue({ code: 'custom', path: ['off'], message: `${year} 年没有一天放假，请核对` })
    for (const message of problemsOfYear({ year, off, work }))
      context.addIssue({ code: 'custom', path: [message.startsWith('放假') ? 'off' : 'work'], message })
  })
  .transform(({ off, work, ...rest }) => ({ ...rest, off: [...off].sort(), work: [...work].sort() }))
export type CalendarYearInput = z.output<typeof CalendarYearInput>
