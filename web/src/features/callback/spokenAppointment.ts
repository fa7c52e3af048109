import { dayOf, shiftDay, startOfDay, weekdayOf, type Day } from '@hotline/shared/calendar/day'
import { HOUR } from '@hotline/shared/calendar/millis'

const MINUTE = HOUR / 60
const DAYS: Record<string, number> = { 今天: 0, 今: 0, 明天: 1, 明: 1, 后天: 2, 大后天: 3 }
const DAY_WORD = /^(今天|明天|大后天|后天|今|明)/
const WEEKDAY = /^(下)?(?:周|星期|礼拜)([一二三四五六日天])/
const DATE = /^(?:(\d{1,2})[-/.月])?(\d{1,2})(?:日|号|(?<=[-/.月]\d{1,2}))/
const PART = /^(早上|早|上午|中午|下午|傍晚|晚上|晚)/
const TIME = /^(\d{1,2})(?:[:：点时](\d{1,2}|半)?分?)?$/
/** When somebody says no hour. */
const USUAL: Record<string, number> = { 早: 9, 早上: 9, 上午: 10, 中午: 12, 下午: 15, 傍晚: 18, 晚: 19, 晚上: 19 }

/**
 * When somebody wants to be called, as he says it: 明天下午3点, 周三 9:30, 27日上午, 晚上7点半, 15:00. In Asia/Shanghai,
 * always ahead of `now`; undefined for what makes no sense or has passed.
 */
export function spokenAppointment(said: string, now: Date): Date | undefined {
  let rest = said.replace(/\s+/g, '')
  const take = (pattern: RegExp) => {
    const match = pattern.exec(rest)
    if (match) rest = rest.slice(match[0].length)
    return match
  }
  const today = dayOf(now)
  const word = take(DAY_WORD)?.[1]
  const weekday = word ? undefined : take(WEEKDAY)
  const date = word || weekday ? undefined : take(DATE)
  const part = take(PART)?.[1]
  const time = rest ? take(TIME) : undefined
  if (rest || !(part ?? time?.[0].match(/\D/) ?? (time && (word ?? weekday ?? date)))) return undefined
  const day = weekday
    ? dayOfWeek(weekday, today)
    : date
      ? dayOfDate(date, today)
      : shiftDay(today, DAYS[word ?? '今'] ?? 0)
  const hour = hourOf(time ? Number(time[1]) : undefined, part)
  const minute = time?.[2] === '半' ? 30 : Number(time?.[2] ?? 0)
  if (!day || hour > 23 || minute > 59) return undefined
  const at = new Date(startOfDay(day).getTime() + hour * HOUR + minute * MINUTE)
  if (at > now) return at
  // 9点, said at ten, is tomorrow's.
  const isBare = !word && !weekday && !date
  return isBare ? new Date(at.getTime() + 24 * HOUR) : undefined
}

function hourOf(hour: number | undefined, part: string | undefined): number {
  if (hour === undefined) return USUAL[part ?? ''] ?? 9
  const isLate = !!part && /下午|傍晚|晚/.test(part)
  if (part === '中午') return hour < 11 ? hour + 12 : hour
  return isLate && hour < 12 ? hour + 12 : hour
}

function dayOfWeek([, next, name]: RegExpExecArray, today: Day): Day {
  const wanted = '日一二三四五六'.indexOf(name === '天' ? '日' : (name ?? ''))
  const monday = shiftDay(today, -((weekdayOf(today) + 6) % 7))
  const day = shiftDay(monday, ((wanted + 6) % 7) + (next ? 7 : 0))
  return day < today ? shiftDay(day, 7) : day
}

/** Without a month: this one, or the next where it has passed. */
function dayOfDate([, month, date]: RegExpExecArray, today: Day): Day | undefined {
  const [year = 0, thisMonth = 0] = today.split('-').map(Number)
  const first = month ? Number(month) : thisMonth
  const fits = [0, 1].flatMap((turn) => {
    const [y, m] = month
      ? [year + turn, first]
      : [year + Math.floor((first + turn - 1) / 12), ((first + turn - 1) % 12) + 1]
    const day = `${y}-${String(m).padStart(2, '0')}-${date?.padStart(2, '0')}`
    const millis = Date.parse(`${day}T00:00:00Z`)
    const isReal = !Number.isNaN(millis) && new Date(millis).toISOString().startsWith(day)
    return isReal && day >= today ? [day as Day] : []
  })
  return fits[0]
}
