import { describe, expect, it } from 'vitest'
import { clockMillis, dayEndingAt, dayOf, dayText, endOfDay, momentText, shiftDay, startOfDay, weekdayOf } from './day'

describe('北京时间的一天', () => {
  it('00:00 起属于当日，24:00 即次日 00:00', () => {
    expect(dayOf(new Date('2026-02-24T00:00:00+08:00'))).toBe('2026-02-24')
    expect(dayOf(new Date('2026-02-23T15:59:59.999Z'))).toBe('2026-02-23')
    expect(dayOf(new Date('2026-02-23T16:00:00Z'))).toBe('2026-02-24')
    expect(endOfDay('2026-02-24')).toEqual(startOfDay('2026-02-25'))
    expect(dayEndingAt(endOfDay('2026-02-24'))).toBe('2026-02-24')
    expect(startOfDay('2026-02-24').toISOString()).toBe('2026-02-23T16:00:00.000Z')
  })

  it('跨月、跨年、闰年', () => {
    expect(shiftDay('2026-12-31', 1)).toBe('2027-01-01')
    expect(shiftDay('2028-03-01', -1)).toBe('2028-02-29')
    expect(shiftDay('1970-01-01', -1)).toBe('1969-12-31')
    expect(weekdayOf('1969-12-28')).toBe(0)
  })

  it('读作中文', () => {
    expect(dayText('2026-11-20')).toBe('2026-11-20（周五）')
    expect(momentText(endOfDay('2026-11-20'), true)).toBe('2026-11-20 24:00')
    expect(momentText(endOfDay('2026-11-20'))).toBe('2026-11-21 00:00')
    expect(momentText(new Date('2026-11-20T10:30:05+08:00'))).toBe('2026-11-20 10:30:05')
  })

  it.each(['2026-02-30', '2026-13-01', '20260101', '', '2026-1-1'])('不是日期的不收：%s', (day) => {
    expect(() => startOfDay(day)).toThrow('不是有效的日期')
  })

  it('不是整数的天数、不是时刻的时刻不收', () => {
    expect(() => shiftDay('2026-01-01', 1.5)).toThrow('整数')
    expect(() => shiftDay('2026-01-01', Infinity)).toThrow('整数')
    expect(() => dayOf(new Date(NaN))).toThrow('不是有效的时间')
    expect(clockMillis('24:00')).toBe(86_400_000)
    for (const clock of ['24:01', '8:30', '12:60', '中午']) expect(() => clockMillis(clock)).toThrow('不是有效的时刻')
  })
})
