import { percent } from './percent'

/** What is counted of 好差评; every rate is made of these anew (a report's own percentages are never believed). */
export interface RatingCounts {
  /** Everything that was given, also what turned out to be malicious. */
  received: number
  /** 非常满意, 满意, 基本满意. */
  good: number
  /** 不满意, 非常不满意, as they were given. */
  bad: number
  /** Of the bad ones: found to be given by mistake. */
  misrated: number
  /** Of the bad ones: found to be malicious. */
  malicious: number
  /** Given by somebody, not by the device. */
  active: number
  /** Of the bad ones that stand: rectified. */
  rectified: number
  /** Of the bad ones that stand: named, so that they must be called back; and called back. */
  toCallBack: number
  calledBack: number
}

export const NO_RATINGS: RatingCounts = {
  received: 0,
  good: 0,
  bad: 0,
  misrated: 0,
  malicious: 0,
  active: 0,
  rectified: 0,
  toCallBack: 0,
  calledBack: 0,
}

export const RATING_MEASURE_IDS = [
  'valid',
  'good',
  'bad',
  'misrated',
  'goodRate',
  'activeRate',
  'rectifiedRate',
  'calledBackRate',
] as const
export type RatingMeasureId = (typeof RATING_MEASURE_IDS)[number]

export interface RatingMeasure {
  id: RatingMeasureId
  label: string
  formula: string
  /** A count, or a percentage; null when there is nothing to divide by. */
  value: number | null
  unit: '条' | '%'
  numerator?: number
  denominator?: number
  target?: number
}

/** 好差评 (domain.md §3.6, S1): 误评 is taken out of 差评 and stays in 有效评价; 恶意差评 is not counted. */
export function ratingMeasures(counts: RatingCounts, targets: { namedBadRatingVisit?: number } = {}): RatingMeasure[] {
  const { received, good, misrated, malicious, active, rectified, toCallBack, calledBack } = counts
  const valid = received - malicious
  const bad = counts.bad - misrated - malicious
  const count = (id: RatingMeasureId, label: string, formula: string, value: number): RatingMeasure => ({
    id,
    label,
    formula,
    value,
    unit: '条',
  })
  const rate = (
    id: RatingMeasureId,
    label: string,
    formula: string,
    [numerator, denominator]: [number, number],
    target?: number,
  ): RatingMeasure => ({
    id,
    label,
    formula,
    value: percent(numerator, denominator),
    unit: '%',
    numerator,
    denominator,
    ...(target === undefined ? {} : { target }),
  })
  return [
    count('valid', '有效评价', '期内评价，认定为恶意差评的除外', valid),
    count('good', '好评', '非常满意、满意、基本满意', good),
    count('bad', '差评', '不满意、非常不满意，认定为误评、恶意差评的除外', bad),
    count('misrated', '误评', '差评中经复核认定为误评的', misrated),
    rate('goodRate', '好评率', '好评 ÷ 有效评价', [good, valid]),
    rate('activeRate', '主动评价率', '评价人主动作出的评价 ÷ 全部评价', [active, received]),
    rate('rectifiedRate', '差评整改率', '已整改（热线审核通过）的差评 ÷ 差评', [rectified, bad]),
    rate(
      'calledBackRate',
      '差评回访率',
      '已回访的实名差评 ÷ 已整改的实名差评',
      [calledBack, toCallBack],
      targets.namedBadRatingVisit,
    ),
  ]
}
