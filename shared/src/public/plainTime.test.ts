import { describe, expect, it } from 'vitest'
import { plainDeadline, plainMoment } from './plainTime'

const NOW = new Date('2026-11-20T10:00:00+08:00')

describe('平常话里的时间', () => {
  it('今年的不说年；24:00 说那一天', () => {
    expect(plainMoment(new Date('2026-12-03T18:00:00+08:00'), NOW)).toBe('12 月 3 日 18:00')
    expect(plainMoment(new Date('2027-01-03T08:05:09+08:00'), NOW)).toBe('2027 年 1 月 3 日 08:05')
    expect(plainDeadline(new Date('2026-12-04T00:00:00+08:00'), NOW)).toBe('12 月 3 日')
    expect(plainDeadline(new Date('2027-01-01T00:00:00+08:00'), NOW)).toBe('12 月 31 日')
    expect(plainDeadline(new Date('2026-12-03T18:00:00+08:00'), NOW)).toBe('12 月 3 日 18:00')
  })
})
