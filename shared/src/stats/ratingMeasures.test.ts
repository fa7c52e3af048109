import { describe, expect, it } from 'vitest'
import { NO_RATINGS, RATING_MEASURE_IDS, ratingMeasures, type RatingCounts } from './ratingMeasures'

const valuesOf = (counts: Partial<RatingCounts>) =>
  Object.fromEntries(ratingMeasures({ ...NO_RATINGS, ...counts }).map(({ id, value }) => [id, value]))

describe('好差评的指标', () => {
  it('湛江坡头：有效评价 21686、好评 21676、误评 10、无差评，好评率由计数重算为 99.95%', () => {
    expect(valuesOf({ received: 21_686, good: 21_676, bad: 10, misrated: 10, active: 21_686 })).toEqual({
      valid: 21_686,
      good: 21_676,
      bad: 0,
      misrated: 10,
      goodRate: 99.95,
      activeRate: 100,
      rectifiedRate: null,
      calledBackRate: null,
    })
  })

  it('恶意差评不是有效评价，也不是差评', () => {
    expect(valuesOf({ received: 100, good: 90, bad: 10, malicious: 4, misrated: 1 })).toMatchObject({
      valid: 96,
      bad: 5,
      misrated: 1,
      goodRate: 93.75,
    })
  })

  it('整改率、回访率、主动评价率', () => {
    expect(
      valuesOf({ received: 50, good: 42, bad: 8, active: 40, rectified: 6, toCallBack: 3, calledBack: 3 }),
    ).toMatchObject({ activeRate: 80, rectifiedRate: 75, calledBackRate: 100 })
  })

  it('没有评价时不除以零', () => {
    expect(valuesOf({})).toMatchObject({ valid: 0, goodRate: null, activeRate: null })
  })

  it('每个指标都有口径；实名差评回访率对照目标', () => {
    const measures = ratingMeasures(NO_RATINGS, { namedBadRatingVisit: 100 })
    expect(measures.map(({ id }) => id)).toEqual([...RATING_MEASURE_IDS])
    expect(measures.every(({ formula }) => formula.length > 4)).toBe(true)
    expect(measures.at(-1)).toMatchObject({ id: 'calledBackRate', target: 100 })
  })
})
