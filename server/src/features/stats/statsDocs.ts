import { MEASURE_IDS } from '@hotline/shared/stats/measure'
import { z } from 'zod'

/** The answers of the routes for the API document; `shared/src/stats/view.ts` has the types. */
const moment = z.iso.datetime()
const rate = z.number().nullable()
const ofPeriod = { from: moment, to: moment }

export const LiveStatsDoc = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      formula: z.string(),
      value: z.int(),
      query: z.record(z.string(), z.string()).describe('GET /api/tickets 的查询条件'),
    }),
  ),
  at: moment,
})

export const MeasureStatsDoc = z.object({
  ...ofPeriod,
  scope: z.enum(['city', 'unit']),
  unitId: z.string().optional(),
  unitName: z.string().optional(),
  items: z.array(
    z.object({
      id: z.enum(MEASURE_IDS),
      label: z.string(),
      formula: z.string(),
      numerator: z.int(),
      denominator: z.int().nullable(),
      value: rate,
      unit: z.enum(['%', '件', '工作日']),
      unitOfCount: z.enum(['ticket', 'case']),
      target: z.number().optional(),
      isLowerBetter: z.boolean().optional(),
    }),
  ),
})

const count = z.int()
const UnitNumbersDoc = z.object({
  started: count,
  startedClosed: count,
  closeRate: rate,
  due: count,
  closed: count,
  caseCloseRate: rate,
  onTime: count,
  onTimeRate: rate,
  overdue: count,
  rated: count,
  satisfied: count,
  satisfactionRate: rate,
  reworks: count,
  returns: count,
})

export const UnitStatsDoc = z.object({
  ...ofPeriod,
  items: z.array(UnitNumbersDoc.extend({ unitId: z.string(), unitName: z.string() })),
  unassigned: UnitNumbersDoc.optional(),
  total: UnitNumbersDoc,
  formulas: z.record(z.string(), z.string()),
})

export const StatsTicketsDoc = z.object({
  items: z.array(z.object({ id: z.string(), no: z.string(), status: z.string() }).loose()),
  total: count,
  isTotalCapped: z.boolean(),
  ...ofPeriod,
  measure: z.enum(MEASURE_IDS),
  label: z.string(),
  count,
  note: z.string().optional(),
})
