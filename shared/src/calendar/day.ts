import { AppError } from '../error'
import { DAY, HOUR } from './millis'

/** A calendar day in Asia/Shanghai (fixed UTC+8, no summer time), `YYYY-MM-DD`. */
export type Day = string

const OFFSET = 8 * HOUR
const PATTERN = /^\d{4}-\d{2}-\d{2}$/
const WEEKDAYS = ['日', '一', '二', '三', '四', '五', '六']

/** The day a moment falls on; 24:00 of a day is 00:00 of the next one. */
export function dayOf(date: Date): Day {
  return fromIndex(Math.floor((millisOf(date) + OFFSET) / DAY))
}

/** The last day that has begun before this moment: the day a deadline at 24:00 belongs to. */
export function dayEndingAt(date: Date): Day {
  return dayOf(new Date(millisOf(date) - 1))
}

/** 00:00 of the day. */
export function startOfDay(day: Day): Date {
  return new Date(indexOf(day) * DAY - OFFSET)
}

/** 24:00 of the day, which is 00:00 of the next. */
export function endOfDay(day: Day): Date {
  return new Date((indexOf(day) + 1) * DAY - OFFSET)
}

export function shiftDay(day: Day, n: number): Day {
  return fromIndex(indexOf(day) + wholeNumber(n))
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return indexOf(to) - indexOf(from)
}

/** 0 is Sunday. */
export function weekdayOf(day: Day): number {
  return (((indexOf(day) + 4) % 7) + 7) % 7
}

export function yearOf(day: Day): number {
  return Number(day.slice(0, 4))
}

/** `2026-11-20(周五)` */
export function dayText(day: Day): string {
  return `${day}（周${WEEKDAYS[weekdayOf(day)]}）`
}

/** `2026-11-20 10:30`, with seconds when there are any; a deadline at midnight reads `2026-11-20 24:00`. */
export function momentText(date: Date, isDeadline = false): string {
  const millis = millisOf(date) - startOfDay(dayOf(date)).getTime()
  if (isDeadline && millis === 0) return `${dayEndingAt(date)} 24:00`
  const clock = new Date(millis).toISOString()
  return `${dayOf(date)} ${millis % 60_000 === 0 ? clock.slice(11, 16) : clock.slice(11, 19)}`
}

/** Milliseconds since 00:00 of a clock time such as `08:30` or `24:00`. @throws AppError invalidInput */
export function clockMillis(clock: string): number {
  const match = /^(\d{2}):(\d{2})$/.exec(clock)
  const minutes = match ? Number(match[1]) * 60 + Number(match[2]) : NaN
  if (!match || Number(match[2]) > 59 || minutes > 24 * 60)
    throw new AppError('invalidInput', `不是有效的时刻：${clock}`)
  return minutes * 60_000
}

/** @throws AppError invalidInput: not whole, or beyond what any limit could be */
export function wholeNumber(n: number): number {
  if (!Number.isInteger(n) || Math.abs(n) > 100_000) throw new AppError('invalidInput', `天数应为合理的整数：${n}`)
  return n
}

function millisOf(date: Date): number {
  const millis = date.getTime()
  if (Number.isNaN(millis)) throw new AppError('invalidInput', '不是有效的时间')
  return millis
}

/** Days are text everywhere; a recount of thousands of tickets turns the same few to and fro. */
const MOST_KEPT = 5000
const indexes = new Map<Day, number>()
const days = new Map<number, Day>()

function kept<K, V>(known: Map<K, V>, key: K, make: (key: K) => V): V {
  const found = known.get(key)
  if (found !== undefined) return found
  const made = make(key)
  if (known.size >= MOST_KEPT) known.clear()
  known.set(key, made)
  return made
}

const indexOf = (day: Day) => kept(indexes, day, readDay)
const fromIndex = (index: number) => kept(days, index, writeDay)

function readDay(day: Day): number {
  const millis = PATTERN.test(day) ? Date.parse(`${day}T00:00:00Z`) : NaN
  // 2026-02-30 is refused by some engines and rolled over by others.
  if (Number.isNaN(millis) || new Date(millis).toISOString().slice(0, 10) !== day)
    throw new AppError('invalidInput', `不是有效的日期：${day}`)
  return millis / DAY
}

function writeDay(index: number): Day {
  const millis = index * DAY
  if (millis < Date.UTC(1900, 0, 1) || millis >= Date.UTC(10000, 0, 1))
    throw new AppError('invalidInput', '日期超出日历范围')
  return new Date(millis).toISOString().slice(0, 10)
}
