import { workdays, hours } from '@hotline/shared/limits/limit'
import { DEFAULT_PROFILE, presetOf } from '@hotline/shared/limits/presets'
import { describe, expect, it } from 'vitest'
import { elsewhere, inherited, keyOf, stated, withCell } from './resolveTable'

const lvliang = presetOf('lvliang-2024') ?? DEFAULT_PROFILE

describe('办理时限表', () => {
  it('写明的和沿用的分得清', () => {
    expect(stated(lvliang.resolve, keyOf(undefined, 'any'))).toEqual(workdays(5))
    expect(stated(lvliang.resolve, keyOf('inquiry', 'any'))).toEqual(workdays(3))
    expect(stated(lvliang.resolve, keyOf('complaint', 'any'))).toBeUndefined()
    expect(inherited(lvliang, 'complaint', 'complex')).toBe('5 个工作日')
    expect(inherited(lvliang, 'inquiry', 'difficult')).toBe('3 个工作日')
    expect(inherited(lvliang, undefined, 'urgent')).toBe('24 小时')
  })

  it('填、改、清一格，别的格不动', () => {
    const filled = withCell(lvliang.resolve, keyOf('complaint', 'complex'), workdays(8))
    expect(stated(filled, keyOf('complaint', 'complex'))).toEqual(workdays(8))
    expect(filled).toHaveLength(lvliang.resolve.length + 1)
    const changed = withCell(filled, keyOf('complaint', 'complex'), workdays(9))
    expect(changed).toHaveLength(filled.length)
    expect(withCell(changed, keyOf('complaint', 'complex'), undefined)).toEqual(lvliang.resolve)
    expect(withCell(lvliang.resolve, keyOf('praise', 'critical'), undefined)).toEqual(lvliang.resolve)
  })

  it('表上没有位置的格子留着', () => {
    const odd = { complexity: 'complex', urgency: 'urgent', limit: hours(48) } as const
    expect(elsewhere([...lvliang.resolve, odd])).toEqual([odd])
  })
})
