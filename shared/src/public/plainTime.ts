import { dayEndingAt, dayOf, momentText, yearOf } from '../calendar/day'

const spoken = (day: string, now: Date): string => {
  const [year, month, date] = day.split('-').map(Number)
  return `${year === yearOf(dayOf(now)) ? '' : `${year} 年 `}${month} 月 ${date} 日`
}

/** `12 月 3 日 18:00`, as one says it; with the year when it is another one. */
export function plainMoment(at: Date, now: Date): string {
  return `${spoken(dayOf(at), now)} ${momentText(at).slice(11, 16)}`
}

/** A limit: one at 24:00 is the day itself, `12 月 3 日`. */
export function plainDeadline(by: Date, now: Date): string {
  return momentText(by, true).endsWith(' 24:00') ? spoken(dayEndingAt(by), now) : plainMoment(by, now)
}
