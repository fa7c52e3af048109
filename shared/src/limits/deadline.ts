import { clockMillis, dayOf, dayText, endOfDay, momentText, shiftDay, startOfDay } from '../calendar/day'
import { HOUR } from '../calendar/millis'
import { addWorkdays, type WorkCalendar } from '../calendar/workingDays'
import { AppError } from '../error'
import { limitText } from './limit'
import type { Limit } from './profile'

export interface Deadline {
  by: Date
  /** Chinese, one step of the count a line. */
  explain: string[]
  /** The count passed through a year whose holidays are not published. */
  isProvisional: boolean
}

interface Start {
  /** 派单, 签收, … as the explanation names it. */
  event: string
  /** `24:00`, or closing time. */
  dueTime?: string
}

/**
 * When a limit that starts at `from` ends. Hours run in natural time; days and workdays begin after the day of `from`
 * and end at 24:00 (or `dueTime`) of the last one, in Asia/Shanghai.
 * @throws AppError invalidInput for a limit that makes no sense
 */
export function deadlineAfter(
  cal: WorkCalendar,
  limit: Limit,
  from: Date,
  { event, dueTime = '24:00' }: Start,
): Deadline {
  if (limit.unit === 'hours') return afterHours(limit, from, event)
  if (limit.unit === 'workdays' && limit.n === 0.5) return afterHalfWorkday(cal, from, event)
  if (limit.unit === 'days' && limit.n === 0) return sameDay(from, event)
  if (!Number.isInteger(limit.n) || limit.n < 1)
    throw new AppError('invalidInput', `时限应为正整数：${limitText(limit)}`)

  const start = dayOf(from)
  const count =
    limit.unit === 'workdays'
      ? addWorkdays(cal, start, limit.n, `${event}当日`)
      : {
          day: shiftDay(start, limit.n),
          isProvisional: false,
          explain: [
            `${event}当日 ${dayText(start)}不计`,
            `按自然日计 ${limit.n} 天，至 ${dayText(shiftDay(start, limit.n))}`,
          ],
        }
  const by = new Date(startOfDay(count.day).getTime() + clockMillis(dueTime))
  return { by, isProvisional: count.isProvisional, explain: [...count.explain, dueText(by)] }
}

/** 到期:2026-11-27 24:00 */
export function dueText(by: Date): string {
  return `到期：${momentText(by, true)}`
}

function afterHours(limit: Limit, from: Date, event: string): Deadline {
  if (!(limit.n > 0)) throw new AppError('invalidInput', `时限应大于零：${limitText(limit)}`)
  const by = new Date(from.getTime() + Math.round(limit.n * HOUR))
  const explain = [`${event} ${momentText(from)}起 ${limitText(limit)}，按自然时间连续计算`, dueText(by)]
  return { by, isProvisional: false, explain }
}

function sameDay(from: Date, event: string): Deadline {
  const by = endOfDay(dayOf(from))
  return { by, isProvisional: false, explain: [`${event}当日 ${dayText(dayOf(from))}内`, dueText(by)] }
}

/** 半个工作日 (吕梁 2024): before noon of a workday until its end, else until noon of the next workday. */
function afterHalfWorkday(cal: WorkCalendar, from: Date, event: string): Deadline {
  const day = dayOf(from)
  const noon = 12 * HOUR
  if (cal.isWorkday(day) && from.getTime() < startOfDay(day).getTime() + noon) {
    const by = endOfDay(day)
    const isProvisional = !cal.isPublished(Number(day.slice(0, 4)))
    return { by, isProvisional, explain: [`${event} ${momentText(from)}，在工作日 12:00 前，限当日`, dueText(by)] }
  }
  const next = addWorkdays(cal, day, 1, `${event}当日`)
  const by = new Date(startOfDay(next.day).getTime() + noon)
  const why = cal.isWorkday(day) ? '在工作日 12:00 后' : '不在工作日'
  const explain = [`${event} ${momentText(from)}，${why}，限次一工作日 12:00`, ...next.explain, dueText(by)]
  return { by, isProvisional: next.isProvisional, explain }
}
