import type { Actor } from '@hotline/shared/actor'
import type { SupervisionQuery, SupervisionState } from '@hotline/shared/board/view'
import { DAY } from '@hotline/shared/calendar/millis'
import { deskKey } from '@hotline/shared/ticket/desks'
import type { Supervision } from '@hotline/shared/ticket/conditions'
import { READ_LIMIT, type Db } from '../../platform/mongo'

type Filter = Record<string, unknown>

export interface FoundSupervision {
  ticketId: string
  supervision: Supervision
  state: SupervisionState
}
export interface FoundSupervisions {
  items: FoundSupervision[]
  counts: Record<SupervisionState, number>
}

/** What was closed longer ago is found on its ticket. */
const CLOSED_DAYS = 90

export interface SupervisionQueries {
  find(narrowed: Filter, actor: Actor, query: SupervisionQuery, now: Date): Promise<FoundSupervisions>
}

export function createSupervisionQueries(db: Db): SupervisionQueries {
  const tickets = db.collection('tickets')

  return {
    /** One aggregation for what is open and one for what is closed, each by its index; one 督办 is one row. */
    async find(narrowed, actor, query, now) {
      const { state, page, pageSize } = query
      const own = all([
        query.mine === 'true' ? { 's.by.userId': actor.userId } : {},
        query.unitId ? { 's.unitPath': query.unitId } : {},
      ])
      const paging = [{ $skip: (page - 1) * pageSize }, { $limit: pageSize }, { $project: ROW }]
      const wanted = state ? [{ $match: { state } }] : []
      const branch = (match: Filter, one: Filter, sort: Filter, isAsked: boolean) =>
        tickets
          .aggregate<{ counts: { _id: SupervisionState; n: number }[]; items: FoundSupervision[] }>(
            [
              { $match: all([narrowed, match]) },
              { $project: { s: '$t.supervisions' } },
              { $unwind: '$s' },
              { $match: all([one, own]) },
              { $addFields: { state: stateAt(now), due: { $ifNull: ['$s.deadline', LAST] } } },
              {
                $facet: {
                  counts: [{ $group: { _id: '$state', n: { $sum: 1 } } }],
                  items: isAsked ? [...wanted, { $sort: sort }, ...paging] : [{ $limit: 1 }, { $match: { _id: null } }],
                },
              },
            ],
            READ_LIMIT,
          )
          .next()
      const since = { $gte: new Date(now.getTime() - CLOSED_DAYS * DAY) }
      const [open, closed] = await Promise.all([
        branch(
          { desks: deskKey('hotline', 'supervising'), superviseBy: { $exists: true } },
          { 's.closedAt': null },
          { due: 1, _id: 1, 's.id': 1 },
          state !== 'closed',
        ),
        branch(
          { 't.supervisions.closedAt': since },
          { 's.closedAt': since },
          { 's.closedAt': -1, _id: 1, 's.id': 1 },
          state === 'closed',
        ),
      ])
      const counts = { waiting: 0, overdue: 0, answered: 0, closed: 0 }
      for (const { _id, n } of [...(open?.counts ?? []), ...(closed?.counts ?? [])]) counts[_id] += n
      return { items: (state === 'closed' ? closed : open)?.items ?? [], counts }
    },
  }
}

const LAST = new Date(Date.UTC(9999, 11, 31))
const ROW = { _id: 0, ticketId: '$_id', supervision: '$s', state: 1 }

function stateAt(now: Date): Filter {
  const isLate = { $and: [{ $eq: [{ $type: '$s.deadline' }, 'date'] }, { $lt: ['$s.deadline', now] }] }
  return {
    $switch: {
      branches: [
        { case: { $eq: [{ $type: '$s.closedAt' }, 'date'] }, then: 'closed' },
        { case: { $gt: [{ $size: { $ifNull: ['$s.answers', []] } }, 0] }, then: 'answered' },
        { case: isLate, then: 'overdue' },
      ],
      default: 'waiting',
    },
  }
}

function all(filters: readonly Filter[]): Filter {
  const real = filters.filter((filter) => Object.keys(filter).length > 0)
  return real.length > 1 ? { $and: real } : (real[0] ?? {})
}
