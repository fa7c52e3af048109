import type { Day } from '@hotline/shared/calendar/day'
import type { DutyView, PatrolView } from '@hotline/shared/roster/roster'
import { AppError } from '@hotline/shared/error'
import type { Migration } from '../../platform/migrations'
import { isDuplicate, READ_LIMIT, type Db } from '../../platform/mongo'
import type { Tx } from '../../platform/outbox'
import type { SealedPlace } from '../../platform/reseal'

/** `phone` is sealed: `roster/{day}/{id}`. */
export type DutyRow = DutyView
export interface PatrolRow extends Omit<PatrolView, 'at'> {
  at: Date
  byId: string
}

/** All that stands for one day; written whole. */
export interface RosterRow {
  /** The day, Asia/Shanghai. */
  _id: Day
  version: number
  duties: DutyRow[]
  patrols: PatrolRow[]
  updatedAt: Date
  updatedByName: string
}
export type DayChange = Pick<RosterRow, '_id' | 'duties'> & { version: number }

export interface RosterStore {
  /** `to` included. */
  between(from: Day, to: Day): Promise<RosterRow[]>
  /** All of them or none. @throws AppError staleVersion: somebody changed one of these days meanwhile */
  saveDays(changes: readonly DayChange[], by: { at: Date; name: string }, tx: Tx): Promise<void>
  addPatrol(day: Day, patrol: PatrolRow): Promise<void>
}

const COLLECTION = 'roster'
export const phoneContext = (day: Day, id: string) => `roster/${day}/${id}`

export function createRosterStore(db: Db): RosterStore {
  const days = db.collection<RosterRow>(COLLECTION)

  return {
    between: (from, to) =>
      days
        .find({ _id: { $gte: from, $lte: to } }, READ_LIMIT)
        .sort({ _id: 1 })
        .toArray(),

    async saveDays(changes, { at, name }, { session }) {
      try {
        for (const { _id, version, duties } of changes) {
          const set = { duties, version: version + 1, updatedAt: at, updatedByName: name }
          const { matchedCount, upsertedCount } = await days.updateOne(
            { _id, version },
            { $set: set, $setOnInsert: { patrols: [] } },
            { upsert: version === 0, session },
          )
          if (matchedCount + upsertedCount === 0) throw stale(_id)
        }
      } catch (error) {
        throw isDuplicate(error) ? stale(changes[0]?._id ?? '') : error
      }
    },

    async addPatrol(day, patrol) {
      // A replay of the same request that died half-way finds its record there.
      const written = await days.updateOne(
        { _id: day, 'patrols.id': { $ne: patrol.id } },
        { $push: { patrols: patrol } },
      )
      if (written.matchedCount > 0 || (await days.findOne({ _id: day, 'patrols.id': patrol.id }))) return
      const none = { version: 0, duties: [], updatedAt: patrol.at, updatedByName: patrol.byName }
      try {
        await days.insertOne({ _id: day, ...none, patrols: [patrol] })
      } catch (error) {
        if (!isDuplicate(error)) throw error
        await days.updateOne({ _id: day }, { $push: { patrols: patrol } })
      }
    },
  }
}

function stale(day: Day): AppError {
  return new AppError('staleVersion', `${day} 的值班表刚被别人修改，请看过最新的再改`)
}

export const SEALED_IN_ROSTER: SealedPlace<Pick<RosterRow, '_id' | 'duties'>> = {
  collection: COLLECTION,
  label: '值班电话',
  projection: { duties: 1 },
  valuesOf: ({ _id, duties }) =>
    duties.flatMap(({ id, phone }, index) =>
      phone ? [{ path: `duties.${index}.phone`, value: phone, context: phoneContext(_id, id) }] : [],
    ),
}

/** By day only, which is the key. */
export const rosterMigrations: Migration[] = [
  {
    id: 910,
    name: '值班表',
    up: async (db) => {
      const existing = await db.listCollections({ name: COLLECTION }).toArray()
      // A transaction creates no collection on some versions of the database.
      if (existing.length === 0) await db.createCollection(COLLECTION)
    },
  },
]
