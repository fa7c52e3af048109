import { describe, expect, it } from 'vitest'
import { othersHere } from './viewers'

const people = (count: number) => Array.from({ length: count }, (_, n) => ({ userId: `u${n}`, name: `王${n}` }))

describe('还有谁在看', () => {
  it('不算自己；只有自己时没有人', () => {
    expect(othersHere(people(1), 'u0').shown).toEqual([])
    expect(othersHere(people(2), 'u0').names).toBe('王1')
  })
  it('一个字：名的最后一字', () =>
    expect(othersHere([{ userId: 'a', name: '欧阳静文' }], 'me').shown[0]?.letter).toBe('文'))
  it.each([
    [6, 5, 0],
    [7, 5, 1],
    [12, 5, 6],
  ])('连自己 %i 人在看：画 %i 个，其余 +%i', (total, shown, rest) => {
    const others = othersHere(people(total), 'u3')
    expect(others.shown).toHaveLength(shown)
    expect(others.shown.map(({ userId }) => userId)).not.toContain('u3')
    expect(others.rest).toBe(rest)
    expect(others.names.split('、')).toHaveLength(total - 1)
  })
})
