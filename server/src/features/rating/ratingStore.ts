import type { RatingChannel, RatingVerdict, TicketStatus } from '@hotline/shared/ticket/labels'
import type { RatingState } from '@hotline/shared/rating/view'
import type { Migration } from '../../platform/migrations'
import { isDuplicate, type Db } from '../../platform/mongo'
import type { SealedPlace } from '../../platform/reseal'

/** The rectification ticket as it was when its last event was told. */
export interface Rectification {
  ticketId: string
  no: string
  version: number
  status: TicketStatus
  hasAppeal: boolean
  verdict?: RatingVerdict
  rectifiedAt?: Date
  calledBackAt?: Date
  resolveBy?: Date
  closedAt?: Date
}

export interface RatingRow {
  _id: string
  /** The device's number, or the ticket that was rated: the same one is never counted twice. */
  externalNo?: string
  channel: RatingChannel
  unitId: string
  /** The unit and its superiors: who counts it. */
  unitPath: string[]
  item?: string
  window?: string
  score: 1 | 2 | 3 | 4 | 5
  comment?: string
  isNamed: boolean
  isActive: boolean
  ratedAt: Date
  /** The account that entered it, or the caller. */
  by: { userId: string; name: string; unitId: string }
  ticketId?: string
  /** Of who gave a bad one by name; gone as soon as the rectification ticket holds it. */
  sealed?: { name?: string; phone?: string }
  /** A bad one for which no ticket has been registered and dispatched yet. */
  isWanting?: boolean
  /** Absent for a good one. */
  state?: RatingState
  rectification?: Rectification
}

export interface RatingStore {
  /** @returns the row, and whether it is new: the same external number is the same rating */
  insert(row: RatingRow): Promise<{ row: RatingRow; isNew: boolean }>
  find(id: string): Promise<RatingRow | undefined>
  /** Bad ones without a rectification ticket. */
  wanting(limit: number, except: readonly string[]): Promise<RatingRow[]>
  registered(id: string): Promise<void>
  /** Newer state of the rectification ticket; an older one changes nothing. */
  follow(id: string, rectification: Rectification, state: RatingState): Promise<void>
}

export function createRatingStore(db: Db): RatingStore {
  const ratings = db.collection<RatingRow>('ratings')
  return {
    async insert(row) {
      try {
        await ratings.insertOne(row, { ignoreUndefined: true })
        return { row, isNew: true }
      } catch (error) {
        if (!isDuplicate(error) || row.externalNo === undefined) throw error
        const earlier = await ratings.findOne({ externalNo: row.externalNo })
        if (!earlier) throw error
        return { row: earlier, isNew: false }
      }
    },
    find: async (id) => (await ratings.findOne({ _id: id })) ?? undefined,
    wanting: (limit, except) =>
      ratings
        .find({ isWanting: true, _id: { $nin: [...except] } })
        .sort({ ratedAt: 1 })
        .limit(limit)
        .toArray(),
    async registered(id) {
      await ratings.updateOne({ _id: id }, { $unset: { isWanting: '', sealed: '' } })
    },
    async follow(id, rectification, state) {
      const { version } = rectification
      const isOlder = [{ 'rectification.version': { $lt: version } }, { 'rectification.version': { $exists: false } }]
      await ratings.updateOne({ _id: id, $or: isOlder }, { $set: { rectification, state } }, { ignoreUndefined: true })
    },
  }
}

export const contactContext = (ratingId: string, field: 'name' | 'phone') => `ratings/${ratingId}/${field}`

/** Where a named rating's contact stands until its ticket holds it, for a change of keys. */
export const SEALED_IN_RATINGS: SealedPlace<Pick<RatingRow, '_id' | 'sealed'>> = {
  collection: 'ratings',
  label: '好差评联系方式',
  projection: { sealed: 1 },
  valuesOf: ({ _id, sealed }) =>
    (['name', 'phone'] as const).flatMap((field) =>
      sealed?.[field] ? [{ path: `sealed.${field}`, value: sealed[field], context: contactContext(_id, field) }] : [],
    ),
}

/** Every list and count has an index that begins with whose ratings they are, or with when they were given. */
export const ratingMigrations: Migration[] = [
  {
    id: 800,
    name: '好差评索引',
    up: async (db) => {
      await db.collection('ratings').createIndexes([
        {
          key: { externalNo: 1 },
          name: 'externalNo',
          unique: true,
          partialFilterExpression: { externalNo: { $exists: true } },
        },
        { key: { ratedAt: -1 }, name: 'newest' },
        { key: { unitPath: 1, ratedAt: -1 }, name: 'unit' },
        { key: { state: 1, ratedAt: -1 }, name: 'state', partialFilterExpression: { state: { $exists: true } } },
        { key: { isWanting: 1, ratedAt: 1 }, name: 'wanting', partialFilterExpression: { isWanting: true } },
      ])
    },
  },
  {
    id: 801,
    name: '好差评按渠道筛选的索引',
    up: async (db) => {
      await db.collection('ratings').createIndex({ channel: 1, ratedAt: -1 }, { name: 'channel' })
    },
  },
]
