import { daysBetween, dayText, shiftDay, startOfDay, weekdayOf, type Day } from './day'
import { problemsOfYear } from './yearInput'

/** What a notice of the State Council was read as; nothing is saved before a person has looked at it. */
export interface ReadNotice {
  year?: number
  off: Day[]
  work: Day[]
  source?: string
  /** Each sentence that spoke of days, and what was understood. */
  lines: { text: string; off: Day[]; work: Day[] }[]
  /** What was not understood or contradicts itself. */
  problems: string[]
}

const WEEKDAYS = '日一二三四五六'
/** `2022年12月31日`, `1月4日`, `28日` with the weekday that the notice gives in brackets. */
const DATE = /(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:\([^)]*?(?:周|星期)([日天一二三四五六])[^)]*\))?/
const RANGE = new RegExp(`${DATE.source}(?:\\([^)]*\\))?\\s*(?:至|到|[-—–~～])\\s*${DATE.source}`)
const COUNT = /(?:共|放假)\s*(\d{1,2})\s*天/

interface Read {
  day?: Day
  problem?: string
}

/**
 * Reads 国务院办公厅关于某年部分节假日安排的通知 as it is written: "1月1日至3日放假，共3天。1月4日（星期日）上班". Also takes
 * JSON `{year, off, work}`. Never throws: what it does not understand it says.
 */
export function readNotice(text: string, knownYear?: number): ReadNotice {
  const json = readJson(text)
  if (json) return checked({ ...json, year: json.year ?? knownYear })
  const plain = normalised(text)
  const year = knownYear ?? yearOfNotice(plain)
  const result: ReadNotice = { year, off: [], work: [], lines: [], problems: [], source: sourceOf(text) }
  if (year === undefined) {
    result.problems.push('没有找到年份，请先选择年份')
    return result
  }
  for (const sentence of plain.split(/[。;\n]/)) readSentence(sentence.trim(), year, result)
  if (result.off.length === 0) result.problems.push('没有读到放假的日期')
  return checked(result)
}

function checked(read: ReadNotice): ReadNotice {
  const off = [...new Set(read.off)].sort()
  const work = [...new Set(read.work)].sort()
  if (read.year === undefined) return { ...read, off, work, problems: [...read.problems, '没有年份'] }
  return { ...read, off, work, problems: [...read.problems, ...problemsOfYear({ year: read.year, off, work })] }
}

function normalised(text: string): string {
  return text
    .replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace(/（/g, '(')
    .replace(/）/g, ')')
    .replace(/；/g, ';')
    .replace(/\r/g, '\n')
    .replace(/[ \t\u3000\u00a0]/g, '')
}

function yearOfNotice(text: string): number | undefined {
  const [, year] = /(\d{4})年部分节假日/.exec(text) ?? /(\d{4})年/.exec(text) ?? []
  return year === undefined ? undefined : Number(year)
}

function sourceOf(text: string): string | undefined {
  const joined = text.replace(/\s/g, '')
  const title = /国务院办公厅关于.{0,40}?节假日安排的?通知/.exec(joined)?.[0]
  const number = /国办发(?:明电)?[〔[（(]\d{4}[〕\]）)]\d+号/.exec(joined)?.[0]
  if (title && number) return `${title}（${number}）`
  return title ?? number
}

/** "1月1日(周四)至3日(周六)放假调休,共3天" or "2月14日(周六)、2月28日(周六)上班". */
function readSentence(sentence: string, year: number, result: ReadNotice): void {
  const isOff = /放假/.test(sentence)
  const isWork = /上班/.test(sentence)
  if (!/\d+日/.test(sentence) || (!isOff && !isWork)) return
  // Some notices join both with a comma: "10月1日至7日放假,10月11日上班".
  const parts = isOff && isWork ? sentence.split(/[,，]/) : [sentence]
  const line = { text: sentence, off: [] as Day[], work: [] as Day[] }
  for (const part of parts) {
    if (!/\d+日/.test(part)) continue
    if (/上班/.test(part)) line.work.push(...daysIn(part, year, result.problems))
    else if (/放假/.test(part)) line.off.push(...daysIn(part, year, result.problems))
    else result.problems.push(`没有读懂：“${part}”`)
  }
  const [, count] = COUNT.exec(sentence) ?? []
  if (count !== undefined && line.off.length > 0 && line.off.length !== Number(count))
    result.problems.push(`“${sentence}”写明 ${count} 天，读到 ${line.off.length} 天`)
  result.lines.push(line)
  result.off.push(...line.off)
  result.work.push(...line.work)
}

function daysIn(part: string, year: number, problems: string[]): Day[] {
  const days: Day[] = []
  let rest = part
  // A day without its month is of the month that was named last.
  let month: string | undefined
  const take = (match: readonly (string | undefined)[]): Day | undefined => {
    const [ownYear, ownMonth, date, weekday] = match
    month = ownMonth ?? month
    const { day, problem } = dayFrom(Number(ownYear ?? year), month, date, weekday)
    if (problem) problems.push(problem)
    return day
  }
  for (;;) {
    const range = RANGE.exec(rest)
    const single = DATE.exec(rest)
    if (range && single && range.index <= single.index) {
      const from = take(range.slice(1, 5))
      const toYear = range[5] ?? range[1]
      const to = take([toYear, ...range.slice(6, 9)])
      days.push(...span(from, to, part, problems))
      rest = rest.slice(range.index + range[0].length)
    } else if (single) {
      const day = take(single.slice(1, 5))
      if (day) days.push(day)
      rest = rest.slice(single.index + single[0].length)
    } else return days
  }
}

function dayFrom(year: number, month: string | undefined, date: string | undefined, weekday?: string): Read {
  const text = `${month ?? '?'}月${date ?? '?'}日`
  const day = `${year}-${(month ?? '').padStart(2, '0')}-${(date ?? '').padStart(2, '0')}`
  try {
    startOfDay(day)
  } catch {
    return { problem: `不是有效的日期：${year} 年 ${text}` }
  }
  if (weekday && WEEKDAYS.indexOf(weekday.replace('天', '日')) !== weekdayOf(day))
    return { day, problem: `${text}写的是星期${weekday}，实为 ${dayText(day)}` }
  return { day }
}

/** From 2022-12-31 to 2023-01-02 too; a span of more than a month is a misreading. */
function span(from: Day | undefined, to: Day | undefined, part: string, problems: string[]): Day[] {
  if (!from || !to) return []
  // "12月30日至1月1日" without its years ends in the next one.
  const end = to < from ? `${Number(to.slice(0, 4)) + 1}${to.slice(4)}` : to
  const length = daysBetween(from, end) + 1
  if (length < 1 || length > 31) {
    problems.push(`“${part}”的起止日期不合理`)
    return []
  }
  return Array.from({ length }, (_, index) => shiftDay(from, index))
}

function readJson(text: string): ReadNotice | undefined {
  if (!text.trimStart().startsWith('{')) return undefined
  const problems: string[] = []
  let parsed: Record<string, unknown>
  try {
    parsed = JSON.parse(text) as Record<string, unknown>
  } catch {
    return { off: [], work: [], lines: [], problems: ['不是有效的 JSON'] }
  }
  const daysOf = (name: 'off' | 'work'): Day[] => {
    const value = parsed[name] ?? []
    if (!Array.isArray(value)) {
      problems.push(`${name} 应为日期的列表`)
      return []
    }
    return value.flatMap((entry: unknown) => {
      try {
        startOfDay(String(entry))
        return [String(entry)]
      } catch {
        problems.push(`不是有效的日期：${String(entry).slice(0, 40)}`)
        return []
      }
    })
  }
  const off = daysOf('off')
  const work = daysOf('work')
  const year = typeof parsed.year === 'number' && Number.isInteger(parsed.year) ? parsed.year : undefined
  const source = typeof parsed.source === 'string' ? parsed.source : undefined
  return { year, off, work, source, lines: [], problems }
}
