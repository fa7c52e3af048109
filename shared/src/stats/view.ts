import { z } from 'zod'
import { dayEndingAt, startOfDay } from '../calendar/day'
import { FromMoment, ToMoment } from '../calendar/momentInput'
import { AppError } from '../error'
import { PageQuery, type Page } from '../page'
import type { TicketQueryInput, TicketRow } from '../ticket/view'
import { MEASURE_IDS, type MeasureId, type MeasureOptions } from './measure'
import type { Period } from './period'

/** 统计期和口径. `to` as a day includes that day; by default from the first of the month until now. */
export const StatsQuery = z.strictObject({
  from: FromMoment.optional(),
  to: ToMoment.optional(),
  unitId: z.string().max(64).optional(),
  /** `unit`: that unit alone; `subtree`: with those under it. */
  within: z.enum(['subtree', 'unit']).default('subtree'),
  rating: z.enum(['raw', 'judged']).default('raw'),
  /** 基本满意是否算满意. */
  isFairSatisfied: z.enum(['true', 'false']).default('true'),
})
export type StatsQuery = z.output<typeof StatsQuery>

export const StatsTicketsQuery = StatsQuery.extend({
  measure: z.enum(MEASURE_IDS),
  part: z.enum(['numerator', 'denominator']).default('numerator'),
  ...PageQuery.shape,
})
export type StatsTicketsQuery = z.output<typeof StatsTicketsQuery>

/** The period asked for; never beyond now: what is not yet due is not judged. @throws AppError invalidInput */
export function periodOf({ from, to }: Pick<StatsQuery, 'from' | 'to'>, now: Date): Period {
  const end = to && to < now ? to : now
  const start = from ?? startOfDay(`${dayEndingAt(end).slice(0, 7)}-01`)
  if (start < end) return { from: start, to: end }
  const message = from && from >= now ? '统计期还没有开始' : '起始时间须早于结束时间'
  throw new AppError('invalidInput', message, { fields: [{ path: 'from', message }] })
}

export function optionsOf({ rating, isFairSatisfied }: StatsQuery): Pick<MeasureOptions, 'rating' | 'isFairSatisfied'> {
  return { rating, isFairSatisfied: isFairSatisfied === 'true' }
}

/** A number of the board; `query` lists exactly its tickets. */
export interface LiveItem {
  id: string
  label: string
  /** 口径 */
  formula: string
  value: number
  query: TicketQueryInput
}

/** `GET /api/stats/live`; up to two seconds old, `at` says of when. */
export interface LiveStats {
  items: LiveItem[]
  at: string
}

export interface MeasureItem {
  id: MeasureId
  label: string
  /** 口径 */
  formula: string
  numerator: number
  /** Null for a plain number. */
  denominator: number | null
  /** A percentage, a mean or the plain number; null when there was nothing to count. */
  value: number | null
  unit: '%' | '件' | '工作日'
  /** Whether tickets are counted, or each way from dispatch to close by itself (重启的再计一件). */
  unitOfCount: 'ticket' | 'case'
  target?: number
  isLowerBetter?: boolean
}

interface OfPeriod {
  from: string
  to: string
}

/** `GET /api/stats/measures` */
export interface MeasureStats extends OfPeriod {
  scope: MeasureOptions['scope']
  unitId?: string
  unitName?: string
  items: MeasureItem[]
}

/** One unit's numbers, by its own clock. Each opens its tickets with `UNIT_CELLS`. */
export interface UnitNumbers {
  /** 期内转派 */
  started: number
  startedClosed: number
  /** 办结率(转派口径) */
  closeRate: number | null
  /** 应结案 */
  due: number
  /** 应结案中已办结 */
  closed: number
  /** 结案率(应结口径) */
  caseCloseRate: number | null
  onTime: number
  onTimeRate: number | null
  overdue: number
  rated: number
  satisfied: number
  satisfactionRate: number | null
  /** 重办次数 */
  reworks: number
  /** 退单申请次数 */
  returns: number
}

/** Heads of the table, in its order. */
export const UNIT_COLUMN_LABELS: Record<keyof UnitNumbers, string> = {
  started: '转派',
  startedClosed: '已办结',
  closeRate: '办结率',
  due: '应结',
  closed: '结案',
  caseCloseRate: '结案率',
  onTime: '按时',
  onTimeRate: '按时办结率',
  overdue: '超期',
  rated: '已评价',
  satisfied: '满意',
  satisfactionRate: '满意率',
  reworks: '重办',
  returns: '退单',
}

export interface UnitRow extends UnitNumbers {
  unitId: string
  unitName: string
}

/** `GET /api/stats/units`, the busiest first. */
export interface UnitStats extends OfPeriod {
  items: UnitRow[]
  /** Taken back or returned, and with no unit now; absent when there are none. Part of the total. */
  unassigned?: UnitNumbers
  total: UnitNumbers
  /** 口径 of each column. */
  formulas: Record<keyof UnitNumbers, string>
}

/** Where a cell of the table comes from: `/api/stats/tickets?measure=…&part=…&unitId=…&within=unit`. */
export const UNIT_CELLS = {
  started: { measure: 'closeRate', part: 'denominator' },
  startedClosed: { measure: 'closeRate', part: 'numerator' },
  due: { measure: 'caseCloseRate', part: 'denominator' },
  closed: { measure: 'caseCloseRate', part: 'numerator' },
  onTime: { measure: 'onTimeCloseRate', part: 'numerator' },
  overdue: { measure: 'overdueRate', part: 'numerator' },
  rated: { measure: 'satisfactionRate', part: 'denominator' },
  satisfied: { measure: 'satisfactionRate', part: 'numerator' },
  reworks: { measure: 'reworkRate', part: 'numerator' },
  returns: { measure: 'returnRate', part: 'numerator' },
} as const satisfies Partial<Record<keyof UnitNumbers, { measure: MeasureId; part: 'numerator' | 'denominator' }>>

/** `GET /api/stats/tickets`: the tickets behind a number. */
export interface StatsTickets extends Page<TicketRow>, OfPeriod {
  measure: MeasureId
  label: string
  /** The number itself. */
  count: number
  /** Why there are fewer tickets than the number says; absent when they are as many. */
  note?: string
}
