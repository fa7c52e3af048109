import { describe, expect, it } from 'vitest'
import { createFixedClock } from '../../platform/clock'
import { createFresh } from './fresh'

const clock = createFixedClock('2026-11-20T10:00:00+08:00')

describe('共用答案', () => {
  it('同一个问题同时问、紧接着问，只答一次；别的问题另答', async () => {
    const fresh = createFresh<number>(clock)
    let asked = 0
    const ask = async () => (asked += 1)
    expect(await Promise.all([fresh('全市', ask), fresh('全市', ask), fresh('滨城区', ask)])).toEqual([1, 1, 2])
    expect(await fresh('全市', ask)).toBe(1)
    expect(asked).toBe(2)
    clock.advance(60_000)
    expect(await fresh('全市', ask)).toBe(3)
  })

  it('失败了的不留给后来的人', async () => {
    const fresh = createFresh<number>(clock)
    const failing = () => Promise.reject(new Error('数据库不在'))
    const both = await Promise.allSettled([fresh('全市', failing), fresh('全市', failing)])
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(await fresh('全市', async () => 1)).toBe(1)
  })
})
