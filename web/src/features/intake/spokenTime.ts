import { dayOf, shiftDay, startOfDay, type Day } from '@hotline/shared/calendar/day'
import { HOUR } from '@hotline/shared/calendar/millis'

const MINUTE = HOUR / 60
const DAYS: Record<string, number> = { 今天: 0, 今: 0, 昨天: -1, 昨: -1, 前天: -2, 大前天: -3 }
const DAY_WORD = /^(今天|昨天|大前天|前天|今|昨)/
const DATE = /^(?:(\d{4})[-/.\u5e74])?(\d{1,2})[-/.\u6708](\d{1,2})\u65e5?/
const PART = /^(凌晨|早上|早|上午|中午|下午|傍晚|晚上|晚|夜里|夜间|夜)/
const TIME = /^(\d{1,2})(?:[:\uff1a\u70b9\u65f6](\d{1,2}|半)?(?:\u5206)?)?/
const NOW = /^(刚才|刚刚|现在|正在)$/

/**
 * When something happened, as a caller says it and an agent types it: 昨晚10点, 今天 9:30, 11-20 14:00, 前天, 刚才. In
 * Asia/Shanghai; a day without a time is its beginning. Undefined when it makes no sense.
 */
export function spokenTime(said: string, now: Date): Date | undefined {
  let rest = said.replace(/\s+/g, '')
  if (!rest) return undefined
  if (NOW.test(rest)) return new Date(Math.floor(now.getTime() / MINUTE) * MINUTE)
  const take = (pattern: RegExp) => {
    const match = pattern.exec(rest)
    if (match) rest = rest.slice(match[0].length)
    return match
  }
  const today = dayOf(now)
  const word = take(DAY_WORD)
  const date = word ? undefined : take(DATE)
  const day = date ? dayIn(date, today) : shiftDay(today, DAYS[word?.[1] ?? '今天'] ?? 0)
  const part = take(PART)?.[1]
  const time = rest ? take(TIME) : undefined
  if (!day || rest || !(word ?? date ?? part ?? time?.[0].match(/\D/))) return undefined
  const hour = hourOf(time ? Number(time[1]) : undefined, part)
  const minute = time?.[2] === '半' ? 30 : Number(time?.[2] ?? 0)
  if (hour > 24 || minute > 59) return undefined
  return new Date(startOfDay(day).getTime() + hour * HOUR + minute * MINUTE)
}

/** Without a year: the last such day, since what one calls about has happened. */
function dayIn([, year, month, date]: RegExpExecArray, today: Day): Day | undefined {
  const text = (y: string) => `${y}-${month?.padStart(2, '0')}-${date?.padStart(2, '0')}`
  const thisYear = today.slice(0, 4)
  const day = text(year ?? (text(thisYear) > today ? String(Number(thisYear) - 1) : thisYear))
  const millis = Date.parse(`${day}T00:00:00Z`)
  return Number.isNaN(millis) || new Date(millis).toISOString().slice(0, 10) !== day ? undefined : (day as Day)
}

function hourOf(hour: number | undefined, part: string | undefined): number {
  const isLate = !!part && /下午|傍晚|晚|夜/.test(part)
  if (hour === undefined) return part ? ({ 凌晨: 2, 中午: 12, 下午: 15, 傍晚: 18 }[part] ?? (isLate ? 21 : 8)) : 0
  if (isLate && hour === 12 && part !== '下午') return 24
  if (part === '中午') return hour < 11 ? hour + 12 : hour
  return isLate && hour < 12 && !(/夜/.test(part) && hour < 6) ? hour + 12 : hour
}
