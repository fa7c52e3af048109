import { workdaysBetween, type WorkCalendar } from '@hotline/shared/calendar/workingDays'
import { toExpression, toFilter, type Condition } from '@hotline/shared/stats/condition'
import type { Measure, MeasureId } from '@hotline/shared/stats/measure'
import type { Period } from '@hotline/shared/stats/period'
import type { Db } from '../../platform/mongo'
import { anchored, ANCHORS, unitCondition, type Anchor } from './anchors'
import type { Filter, Sight } from './sight'

/** The two numbers of a measure. */
export interface Tally {
  numerator: number
  denominator?: number
}

/** Who a number is counted for: a unit's id, `''` for none, or `TOTAL`. */
export type Tallies = Map<string, Map<MeasureId, Tally>>
export const TOTAL = '*'

export interface Tallier {
  /** One aggregation for all measures that are found by the same index. */
  total(sight: Sight, period: Period, measures: readonly Measure[]): Promise<Map<MeasureId, Tally>>
  /** The same numbers, one set for each unit that was lead. */
  byUnit(sight: Sight, period: Period, measures: readonly Measure[]): Promise<Tallies>
}

interface Family {
  anchor: Anchor
  unitOfCount: Measure['unitOfCount']
  measures: Measure[]
}
type Sums = { _id: string | null } & Record<string, number>

export function createTallier(db: Db, calendar: WorkCalendar): Tallier {
  const tickets = db.collection('tickets')

  async function tally(
    sight: Sight,
    period: Period,
    measures: readonly Measure[],
    isByUnit: boolean,
  ): Promise<Tallies> {
    const result: Tallies = new Map()
    await Promise.all(
      familiesOf(measures).map(async (family) => {
        const rows = await tickets.aggregate<Sums>(pipelineOf(family, sight, period, isByUnit)).toArray()
        for (const row of rows) {
          const own = result.get(row._id ?? TOTAL) ?? new Map<MeasureId, Tally>()
          result.set(row._id ?? TOTAL, own)
          for (const { id, denominator } of family.measures)
            own.set(id, {
              numerator: row[`${id}_n`] ?? 0,
              ...(denominator ? { denominator: row[`${id}_d`] ?? 0 } : {}),
            })
        }
      }),
    )
    return result
  }

  /** Σ workdays from dispatch to close: the database counts pairs of days, the calendar knows what lies between. */
  async function workdays(measure: Measure, sight: Sight, period: Period): Promise<Tally> {
    const dayOf = (path: string) => ({ $dateToString: { date: path, format: '%Y-%m-%d', timezone: '+08:00' } })
    const pairs = await tickets
      .aggregate<{ _id: { from: string; to: string }; n: number }>([
        ...casesOf(ANCHORS[measure.id], sight, period),
        { $match: toFilter(measure.numerator(period), 'c.') },
        { $group: { _id: { from: dayOf('$c.startedAt'), to: dayOf('$c.closedAt') }, n: { $sum: 1 } } },
      ])
      .toArray()
    return pairs.reduce(
      ({ numerator, denominator }, { _id: { from, to }, n }) => ({
        numerator: numerator + n * workdaysBetween(calendar, from, to),
        denominator: denominator + n,
      }),
      { numerator: 0, denominator: 0 },
    )
  }

  return {
    async total(sight, period, measures) {
      const means = measures.filter(isMean)
      const [tallies, ...sums] = await Promise.all([
        tally(
          sight,
          period,
          measures.filter((measure) => !isMean(measure)),
          false,
        ),
        ...means.map(async (measure) => [measure.id, await workdays(measure, sight, period)] as const),
      ])
      const found = new Map([...(tallies.get(TOTAL) ?? []), ...sums])
      const nothing = ({ denominator }: Measure): Tally => ({
        numerator: 0,
        ...(denominator ? { denominator: 0 } : {}),
      })
      return new Map(measures.map((measure) => [measure.id, found.get(measure.id) ?? nothing(measure)]))
    },
    byUnit: (sight, period, measures) => tally(sight, period, measures, true),
  }
}

function isMean(measure: Measure): boolean {
  return measure.unitOfCount === 'case' && measure.mean !== undefined
}

function familiesOf(measures: readonly Measure[]): Family[] {
  const families = new Map<string, Family>()
  for (const measure of measures) {
    const { unitOfCount } = measure
    const anchor = ANCHORS[measure.id]
    const family = families.get(`${anchor} ${unitOfCount}`) ?? { anchor, unitOfCount, measures: [] }
    families.set(`${anchor} ${unitOfCount}`, family)
    family.measures.push(measure)
  }
  return [...families.values()]
}

/** One row for each case of the tickets in question, as `c`. */
function casesOf(anchor: Anchor, sight: Sight, period: Period): Filter[] {
  const ofUnits = unitCondition(sight, 'unitId')
  return [
    { $match: anchored(anchor, period, sight, [sight.visible]) },
    { $project: { _id: 0, c: '$facts.cases' } },
    { $unwind: '$c' },
    ...(ofUnits.length ? [{ $match: toFilter({ all: ofUnits }, 'c.') }] : []),
  ]
}

function ticketsOf(anchor: Anchor, sight: Sight, period: Period): Filter[] {
  const ofUnits = toFilter({ all: unitCondition(sight, 'current.unitId') }, 'facts.')
  return [{ $match: anchored(anchor, period, sight, [sight.visible, ofUnits]) }]
}

function pipelineOf(
  { anchor, unitOfCount, measures }: Family,
  sight: Sight,
  period: Period,
  isByUnit: boolean,
): Filter[] {
  const isOfCases = unitOfCount === 'case'
  const root = isOfCases ? '$c.' : '$facts.'
  const sum = (condition: Condition, counter?: string) => ({
    $sum: { $cond: [toExpression(condition, root), counter ? `${root}${counter}` : 1, 0] },
  })
  const sums = measures.flatMap((measure) => {
    const counters = measure.unitOfCount === 'ticket' ? measure.sum : undefined
    const denominator = measure.denominator?.(period)
    return [
      [`${measure.id}_n`, sum(measure.numerator(period), counters?.numerator)] as const,
      ...(denominator ? [[`${measure.id}_d`, sum(denominator, counters?.denominator)] as const] : []),
    ]
  })
  const unit = { $ifNull: [isOfCases ? '$c.unitId' : '$facts.current.unitId', ''] }
  return [
    ...(isOfCases ? casesOf(anchor, sight, period) : ticketsOf(anchor, sight, period)),
    { $group: { _id: isByUnit ? unit : null, ...Object.fromEntries(sums) } },
  ]
}
