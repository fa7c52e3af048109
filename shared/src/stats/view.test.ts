import { describe, expect, it } from 'vitest'
import { endOfDay, startOfDay } from '../calendar/day'
import { measureOf } from './measures'
import { periodOf, StatsQuery, UNIT_CELLS } from './view'

const now = new Date('2026-11-20T10:00:00+08:00')
const period = (query: Record<string, string>) => periodOf(StatsQuery.parse(query), now)

describe('统计期', () => {
  it('默认本月 1 日至今', () => {
    expect(period({})).toEqual({ from: startOfDay('2026-11-01'), to: now })
  })
  it('日期按北京时间，止日含当日', () => {
    expect(period({ from: '2026-11-02', to: '2026-11-03' })).toEqual({
      from: startOfDay('2026-11-02'),
      to: endOfDay('2026-11-03'),
    })
  })
  it('只给止日，从那个月的 1 日起；止于 1 日 0 时的算上个月', () => {
    expect(period({ to: '2026-10-10' }).from).toEqual(startOfDay('2026-10-01'))
    expect(period({ to: '2026-11-01T00:00:00+08:00' }).from).toEqual(startOfDay('2026-10-01'))
  })
  it('不晚于现在：没有到期的不评', () => {
    expect(period({ to: '2026-12-31' }).to).toEqual(now)
  })
  it.each([
    [{ from: '2026-11-21' }, '统计期还没有开始'],
    [{ from: '2026-11-10', to: '2026-11-09' }, '起始时间须早于结束时间'],
  ])('%j:%s', (query, message) => {
    expect(() => period(query)).toThrow(message)
  })
  it.each(['2026-02-30', '2026-11-20T10:00', '昨天', ''])('%s 不是日期，也不是带时区的时刻', (from) => {
    expect(StatsQuery.safeParse({ from }).error?.issues.map(({ path }) => path)).toEqual([['from']])
  })
})

it('单位表的每一格来自一个指标的一边', () => {
  for (const { measure, part } of Object.values(UNIT_CELLS)) expect(measureOf(measure)[part]).toBeDefined()
})
