import { toFilter } from '@hotline/shared/stats/condition'
import { measureOf } from '@hotline/shared/stats/measures'
import type { Period } from '@hotline/shared/stats/period'
import type { Db } from '../../platform/mongo'
import { anchored, ANCHORS } from './anchors'
import { all, type Filter, type Sight } from './sight'

/**
 * Who asked to give tickets back. A ticket counts its returns, but leaves the unit that made them: so the requests
 * themselves are counted, of the tickets that the return rate counts.
 */
export interface Returns {
  byUnit(sight: Sight, period: Period): Promise<Map<string, number>>
}

const REQUESTED = 'ticket.returnRequested'

/** Tickets that some unit of the sight asked to give back. */
export function returnedBy(sight: Sight, period: Period): Filter {
  const measure = measureOf('returnRate')
  const condition = toFilter(
    { all: [measure.numerator(period), { field: 'returnRequestCount', op: 'gt', value: 0 }] },
    'facts.',
  )
  return anchored(ANCHORS.returnRate, period, sight, [
    condition,
    sight.unitIds ? { events: { $elemMatch: { type: REQUESTED, 'by.unitId': { $in: sight.unitIds } } } } : {},
  ])
}

export function createReturns(db: Db): Returns {
  return {
    async byUnit(sight, period) {
      const rows = await db
        .collection('tickets')
        .aggregate<{ _id: string; n: number }>([
          { $match: all([sight.visible, returnedBy(sight, period)]) },
          { $project: { _id: 0, events: { type: 1, by: { unitId: 1 } } } },
          { $unwind: '$events' },
          {
            $match: {
              'events.type': REQUESTED,
              ...(sight.unitIds ? { 'events.by.unitId': { $in: sight.unitIds } } : {}),
            },
          },
          { $group: { _id: '$events.by.unitId', n: { $sum: 1 } } },
        ])
        .toArray()
      return new Map(rows.map(({ _id, n }) => [_id, n]))
    },
  }
}
