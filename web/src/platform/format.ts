import { momentText } from '@hotline/shared/calendar/day'
import { DAY, HOUR } from '@hotline/shared/calendar/millis'
import { TOTAL_CAP } from '@hotline/shared/page'
import { isDueToday, isOverdue } from '@hotline/shared/ticket/desks'

type When = string | Date | undefined | null

const MINUTE = 60_000
const MOST_SHOWN = TOTAL_CAP - 1
const NUMBER = new Intl.NumberFormat('zh-CN')

function dateOf(when: When): Date | undefined {
  const date = when ? new Date(when) : undefined
  return date && !Number.isNaN(date.getTime()) ? date : undefined
}

/** `2026-11-20 10:30` in Asia/Shanghai, without seconds; '' for nothing. */
export function moment(when: When): string {
  const date = dateOf(when)
  return date ? momentText(new Date(Math.floor(date.getTime() / MINUTE) * MINUTE)) : ''
}

/** `11-20 10:30`, and with the year when it is another one than `now`'s. */
export function shortMoment(when: When, now: Date): string {
  const text = moment(when)
  return text.slice(0, 4) === moment(now).slice(0, 4) ? text.slice(5) : text
}

/** A deadline: midnight reads as 24:00 of the day that it ends. */
export function deadline(when: When): string {
  const date = dateOf(when)
  return date ? momentText(new Date(Math.floor(date.getTime() / MINUTE) * MINUTE), true) : ''
}

export function shortDeadline(when: When, now: Date): string {
  const text = deadline(when)
  return text.slice(0, 4) === moment(now).slice(0, 4) ? text.slice(5) : text
}

/** `2026-11-20` */
export function day(when: When): string {
  return moment(when).slice(0, 10)
}

/** `10:42:07` */
export function clock(when: When): string {
  const date = dateOf(when)
  return date ? new Date(date.getTime() + 8 * HOUR).toISOString().slice(11, 19) : ''
}

export function count(n: number): string {
  return NUMBER.format(n)
}

/** A count that nobody reads to its end: `999+`. `isCapped`: whoever counted stopped there, `200+`. */
export function cappedCount(n: number, isCapped = false): string {
  if (n > MOST_SHOWN) return `${MOST_SHOWN}+`
  return isCapped ? `${n}+` : String(n)
}

/** `98.25%`; a share of nothing is 「—」, never 0 % and never 100 %. */
export function percent(value: number | null | undefined): string {
  return value === null || value === undefined ? '—' : `${value.toFixed(2)}%`
}

/** 3 天 4 小时, 4 小时 12 分, 12 分钟: the two greatest units, since nobody decides by the third. */
export function span(millis: number): string {
  const whole = Math.floor(millis / MINUTE) * MINUTE
  const days = Math.floor(whole / DAY)
  const hours = Math.floor((whole % DAY) / HOUR)
  const minutes = Math.floor((whole % HOUR) / MINUTE)
  if (days > 0) return hours > 0 ? `${days} 天 ${hours} 小时` : `${days} 天`
  if (hours > 0) return minutes > 0 ? `${hours} 小时 ${minutes} 分` : `${hours} 小时`
  return `${minutes} 分钟`
}

/** From the general to the particular, as a person reads it. */
export const matterPath = (name: string) => name.replaceAll('>', ' › ')

export type Tone = 'normal' | 'amber' | 'red'
export interface Remaining {
  text: string
  tone: Tone
}

/** How long a step takes as a rule. Of one that always ends today, "today" says nothing: its last two hours do. */
export type Pace = 'days' | 'hours'
const LAST_HOURS = 2 * HOUR

/** What a person decides by: red once it is over; amber on the day that it ends, or in its last hours. */
export function remaining(due: When, now: Date, pace: Pace = 'days'): Remaining {
  const by = dateOf(due)
  if (!by) return { text: '不限时', tone: 'normal' }
  const left = by.getTime() - now.getTime()
  if (isOverdue(by, now)) return { text: left > -MINUTE ? '刚刚超期' : `超期 ${span(-left)}`, tone: 'red' }
  const isSoon = pace === 'hours' ? left <= LAST_HOURS : isDueToday(by, now)
  const tone = isSoon ? 'amber' : 'normal'
  return { text: left < MINUTE ? '剩余不足 1 分钟' : `剩余 ${span(left)}`, tone }
}
