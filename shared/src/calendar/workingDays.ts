import { AppError } from '../error'
import { dayOf, dayText, shiftDay, startOfDay, weekdayOf, wholeNumber, yearOf, type Day } from './day'
import { DAY } from './millis'

export { dayOf, endOfDay, shiftDay, startOfDay, type Day } from './day'

/** What the State Council published for one year: weekdays that are off, weekend days that are worked (调休上班). */
export interface CalendarYear {
  year: number
  off: readonly Day[]
  work: readonly Day[]
  /** The notice it was taken from. */
  source: string
}

export interface WorkCalendar {
  /** Changes with the content, so that a deadline can name the calendar it was counted with. */
  version: string
  /** How many times the city's calendar has been saved so far; 0 for one that is not the city's. */
  revision: number
  /** In a year that is not published: Monday to Friday. */
  isWorkday(day: Day): boolean
  isPublished(year: number): boolean
  publishedYears: readonly number[]
  /** Why the day is or is not worked, when it is not the plain weekday rule. */
  reasonOf(day: Day): '法定节假日' | '调休上班' | '周末' | undefined
}

export interface WorkdayCount {
  day: Day
  /** The count passed through a year whose holidays are not published. */
  isProvisional: boolean
  /** Chinese, one step a line. */
  explain: string[]
}

/** @throws AppError invalidInput: a year twice, a foreign day, or a day both off and worked */
export function createCalendar(years: readonly CalendarYear[], version?: string, revision = 0): WorkCalendar {
  const off = new Set<Day>()
  const work = new Set<Day>()
  const published = new Set<number>()
  for (const entry of years) {
    if (published.has(entry.year)) throw new AppError('invalidInput', `${entry.year} 年的日历重复`)
    published.add(entry.year)
    // A notice may reach into the neighbouring year: that of 2023 began with 2022-12-31.
    for (const day of [...entry.off, ...entry.work]) {
      if (Math.abs(yearOf(dayOf(startOfDay(day))) - entry.year) > 1)
        throw new AppError('invalidInput', `${day} 不属于 ${entry.year} 年的日历`)
    }
    entry.off.forEach((day) => off.add(day))
    entry.work.forEach((day) => work.add(day))
  }
  const clash = [...off].find((day) => work.has(day))
  if (clash) throw new AppError('invalidInput', `${clash} 不能既放假又上班`)

  const isWeekend = (day: Day) => weekdayOf(day) % 6 === 0
  const publishedYears = [...published].sort((a, b) => a - b)
  return {
    version: version ?? `${publishedYears.join('-')}#${fingerprint([...off].sort(), [...work].sort())}`,
    revision,
    publishedYears,
    isPublished: (year) => published.has(year),
    isWorkday: (day) => work.has(day) || (!off.has(day) && !isWeekend(day)),
    reasonOf(day) {
      if (work.has(day)) return '调休上班'
      if (off.has(day)) return '法定节假日'
      return isWeekend(day) ? '周末' : undefined
    },
  }
}

/** No city rests longer: a calendar that goes on without a workday is wrong, and the count must end. */
const LONGEST_REST_DAYS = 400

/**
 * The n-th workday after `start`, which is itself not counted (开始的当日不计入, 民法典 201); before it when n is negative.
 * @throws AppError invalidInput when n is not whole, ruleViolated when the calendar has no workday for more than a year
 */
export function addWorkdays(cal: WorkCalendar, start: Day, n: number, startName = '起算当日'): WorkdayCount {
  const known = countsOf(cal)
  const key = `${start}|${n}|${startName}`
  const found = known.get(key) ?? countOut(cal, start, n, startName)
  if (known.size >= MOST_COUNTS) known.clear()
  known.set(key, found)
  return { ...found, explain: [...found.explain] }
}

/** The same few counts are asked again for thousands of tickets: from each of the last days, with a few limits. */
const MOST_COUNTS = 4000
const counts = new WeakMap<WorkCalendar, { version: string; known: Map<string, WorkdayCount> }>()

function countsOf(cal: WorkCalendar): Map<string, WorkdayCount> {
  const kept = counts.get(cal)
  if (kept?.version === cal.version) return kept.known
  const fresh = { version: cal.version, known: new Map<string, WorkdayCount>() }
  counts.set(cal, fresh)
  return fresh.known
}

function countOut(cal: WorkCalendar, start: Day, n: number, startName: string): WorkdayCount {
  const target = Math.abs(wholeNumber(n))
  const step = n < 0 ? -1 : 1
  const explain = [`${startName} ${dayText(start)}不计`]
  const rest: Rest = { explain }
  // Twenty lines for fifteen days are read by nobody.
  const isLong = target > LONG_COUNT
  const run: Run = { explain }
  let day = start
  let isProvisional = false
  let rested = 0
  for (let counted = 0; counted < target;) {
    day = shiftDay(day, step)
    isProvisional ||= !cal.isPublished(yearOf(day))
    if (!cal.isWorkday(day)) {
      flushRun(run)
      rested += 1
      if (rested > LONGEST_REST_DAYS)
        throw new AppError('ruleViolated', `工作日历自 ${start} 起连续 ${LONGEST_REST_DAYS} 天没有工作日，无法推算时限`)
      extendRest(rest, day, cal.reasonOf(day) ?? '周末')
      continue
    }
    flushRest(rest)
    rested = 0
    counted += 1
    const makeUp = cal.reasonOf(day) === '调休上班' ? '（调休上班）' : ''
    if (isLong) extendRun(run, day, counted, makeUp, step)
    else explain.push(`${dayText(day)}${makeUp}${step < 0 ? '往前' : ''}第 ${counted} 个工作日`)
  }
  flushRun(run)
  if (isProvisional) explain.push(`${yearsText(cal, start, day)}节假日安排尚未公布，暂按周一至周五为工作日推算`)
  return { day, isProvisional, explain }
}

/** Workdays after `from` up to and with `to`; negative, without `from`, when `to` is earlier. */
export function workdaysBetween(cal: WorkCalendar, from: Day, to: Day): number {
  if (to < from) return 0 - countWorkdays(cal, to, shiftDay(from, -1))
  return countWorkdays(cal, shiftDay(from, 1), to)
}

/** Time on workdays between two moments; a workday counts 24 h, any other day nothing. Negative when `to` is earlier. */
export function workingMillis(cal: WorkCalendar, from: Date, to: Date): number {
  if (to < from) return 0 - workingMillis(cal, to, from)
  const first = dayOf(from)
  const last = dayOf(to)
  const sinceMidnight = (date: Date, day: Day) => (cal.isWorkday(day) ? date.getTime() - startOfDay(day).getTime() : 0)
  return countWorkdays(cal, first, shiftDay(last, -1)) * DAY + sinceMidnight(to, last) - sinceMidnight(from, first)
}

/** Both ends counted; 0 when `last` is before `first`. */
function countWorkdays(cal: WorkCalendar, first: Day, last: Day): number {
  let count = 0
  for (let day = first; day <= last; day = shiftDay(day, 1)) if (cal.isWorkday(day)) count += 1
  return count
}

/** Counts of more workdays are told week by week instead of day by day. */
const LONG_COUNT = 7

interface Run {
  explain: string[]
  first?: { day: Day; counted: number; makeUp: string }
  last?: { day: Day; counted: number }
  isBackward?: boolean
}

/** A make-up day stands alone, because it surprises. */
function extendRun(run: Run, day: Day, counted: number, makeUp: string, step: number): void {
  if (makeUp || run.first?.makeUp) flushRun(run)
  run.first ??= { day, counted, makeUp }
  run.last = { day, counted }
  run.isBackward = step < 0
}

function flushRun(run: Run): void {
  const { first, last } = run
  if (!first || !last) return
  const back = run.isBackward ? '往前' : ''
  run.explain.push(
    first.day === last.day
      ? `${dayText(first.day)}${first.makeUp}${back}第 ${first.counted} 个工作日`
      : `${dayText(first.day)}至 ${dayText(last.day)}${back}第 ${first.counted} 至 ${last.counted} 个工作日`,
  )
  run.first = run.last = undefined
}

interface Rest {
  explain: string[]
  from?: Day
  to?: Day
  reason?: string
}

function extendRest(rest: Rest, day: Day, reason: string) {
  if (rest.reason !== reason) flushRest(rest)
  rest.from ??= day
  rest.to = day
  rest.reason = reason
}

function flushRest(rest: Rest) {
  if (!rest.from || !rest.to) return
  const span = rest.from === rest.to ? dayText(rest.from) : `${dayText(rest.from)}至 ${dayText(rest.to)}`
  rest.explain.push(`${span}${rest.reason}，不计`)
  rest.from = rest.to = rest.reason = undefined
}

function yearsText(cal: WorkCalendar, start: Day, end: Day): string {
  const [from, to] = [yearOf(start), yearOf(end)].sort((a, b) => a - b) as [number, number]
  const years = Array.from({ length: to - from + 1 }, (_, i) => from + i).filter((year) => !cal.isPublished(year))
  return `${years.join('、')} 年`
}

/** FNV-1a: tells two contents apart, nothing secret about it. */
function fingerprint(off: readonly Day[], work: readonly Day[]): string {
  let hash = 0x811c9dc5
  for (const char of `${off.join()}|${work.join()}`) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193)
  return (hash >>> 0).toString(16).padStart(8, '0')
}
