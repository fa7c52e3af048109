import { z } from 'zod'
import { PageQuery } from '../page'
import { percent } from '../stats/percent'

/** 本人统计: a callback officer's own day. */
export const OWN_CALLS = {
  called: {
    label: '已访',
    unit: '次',
    formula: '本人今日记录了回访结果的次数（并单后的每位诉求人各计一次）',
  },
  connectRate: {
    label: '接通率',
    unit: '%',
    formula: '回访结果和约时间的次数 ÷ 全部拨打次数（再加未接、占线、关机、空号）',
  },
  satisfactionRate: {
    label: '满意率',
    unit: '%',
    formula: '对办理结果评非常满意、满意、基本满意的 ÷ 给出评价的；不评价的不进分母',
  },
  talkMean: {
    label: '平均通话',
    unit: '秒',
    formula: '从按“接通”到提交回访结果的时间，取平均；中途刷新页面、没有记到时长的不计',
  },
} as const
export type OwnCallId = keyof typeof OWN_CALLS
export const OWN_CALL_IDS = Object.keys(OWN_CALLS) as OwnCallId[]

/** 基本满意 is satisfied, as in the city's measure. */
export const SATISFIED_FROM = 3

/** What one officer did in a day, as counted. */
export interface OwnCallCounts {
  results: number
  appointments: number
  /** Attempts that reached nobody. */
  vain: number
  rated: number
  satisfied: number
  talks: number
  talkSeconds: number
}
export const NO_CALLS: OwnCallCounts = {
  results: 0,
  appointments: 0,
  vain: 0,
  rated: 0,
  satisfied: 0,
  talks: 0,
  talkSeconds: 0,
}

export interface OwnCallItem {
  id: OwnCallId
  label: string
  formula: string
  unit: string
  numerator: number
  /** Absent: a plain count. */
  denominator?: number
  /** A rate of nothing is none. */
  value: number | null
}

export function ownCalls(counts: OwnCallCounts): OwnCallItem[] {
  const reached = counts.results + counts.appointments
  const parts: Record<OwnCallId, { numerator: number; denominator?: number; value: number | null }> = {
    called: { numerator: counts.results, value: counts.results },
    connectRate: rate(reached, reached + counts.vain),
    satisfactionRate: rate(counts.satisfied, counts.rated),
    talkMean: {
      numerator: counts.talkSeconds,
      denominator: counts.talks,
      value: counts.talks > 0 ? Math.round(counts.talkSeconds / counts.talks) : null,
    },
  }
  return OWN_CALL_IDS.map((id) => ({ id, ...OWN_CALLS[id], ...parts[id] }))
}

function rate(numerator: number, denominator: number) {
  return { numerator, denominator, value: percent(numerator, denominator) }
}

export const OwnCallTicketsQuery = PageQuery.extend({
  measure: z.enum(OWN_CALL_IDS as [OwnCallId, ...OwnCallId[]]),
  part: z.enum(['numerator', 'denominator']).default('numerator'),
}).strict()
export type OwnCallTicketsQuery = z.output<typeof OwnCallTicketsQuery>

export interface OwnCallsView {
  day: string
  items: OwnCallItem[]
}
