import type { Risk } from '@hotline/shared/board/risks'
import { READ_LIMIT, type Db } from '../../platform/mongo'

type Filter = Record<string, unknown>

export interface CountedUnit {
  /** `''`: nobody leads. */
  unitId: string
  count: number
  worst: { id: string; quietSince?: Date }
}

export interface Counted {
  /** Those with most first. */
  risks: Record<Risk, CountedUnit[]>
  matters: { matterCode: string; count: number; overdue: number }[]
}

/** For whoever sees nothing. */
export const NOTHING = { _id: { $in: [] } }

const MOST_MATTERS = 12
/** Level 2 of three: a third-level matter is too fine for a bar, a first-level one says nothing. */
const LEVEL = 1

export interface RiskQueries {
  /** All columns by one aggregation: each branch of its `$or` is answered by the index of that column. */
  count(
    narrowed: Filter,
    risks: Readonly<Record<Risk, Filter>>,
    sorts: Readonly<Record<Risk, Record<string, 1 | -1>>>,
  ): Promise<Counted>
}

export function createRiskQueries(db: Db): RiskQueries {
  const tickets = db.collection('tickets')
  return {
    async count(narrowed, risks, sorts) {
      const names = Object.keys(risks) as Risk[]
      const [found] = await tickets
        .aggregate<Record<Risk | 'matters', never[]>>(
          [
            { $match: matchOf(narrowed, Object.values(risks)) },
            { $project: FIELDS },
            {
              $facet: {
                ...Object.fromEntries(names.map((risk) => [risk, byUnit(risks[risk], sorts[risk])])),
                matters: byMatter(risks.overdue),
              },
            },
          ],
          READ_LIMIT,
        )
        .toArray()
      const none = { risks: Object.fromEntries(names.map((risk) => [risk, []])) as never, matters: [] }
      if (!found) return none
      const { matters, ...counted } = found
      return { risks: counted, matters }
    },
  }
}

const FIELDS = {
  leadUnitId: 1,
  unmetBy: 1,
  status: 1,
  registeredAt: 1,
  quietSince: 1,
  'facts.returnCount': 1,
  'facts.standingReworkCount': 1,
  matter: { $arrayElemAt: [{ $ifNull: ['$matterPath', []] }, LEVEL] },
}

function matchOf(narrowed: Filter, risks: readonly Filter[]): Filter {
  const any = { $or: risks }
  return Object.keys(narrowed).length > 0 ? { $and: [narrowed, any] } : any
}

function byUnit(risk: Filter, sortBy: Record<string, 1 | -1>): Filter[] {
  return [
    { $match: risk },
    {
      $group: {
        _id: { $ifNull: ['$leadUnitId', ''] },
        count: { $sum: 1 },
        worst: { $top: { sortBy, output: { id: '$_id', quietSince: '$quietSince' } } },
      },
    },
    { $sort: { count: -1, _id: 1 } },
    { $project: { _id: 0, unitId: '$_id', count: 1, worst: 1 } },
  ]
}

function byMatter(overdue: Filter): Filter[] {
  const { unmetBy } = overdue as { unmetBy: { $lt: Date } }
  const isOverdue = { $and: [{ $eq: [{ $type: '$unmetBy' }, 'date'] }, { $lt: ['$unmetBy', unmetBy.$lt] }] }
  return [
    { $match: { matter: { $exists: true } } },
    { $group: { _id: '$matter', count: { $sum: 1 }, overdue: { $sum: { $cond: [isOverdue, 1, 0] } } } },
    { $sort: { count: -1, _id: 1 } },
    { $limit: MOST_MATTERS },
    { $project: { _id: 0, matterCode: '$_id', count: 1, overdue: 1 } },
  ]
}
