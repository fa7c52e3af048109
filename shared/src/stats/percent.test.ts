import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { average, percent } from './percent'
import { LIANYUNGANG, scoreLianyungang, scoreOf } from './score'
import vectors from './vectors.json'

describe('百分数由计数重算', () => {
  it.each(vectors.kpi_vectors)('$name:$num ÷ $den', ({ num, den, stated_pct, computed_pct }) => {
    const stated = computed_pct ?? stated_pct
    // Compared at the stated decimals: a weekly report says 52.7.
    expect(percent(num, den, String(stated).split('.')[1]?.length ?? 0)).toBe(stated)
  })

  it('保留两位，四舍五入，不受二进制小数影响', () => {
    expect(percent(1, 8)).toBe(12.5)
    expect(percent(1, 32)).toBe(3.13)
    expect(percent(201, 20_000)).toBe(1.01)
    expect(percent(2, 3)).toBe(66.67)
    expect(percent(0, 5)).toBe(0)
    expect(percent(15, 5)).toBe(300)
  })

  it('没有分母的不是零，是没有', () => {
    expect(percent(0, 0)).toBeNull()
    expect(average(0, 0)).toBeNull()
    expect(average(5, 3)).toBe(1.67)
  })

  it('与按整数精确计算的一致', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000_000 }), fc.integer({ min: 1, max: 20_000_000 }), (num, den) => {
        const exact = (BigInt(num) * 20_000n + BigInt(den)) / (2n * BigInt(den))
        expect(percent(num, den)).toBe(Number(exact) / 100)
      }),
    )
  })
})

describe('连云港评分', () => {
  it.each(vectors.score_vectors_lianyungang)('$year $rate $pct% 得 $score 分', ({ rate, year, pct, score }) => {
    const line = rate === 'satisfaction' ? LIANYUNGANG.satisfaction : LIANYUNGANG.onTimeClose
    const isOldStandard = rate === 'satisfaction' && year === '2022-02'
    expect(scoreOf(isOldStandard ? { ...line, fullAt: 95 } : line, pct)).toBe(score)
  })

  it('达标得满分，不超过满分', () => {
    expect(scoreOf(LIANYUNGANG.onTimeClose, 95)).toBe(20)
    expect(scoreOf(LIANYUNGANG.satisfaction, 100)).toBe(25)
  })

  it('两项相加；没有可评的不计入总分', () => {
    expect(scoreLianyungang({ onTimeClose: 89.82, satisfaction: 87.5 })).toEqual({ points: 34.57, of: 45 })
    expect(scoreLianyungang({ onTimeClose: 89.82, satisfaction: null })).toEqual({ points: 14.82, of: 20 })
  })
})
