import type { CityNoticeInput } from '@hotline/shared/public/cityNotice'
import type { Migration } from '../../platform/migrations'
import type { Db } from '../../platform/mongo'

export interface CityNoticeRow extends CityNoticeInput {
  _id: string
  at: Date
  byName: string
  withdrawn?: { at: Date; byName: string }
}

export interface CityNoticeStore {
  /** What is shown on this day, the newest first. */
  shown(today: string): Promise<CityNoticeRow[]>
  list(): Promise<CityNoticeRow[]>
  add(row: CityNoticeRow): Promise<void>
  /** @returns nothing when there is none that could be withdrawn */
  withdraw(id: string, withdrawn: { at: Date; byName: string }): Promise<CityNoticeRow | undefined>
}

/** More than a first page can bear. */
const MOST_SHOWN = 5
const MOST_LISTED = 200

export function createCityNoticeStore(db: Db): CityNoticeStore {
  const rows = db.collection<CityNoticeRow>('cityNotices')
  return {
    shown: (today) =>
      rows
        .find({ withdrawn: { $exists: false }, $or: [{ until: { $exists: false } }, { until: { $gte: today } }] })
        .sort({ at: -1 })
        .limit(MOST_SHOWN)
        .toArray(),
    list: () => rows.find().sort({ at: -1 }).limit(MOST_LISTED).toArray(),
    async add(row) {
      await rows.insertOne(row)
    },
    async withdraw(id, withdrawn) {
      const open = { _id: id, withdrawn: { $exists: false } }
      return (await rows.findOneAndUpdate(open, { $set: { withdrawn } }, { returnDocument: 'after' })) ?? undefined
    },
  }
}

export const cityNoticeMigrations: Migration[] = [
  {
    id: 931,
    name: '公告索引',
    up: async (db) => {
      await db.collection('cityNotices').createIndex({ at: -1 })
    },
  },
]
