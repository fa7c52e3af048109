import { describe, expect, it } from 'vitest'
import { FromMoment, Moment, ToMoment } from './momentInput'

describe('时间的写法', () => {
  it('查询里的日期是北京时间的一天，截止日含当天', () => {
    expect(FromMoment.parse('2026-11-20').toISOString()).toBe('2026-11-19T16:00:00.000Z')
    expect(ToMoment.parse('2026-11-20').toISOString()).toBe('2026-11-20T16:00:00.000Z')
    expect(FromMoment.parse('2026-11-20T08:00:00+08:00').toISOString()).toBe('2026-11-20T00:00:00.000Z')
  })

  it.each(['2026-11-20T08:00', '2026-02-30', '20261120', '0001-01-01', '9999-12-31', ''])('查询不接受 %s', (text) => {
    expect(FromMoment.safeParse(text).success).toBe(false)
    expect(ToMoment.safeParse(text).success).toBe(false)
  })

  it('提交的时刻须带时区；空值和数字不会变成 1970 年', () => {
    expect(Moment.parse('2026-11-20T02:00:00.000Z').getTime()).toBe(Date.UTC(2026, 10, 20, 2))
    expect(Moment.parse(new Date(Date.UTC(2026, 10, 20))).getTime()).toBe(Date.UTC(2026, 10, 20))
    for (const wrong of [null, 0, true, 1_700_000_000_000, '2026-11-20T10:00', '2026-11-20', '', new Date(NaN)])
      expect(Moment.safeParse(wrong).success).toBe(false)
    expect(Moment.optional().parse(undefined)).toBeUndefined()
  })
})
