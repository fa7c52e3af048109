import type { Day } from '../calendar/day'
import { yearOf } from '../calendar/day'
import { DayInput, DutyInput, ROSTER_POSTS, type RosterPost } from './roster'

/** One line of what was pasted; `problem` says what is wrong with it. */
export interface PastedLine {
  /** From 1, as an editor counts. */
  n: number
  text: string
  problem?: string
  day?: Day
  duty?: DutyInput
}

const HEADS = /^(日期|时间)[\t,，\s]/
const POSTS = new Map<string, RosterPost>([
  ...Object.entries(ROSTER_POSTS).map(([post, label]) => [label, post as RosterPost] as const),
  ['带班', 'leader'],
  ['领导', 'leader'],
  ['板块', 'section'],
  ['巡查', 'patrol'],
  ['值班', 'shift'],
])
const SPAN = /^(\d{1,2}:\d{2})\s*[-–—~～至到]\s*(\d{1,2}:\d{2})$/

/**
 * A table copied from a document or a sheet: 日期, 岗位, 姓名, then in any order 电话, 起止时刻 (`08:00-18:00`), 职务; of
 * 板块带班 the section stands behind the post: `板块带班:城建环保`. Columns are parted by tabs, commas or wide spaces.
 * @param today completes dates without a year: `11月23日` is the next or the last one within half a year
 */
export function readPasted(text: string, today: Day): PastedLine[] {
  const lines = text.split(/\r?\n/).map((line, index) => ({ n: index + 1, text: line.trim() }))
  const filled = lines.filter((line) => line.text !== '' && !HEADS.test(line.text))
  const seen = new Map<string, number>()
  return filled.map((line) => {
    const read = readLine(line.text, today)
    if (!read.day || !read.duty) return { ...line, ...read }
    const { post, section, name, from } = read.duty
    const key = [read.day, post, section, name, from].join('|')
    const before = seen.get(key)
    seen.set(key, before ?? line.n)
    return before === undefined ? { ...line, ...read } : { ...line, problem: `与第 ${before} 行重复` }
  })
}

function readLine(text: string, today: Day): Pick<PastedLine, 'problem' | 'day' | 'duty'> {
  const cells = text
    .split(/\t|[,，]|\s{2,}|\u3000+| +/)
    .map((cell) => cell.trim())
    .filter((cell) => cell !== '')
  const [date = '', posted = '', name = '', ...rest] = cells
  const day = dayIn(date, today)
  if (!day) return { problem: `看不懂日期“${date.slice(0, 20)}”，应为 2026-11-23 或 11月23日` }
  const [, word = '', section] = /^([^:：(（]+)[:：(（]?([^)）]*)[)）]?$/.exec(posted) ?? []
  const post = POSTS.get(word.trim())
  if (!post)
    return { problem: `没有“${posted.slice(0, 20)}”这个岗位，应为${Object.values(ROSTER_POSTS).join('、')}之一` }
  if (!name) return { problem: '缺姓名' }
  const more: Partial<Record<'phone' | 'from' | 'to' | 'title', string>> = {}
  for (const cell of rest) {
    const span = SPAN.exec(cell)
    if (span) Object.assign(more, { from: clock(span[1]), to: clock(span[2]) })
    else if (/^[+\d（(][\d\s()（）+-]{2,}$/.test(cell) && !more.phone) more.phone = cell
    else if (!more.title) more.title = cell
    else return { problem: `多出一栏“${cell.slice(0, 20)}”，不知道是什么` }
  }
  const parsed = DutyInput.safeParse({ post, section: section?.trim() || undefined, name, ...more })
  if (!parsed.success) return { problem: [...new Set(parsed.error.issues.map(({ message }) => message))].join('；') }
  return { day, duty: parsed.data }
}

const clock = (text = '') => text.padStart(5, '0')

function dayIn(text: string, today: Day): Day | undefined {
  const full = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[(（].*)?$/.exec(text)
  if (full) return valid(`${full[1]}-${two(full[2])}-${two(full[3])}`)
  const short = /^(\d{1,2})[-/.月](\d{1,2})日?(?:[(（].*)?$/.exec(text)
  if (!short) return undefined
  const year = yearOf(today)
  const near = [year - 1, year, year + 1]
    .map((one) => valid(`${one}-${two(short[1])}-${two(short[2])}`))
    .filter((day) => day !== undefined)
  const distance = (day: Day) => Math.abs(Date.parse(day) - Date.parse(today))
  return near.sort((a, b) => distance(a) - distance(b))[0]
}

const two = (text = '') => text.padStart(2, '0')
function valid(day: string): Day | undefined {
  return DayInput.safeParse(day).success ? day : undefined
}
