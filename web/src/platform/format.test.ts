import { describe, expect, it } from 'vitest'
import { cappedCount, deadline, moment, percent, remaining, shortMoment } from './format'

const at = (text: string) => new Date(`${text}+08:00`)

describe('剩余时间', () => {
  const now = at('2026-11-22T10:00:00')
  it.each([
    ['2026-11-25T14:30:00', '剩余 3 天 4 小时', 'normal'],
    ['2026-11-25T10:30:00', '剩余 3 天', 'normal'],
    ['2026-11-22T14:12:00', '剩余 4 小时 12 分', 'amber'],
    ['2026-11-22T10:20:00', '剩余 20 分钟', 'amber'],
    ['2026-11-22T10:00:30', '剩余不足 1 分钟', 'amber'],
    ['2026-11-22T09:59:30', '刚刚超期', 'red'],
    ['2026-11-22T07:00:00', '超期 3 小时', 'red'],
    ['2026-11-19T06:00:00', '超期 3 天 4 小时', 'red'],
  ])('%s 到期：%s', (due, text, tone) => expect(remaining(at(due).toISOString(), now)).toEqual({ text, tone }))

  it('今日 24:00 到期算今日到期，明日 24:00 不算', () => {
    expect(remaining(at('2026-11-23T00:00:00'), now).tone).toBe('amber')
    expect(remaining(at('2026-11-24T00:00:00'), now).tone).toBe('normal')
  })

  it('正好到点还不算超期', () => expect(remaining(now, now).tone).toBe('amber'))

  it.each([
    ['2026-11-22T12:00:01', 'normal'],
    ['2026-11-22T12:00:00', 'amber'],
    ['2026-11-22T10:30:00', 'amber'],
    ['2026-11-22T09:59:59', 'red'],
    ['2026-11-23T11:00:00', 'normal'],
  ])('按小时办的环节（派单、热线审核）最后两小时才算临期：%s 到期', (due, tone) =>
    expect(remaining(at(due), now, 'hours').tone).toBe(tone),
  )

  it('没有期限', () => expect(remaining(undefined, now)).toEqual({ text: '不限时', tone: 'normal' }))
})

describe('时间与数字', () => {
  it('零点的期限写作前一日 24:00，别的时间照常', () => {
    expect(deadline('2026-11-27T16:00:00Z')).toBe('2026-11-27 24:00')
    expect(moment('2026-11-27T16:00:00Z')).toBe('2026-11-28 00:00')
  })
  it('同年不写年，隔年写', () => {
    const now = at('2026-11-22T10:00:00')
    expect(shortMoment('2026-11-20T02:30:12Z', now)).toBe('11-20 10:30')
    expect(shortMoment('2025-11-20T02:30:12Z', now)).toBe('2025-11-20 10:30')
  })
  it('数到一千为止，多的写 999+', () => {
    expect([0, 999, 1000, 5000].map((n) => cappedCount(n))).toEqual(['0', '999', '999+', '999+'])
    expect(cappedCount(200, true)).toBe('200+')
  })
  it('没有分母时不写 0%', () => {
    expect(percent(null)).toBe('—')
    expect(percent(98.2)).toBe('98.20%')
  })
})
