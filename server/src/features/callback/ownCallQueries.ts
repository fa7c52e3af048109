import { NO_CALLS, SATISFIED_FROM, type OwnCallCounts, type OwnCallId } from '@hotline/shared/callback/ownWork'
import { READ_LIMIT, type Db } from '../../platform/mongo'

type Filter = Record<string, unknown>

/** Whose calls, from when until when. */
export interface Whose {
  userId: string
  from: Date
  to: Date
}

export interface OwnCallQueries {
  /** All numbers of a day by one aggregation over the tickets that he called about. */
  count(whose: Whose): Promise<OwnCallCounts>
}

const RATED = { $gte: 1, $lte: 5 }
const APPOINTMENT = 'appointment'

export function createOwnCallQueries(db: Db): OwnCallQueries {
  const tickets = db.collection('tickets')
  return {
    async count(whose) {
      const [found] = await tickets
        .aggregate<OwnCallCounts>(
          [
            { $match: anyOf([results(whose), attempts(whose)]) },
            { $project: { _id: 0, c: ownOf('$t.callbacks', whose), a: ownOf('$t.attempts', whose) } },
            {
              $group: {
                _id: null,
                results: { $sum: { $size: '$c' } },
                appointments: { $sum: sizeIf('$a', { $eq: ['$$one.result', APPOINTMENT] }) },
                vain: { $sum: sizeIf('$a', { $ne: ['$$one.result', APPOINTMENT] }) },
                rated: { $sum: sizeIf('$c', { $isNumber: RESULT }) },
                satisfied: {
                  $sum: sizeIf('$c', { $and: [{ $isNumber: RESULT }, { $gte: [RESULT, SATISFIED_FROM] }] }),
                },
                talks: { $sum: sizeIf('$c', { $isNumber: '$$one.talkSeconds' }) },
                talkSeconds: { $sum: { $sum: '$c.talkSeconds' } },
              },
            },
            { $project: { _id: 0 } },
          ],
          READ_LIMIT,
        )
        .toArray()
      return found ?? NO_CALLS
    },
  }
}
const RESULT = '$$one.satisfaction.result'

/** The tickets behind a number. */
export function ownCallFilter(measure: OwnCallId, part: 'numerator' | 'denominator', whose: Whose): Filter {
  switch (measure) {
    case 'called':
      return results(whose)
    case 'connectRate':
      return anyOf([results(whose), attempts(whose, part === 'numerator' ? { result: APPOINTMENT } : {})])
    case 'satisfactionRate':
      return results(whose, {
        'satisfaction.result': part === 'numerator' ? { ...RATED, $gte: SATISFIED_FROM } : RATED,
      })
    case 'talkMean':
      return results(whose, { talkSeconds: { $gte: 0 } })
  }
}

function results(whose: Whose, more: Filter = {}): Filter {
  return { 't.callbacks': { $elemMatch: { ...byWhom(whose), ...more } } }
}

function attempts(whose: Whose, more: Filter = {}): Filter {
  return { 't.attempts': { $elemMatch: { ...byWhom(whose), ...more } } }
}

function byWhom({ userId, from, to }: Whose): Filter {
  return { 'by.userId': userId, at: { $gte: from, $lt: to } }
}

function anyOf(filters: readonly Filter[]): Filter {
  return { $or: filters }
}

function ownOf(path: string, { userId, from, to }: Whose): Filter {
  const isHis = {
    $and: [{ $eq: ['$$one.by.userId', userId] }, { $gte: ['$$one.at', from] }, { $lt: ['$$one.at', to] }],
  }
  return { $filter: { input: { $ifNull: [path, []] }, as: 'one', cond: isHis } }
}

function sizeIf(input: string, cond: Filter): Filter {
  return { $size: { $filter: { input, as: 'one', cond } } }
}
