import { describe, expect, it } from 'vitest'
import { mondayOf, shiftMonth, weeksOf } from './monthGrid'

describe('月历', () => {
  it('从月初所在周的周一到月末所在周的周日', () => {
    const weeks = weeksOf('2026-11')
    expect(weeks.map((week) => week[0])).toEqual([
      '2026-10-26',
      '2026-11-02',
      '2026-11-09',
      '2026-11-16',
      '2026-11-23',
      '2026-11-30',
    ])
    expect(weeks.at(-1)?.at(-1)).toBe('2026-12-06')
    expect(weeksOf('2027-02').length).toBe(4)
  })

  it('跨年翻月', () => {
    expect(shiftMonth('2026-12', 1)).toBe('2027-01')
    expect(shiftMonth('2026-01', -1)).toBe('2025-12')
    expect(mondayOf('2026-11-22')).toBe('2026-11-16')
  })
})
