import { z } from 'zod'
import { average, percent } from '../stats/percent'

/** GB/T 33358-2016: 15 秒内接听，连续 24 小时呼叫接通率 ≥95%. */
export const PROMPT_SECONDS = 15
export const CONNECT_TARGET = 95

/** What one day's calls were, counted. */
export interface CallCounts {
  /** Calls in that asked for a person; those that went on to another number are not among them. */
  offered: number
  answered: number
  abandoned: number
  missed: number
  busy: number
  /** Answered within 15 seconds. */
  prompt: number
  /** Sums over the answered calls in whose end was told, and how many these are. */
  waitSeconds: number
  talkSeconds: number
  timed: number
  /** Of calls in and out. */
  wrapUpSeconds: number
  wrapUps: number
  out: number
  /** Calls that nobody took and that are called back by now. */
  returned: number
  /** Those that are still to be called back. */
  waiting: number
}

export const NO_CALLS: CallCounts = {
  offered: 0,
  answered: 0,
  abandoned: 0,
  missed: 0,
  busy: 0,
  prompt: 0,
  waitSeconds: 0,
  talkSeconds: 0,
  timed: 0,
  wrapUpSeconds: 0,
  wrapUps: 0,
  out: 0,
  returned: 0,
  waiting: 0,
}

export const CALL_MEASURE_IDS = [
  'offered',
  'connectRate',
  'promptRate',
  'averageWait',
  'averageTalk',
  'averageWrapUp',
  'unanswered',
  'waiting',
  'returnRate',
] as const
export type CallMeasureId = (typeof CALL_MEASURE_IDS)[number]

export const CallMeasureView = z.object({
  id: z.enum(CALL_MEASURE_IDS),
  label: z.string(),
  formula: z.string(),
  unit: z.enum(['通', '%', '秒']),
  /** Null where there is nothing to divide by. */
  value: z.number().nullable(),
  numerator: z.int().optional(),
  denominator: z.int().optional(),
  target: z.number().optional(),
})
export type CallMeasureView = z.infer<typeof CallMeasureView>

export const CallStats = z.object({
  day: z.string(),
  measures: z.array(CallMeasureView),
  counts: z.record(z.string(), z.int()),
})
export type CallStats = z.infer<typeof CallStats>

type Ratio = readonly [label: string, formula: string, numerator: number, denominator: number]

/** 通话类指标 (domain.md §3.1), each with its formula, recomputed from the counts. */
export function callMeasures(counts: CallCounts): CallMeasureView[] {
  const { offered, answered, abandoned, missed, busy, prompt, timed, wrapUps, returned } = counts
  const unanswered = abandoned + missed + busy
  const number = (id: CallMeasureId, label: string, formula: string, value: number): CallMeasureView => {
    return { id, label, formula, unit: '通', value }
  }
  const rate = (id: CallMeasureId, [label, formula, numerator, denominator]: Ratio, target?: number) => {
    const value = percent(numerator, denominator)
    return { id, label, formula, unit: '%', value, numerator, denominator, target } satisfies CallMeasureView
  }
  const mean = (id: CallMeasureId, [label, formula, numerator, denominator]: Ratio) => {
    const value = average(numerator, denominator)
    return { id, label, formula, unit: '秒', value, numerator, denominator } satisfies CallMeasureView
  }
  return [
    number('offered', '来电量', '请求人工的呼入通数，转走的不计', offered),
    rate('connectRate', ['接通率', '人工接通量 ÷ 来电量', answered, offered], CONNECT_TARGET),
    rate('promptRate', [`${PROMPT_SECONDS} 秒接通率`, `${PROMPT_SECONDS} 秒内人工应答数 ÷ 来电量`, prompt, offered]),
    mean('averageWait', ['平均等待', '接通的呼入从振铃到应答的秒数之和 ÷ 通数', counts.waitSeconds, timed]),
    mean('averageTalk', ['平均通话', '接通的呼入从应答到挂断的秒数之和 ÷ 通数', counts.talkSeconds, timed]),
    mean('averageWrapUp', ['平均话后整理', '挂断到整理结束的秒数之和 ÷ 通数', counts.wrapUpSeconds, wrapUps]),
    number('unanswered', '漏接', '漏接、放弃、忙线的呼入通数', unanswered),
    number('waiting', '漏接待回拨', '号码可以回拨、还没有回拨也没有再次接通的漏接通数', counts.waiting),
    rate('returnRate', ['漏接回拨率', '已回拨或已再次接通的漏接 ÷ 漏接', returned, unanswered]),
  ]
}
