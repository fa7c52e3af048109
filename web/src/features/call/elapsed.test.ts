import { describe, expect, it } from 'vitest'
import { elapsed, elapsedSince, inWords } from './elapsed'

describe('通话时长', () => {
  it('走动的时长写作分秒，过一小时带小时', () => {
    expect([0, 42, 192, 3725].map(elapsed)).toEqual(['00:00', '00:42', '03:12', '1:02:05'])
  })

  it('钟慢一点不显示负数；没有开始就不显示', () => {
    const now = new Date('2026-11-22T02:00:00Z')
    expect(elapsedSince('2026-11-22T02:00:01Z', now)).toBe('00:00')
    expect(elapsedSince('2026-11-22T01:58:00Z', now)).toBe('02:00')
    expect(elapsedSince(undefined, now)).toBe('')
  })

  it('通话记录里的时长写成话', () => {
    expect([8, 60, 192].map(inWords)).toEqual(['8 秒', '1 分', '3 分 12 秒'])
  })
})
