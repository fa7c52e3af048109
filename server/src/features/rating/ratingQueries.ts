import { hasRole, type Actor } from '@hotline/shared/actor'
import { AppError } from '@hotline/shared/error'
import type { LimitProfile } from '@hotline/shared/limits/profile'
import { TOTAL_CAP } from '@hotline/shared/page'
import {
  RATING_STATE_LABELS,
  type RatingItem,
  type RatingMeasureQuery,
  type RatingMeasures,
  type RatingPage,
  type RatingQuery,
  type RatingState,
} from '@hotline/shared/rating/view'
import { NO_RATINGS, ratingMeasures, type RatingCounts } from '@hotline/shared/stats/ratingMeasures'
import { periodOf } from '@hotline/shared/stats/view'
import type { UnitTree } from '@hotline/shared/unit/unit'
import { maskEveryNumber } from '@hotline/shared/user/masking'
import type { Role } from '@hotline/shared/user/roles'
import type { Clock } from '../../platform/clock'
import { READ_LIMIT, type Db } from '../../platform/mongo'
import type { RatingRow } from './ratingStore'

/** Reads; each has the actor first and counts only what he may see. */
export interface RatingQueries {
  list(actor: Actor, query: RatingQuery): Promise<RatingPage>
  /** All of them, in the list's order, by one cursor. */
  each(actor: Actor, query: RatingQuery): AsyncIterable<RatingItem>
  countEach(actor: Actor, query: RatingQuery, most: number): Promise<number>
  measures(actor: Actor, query: RatingMeasureQuery): Promise<RatingMeasures>
}

export interface RatingQueriesDeps {
  db: Db
  units: UnitTree
  clock: Clock
  targets(): LimitProfile['targets']
}

const SEE_ALL: readonly Role[] = ['supervisor', 'director', 'shiftLead', 'inspector', 'dispatcher', 'cityLeader']
const SEE_OWN: readonly Role[] = ['clerk', 'handler', 'unitLead', 'unitHead', 'countyAdmin']
const STATES = Object.keys(RATING_STATE_LABELS) as RatingState[]
/** Says nothing, but lets an index count where no other condition does. */
const EVER = { ratedAt: { $gt: new Date(0) } }

type Filter = Record<string, unknown>
type Group = { _id: string | null } & RatingCounts

export function createRatingQueries({ db, units, clock, targets }: RatingQueriesDeps): RatingQueries {
  const ratings = db.collection<RatingRow>('ratings')

  function filterOf(actor: Actor, query: RatingQuery): Filter {
    const { grade, state, channel } = query
    return {
      ...scopeOf(actor, units, query.unitId),
      ...inPeriod(query),
      // Only a bad one has a state; by it an index finds the few bad ones among all.
      ...(state || grade === 'bad' ? { state: state ?? { $in: STATES } } : {}),
      ...(grade === 'good' ? { score: { $gt: 2 } } : {}),
      ...(channel ? { channel } : {}),
    }
  }

  return {
    async *each(actor, query) {
      const rows = ratings
        .find(filterOf(actor, query), { projection: { sealed: 0 }, batchSize: 500, maxTimeMS: 120_000 })
        .sort({ ratedAt: -1 })
      for await (const row of rows) yield presentRating(row, units)
    },

    countEach: async (actor, query, most) =>
      ratings.countDocuments(filterOf(actor, query), { limit: most, ...READ_LIMIT }),

    async list(actor, query) {
      const { page, pageSize } = query
      const filter = filterOf(actor, query)
      const [rows, total] = await Promise.all([
        ratings
          .find(filter, { projection: { sealed: 0 }, ...READ_LIMIT })
          .sort({ ratedAt: -1 })
          .skip((page - 1) * pageSize)
          .limit(pageSize)
          .toArray(),
        ratings.countDocuments(filter, { limit: TOTAL_CAP + 1, ...READ_LIMIT }),
      ])
      const items = rows.map((row) => presentRating(row, units))
      return { items, total: Math.min(total, TOTAL_CAP), isTotalCapped: total > TOTAL_CAP }
    },

    async measures(actor, query) {
      const period = periodOf(query, clock.now())
      const filter = {
        ...scopeOf(actor, units, query.unitId),
        ratedAt: { $gte: period.from, $lt: period.to },
      } as Filter
      const { groupBy } = query
      const groups = await ratings
        .aggregate<Group>([{ $match: filter }, { $group: { _id: keyOf(groupBy), ...SUMS } }], READ_LIMIT)
        .toArray()
      const total = groups.reduce((sum, group) => added(sum, group), NO_RATINGS)
      const items = groups.map(({ _id, ...counts }) => ({
        key: _id ?? '',
        name: groupBy === 'unit' ? units.name(_id ?? '') : (_id ?? ''),
        counts,
      }))
      return {
        from: period.from.toISOString(),
        to: period.to.toISOString(),
        ...(query.unitId ? { unitId: query.unitId, unitName: units.name(query.unitId) } : {}),
        total: ratingMeasures(total, targets()),
        items: groupBy
          ? items
              .sort((a, b) =>
                groupBy === 'month'
                  ? a.key.localeCompare(b.key)
                  : b.counts.received - a.counts.received || a.key.localeCompare(b.key),
              )
              .map(({ key, name, counts }) => ({ key, name, measures: ratingMeasures(counts, targets()) }))
          : [],
      }
    },
  }
}

/** @throws AppError forbidden: agents and administrators; a unit outside one's own */
function scopeOf(actor: Actor, units: UnitTree, unitId: string | undefined): Filter {
  const seesAll = hasRole(actor, ...SEE_ALL)
  if (!seesAll && !hasRole(actor, ...SEE_OWN)) throw new AppError('forbidden', '您没有查看好差评的权限')
  const wanted = unitId ?? (seesAll ? undefined : actor.unitId)
  if (wanted === undefined) return {}
  if (!seesAll && !units.isWithin(wanted, actor.unitId))
    throw new AppError('forbidden', '只能查看本单位及下级单位的好差评')
  return { unitPath: wanted }
}

function inPeriod({ from, to }: Pick<RatingQuery, 'from' | 'to'>): Filter {
  return from || to ? { ratedAt: { ...(from ? { $gte: from } : {}), ...(to ? { $lt: to } : {}) } } : EVER
}

function keyOf(groupBy: RatingMeasureQuery['groupBy']): unknown {
  if (groupBy === 'unit') return '$unitId'
  return groupBy === 'month' ? { $dateToString: { date: '$ratedAt', format: '%Y-%m', timezone: '+08:00' } } : null
}

const when = (...conditions: Filter[]) => ({ $sum: { $cond: [{ $and: conditions }, 1, 0] } })
const IS_BAD = { $lte: ['$score', 2] }
const STANDS = { $in: ['$state', ['rectifying', 'rectified']] }
const IS_RECTIFIED = { $eq: ['$state', 'rectified'] }
const SUMS: Record<keyof RatingCounts, unknown> = {
  received: { $sum: 1 },
  good: when({ $gt: ['$score', 2] }),
  bad: when(IS_BAD),
  misrated: when({ $eq: ['$state', 'misrated'] }),
  malicious: when({ $eq: ['$state', 'malicious'] }),
  active: when({ $eq: ['$isActive', true] }),
  rectified: when(IS_BAD, IS_RECTIFIED),
  toCallBack: when(STANDS, IS_RECTIFIED, { $eq: ['$isNamed', true] }),
  calledBack: when(STANDS, IS_RECTIFIED, { $eq: ['$isNamed', true] }, { $gt: ['$rectification.calledBackAt', null] }),
}

function added(sum: RatingCounts, group: RatingCounts): RatingCounts {
  const fields = Object.keys(NO_RATINGS) as (keyof RatingCounts)[]
  return Object.fromEntries(fields.map((field) => [field, sum[field] + group[field]])) as unknown as RatingCounts
}

/** Nobody's number, also where a comment holds one. */
export function presentRating(row: RatingRow, units: UnitTree): RatingItem {
  const { _id, channel, score, comment, unitId, item, window, isNamed, isActive, ratedAt, ticketId } = row
  const { state, rectification } = row
  return {
    id: _id,
    channel,
    score,
    comment: comment && maskEveryNumber(comment),
    unitId,
    unitName: units.name(unitId),
    item,
    window,
    isNamed,
    isActive,
    ratedAt: ratedAt.toISOString(),
    ticketId,
    state,
    rectification: rectification && {
      ticketId: rectification.ticketId,
      no: rectification.no,
      status: rectification.status,
      hasAppeal: rectification.hasAppeal,
      verdict: rectification.verdict,
      rectifiedAt: rectification.rectifiedAt?.toISOString(),
      calledBackAt: rectification.calledBackAt?.toISOString(),
      resolveBy: rectification.resolveBy?.toISOString(),
      closedAt: rectification.closedAt?.toISOString(),
    },
  }
}
