import type { Limit } from './profile'

export const workdays = (n: number): Limit => ({ unit: 'workdays', n })
export const hours = (n: number): Limit => ({ unit: 'hours', n })
export const minutes = (n: number): Limit => ({ unit: 'hours', n: n / 60 })
/** Natural days; 0 is the same day, 24:00. */
export const days = (n: number): Limit => ({ unit: 'days', n })

/** 5 个工作日, 24 小时, 30 分钟, 7 天, 当日 */
export function limitText({ unit, n }: Limit): string {
  if (unit === 'hours') return n < 1 ? `${Math.round(n * 60)} 分钟` : `${n} 小时`
  if (unit === 'days') return n === 0 ? '当日' : `${n} 天`
  return n === 0.5 ? '半个工作日' : `${n} 个工作日`
}

/**
 * Whether `a` ends no later than `b` whenever they start together. A day's limit runs at least n × 24 h, and over a
 * holiday n workdays may take any time: so workdays are never surely as short as hours or natural days.
 */
export function isNeverLonger(a: Limit, b: Limit): boolean {
  if (a.unit === b.unit) return a.n <= b.n
  if (a.unit === 'hours') return a.n <= b.n * 24
  if (a.unit === 'days') return b.unit === 'workdays' ? a.n <= b.n : (a.n + 1) * 24 <= b.n
  return false
}
