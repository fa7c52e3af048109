import type { ChosenColumn, KeptList, ListShape, ViewAudience } from '@hotline/shared/view/savedView'
import type { Migration } from '../../platform/migrations'
import type { Db } from '../../platform/mongo'

export interface ViewRow {
  _id: string
  list: KeptList
  ownerId: string
  ownerName: string
  /** The owner's when he shared it. */
  unitId: string
  name: string
  query: Record<string, string>
  columns?: ChosenColumn[]
  audience: ViewAudience
  /** One equality finds what is shared with somebody: `role:director`, `unit:371602`. */
  sharedWith: string[]
  at: Date
}

interface ShapeRow extends ListShape {
  _id: string
}

export interface ViewStore {
  /** His own and those shared under these keys; the oldest first. */
  seenBy(ownerId: string, keys: readonly string[], list: KeptList): Promise<ViewRow[]>
  find(id: string): Promise<ViewRow | undefined>
  countOf(ownerId: string): Promise<number>
  insert(row: ViewRow): Promise<void>
  update(id: string, ownerId: string, change: Partial<ViewRow>): Promise<boolean>
  remove(id: string, ownerId: string): Promise<boolean>
  shape(ownerId: string, list: KeptList): Promise<ListShape>
  keepShape(ownerId: string, list: KeptList, change: ListShape): Promise<void>
}

const MOST_SHOWN = 200

export function createViewStore(db: Db): ViewStore {
  const views = db.collection<ViewRow>('savedViews')
  const shapes = db.collection<ShapeRow>('listShapes')
  const shapeId = (ownerId: string, list: KeptList) => `${ownerId}:${list}`

  return {
    seenBy: (ownerId, keys, list) =>
      views
        .find({ list, $or: [{ ownerId }, { sharedWith: { $in: [...keys] } }] })
        .sort({ at: 1 })
        .limit(MOST_SHOWN)
        .toArray(),
    find: async (id) => (await views.findOne({ _id: id })) ?? undefined,
    countOf: (ownerId) => views.countDocuments({ ownerId }),
    insert: async (row) => void (await views.insertOne(row)),
    update: async (id, ownerId, change) =>
      (await views.updateOne({ _id: id, ownerId }, { $set: change })).matchedCount === 1,
    remove: async (id, ownerId) => (await views.deleteOne({ _id: id, ownerId })).deletedCount === 1,
    async shape(ownerId, list) {
      const { _id, ...shape } = (await shapes.findOne({ _id: shapeId(ownerId, list) })) ?? { _id: '' }
      return shape
    },
    keepShape: async (ownerId, list, change) =>
      void (await shapes.updateOne({ _id: shapeId(ownerId, list) }, { $set: change }, { upsert: true })),
  }
}

export const viewMigrations: Migration[] = [
  {
    id: 920,
    name: '保存的视图索引',
    up: async (db) => {
      await db.collection('savedViews').createIndex({ ownerId: 1, list: 1, at: 1 })
      await db.collection('savedViews').createIndex({ sharedWith: 1, list: 1, at: 1 })
    },
  },
]
