import { randomUUID } from 'node:crypto'
import { AppError } from '@hotline/shared/error'
import { CITY_TEMPLATES } from '@hotline/shared/template/cityTemplates'
import type { Owned, TemplateInput, TemplateKind } from '@hotline/shared/template/template'
import type { Migration } from '../../platform/migrations'
import type { Db } from '../../platform/mongo'

export interface TemplateRow extends Owned, Pick<TemplateInput, 'kind' | 'title' | 'text'> {
  _id: string
  /** By everybody; by each person in `templateUses`. */
  uses: number
  updatedAt: Date
  updatedByName: string
}
interface UseRow {
  _id: string
  userId: string
  templateId: string
  n: number
}

export interface TemplateStore {
  find(id: string): Promise<TemplateRow | undefined>
  /** All of these owners', most used first. */
  list(ownerIds: readonly string[], kind?: TemplateKind): Promise<TemplateRow[]>
  count(ownerId: string): Promise<number>
  /** How often this person used each. */
  usesBy(userId: string): Promise<Map<string, number>>
  add(row: TemplateRow): Promise<void>
  /** @throws AppError notFound */
  change(id: string, change: Partial<TemplateRow>): Promise<TemplateRow>
  remove(id: string): Promise<void>
  noteUse(id: string, userId: string): Promise<void>
}

/** A person's own, his unit's and the city's, with room to spare. */
const LIST_MAX = 600

export function createTemplateStore(db: Db): TemplateStore {
  const rows = db.collection<TemplateRow>('templates')
  const uses = db.collection<UseRow>('templateUses')

  return {
    find: async (id) => (await rows.findOne({ _id: id })) ?? undefined,
    list: (ownerIds, kind) =>
      rows
        .find({ ownerId: { $in: [...ownerIds] }, ...(kind ? { kind } : {}) })
        .limit(LIST_MAX)
        .toArray(),
    count: (ownerId) => rows.countDocuments({ ownerId }),
    async usesBy(userId) {
      const mine = await uses.find({ userId }).limit(LIST_MAX).toArray()
      return new Map(mine.map(({ templateId, n }) => [templateId, n]))
    },
    async add(row) {
      await rows.insertOne(row)
    },
    async change(id, change) {
      const changed = await rows.findOneAndUpdate({ _id: id }, { $set: change }, { returnDocument: 'after' })
      if (!changed) throw new AppError('notFound', '没有这条常用语，可能已被删除')
      return changed
    },
    async remove(id) {
      await rows.deleteOne({ _id: id })
      await uses.deleteMany({ templateId: id })
    },
    async noteUse(id, userId) {
      const { matchedCount } = await rows.updateOne({ _id: id }, { $inc: { uses: 1 } })
      if (matchedCount === 0) return
      const whose = { userId, templateId: id }
      await uses.updateOne({ _id: `${userId}|${id}` }, { $inc: { n: 1 }, $setOnInsert: whose }, { upsert: true })
    },
  }
}

const FIRST_WRITTEN = new Date('2026-11-22T00:00:00+08:00')

function ofCity(one: (typeof CITY_TEMPLATES)[number]): TemplateRow {
  const of = { scope: 'city', ownerId: 'city', uses: 0, updatedAt: FIRST_WRITTEN, updatedByName: '系统' } as const
  return { _id: randomUUID(), ...of, ...one }
}

export const templateMigrations: Migration[] = [
  {
    id: 861,
    name: '派单任务、标准的常用语',
    up: async (db) => {
      const rows = db.collection<TemplateRow>('templates')
      // A new city gets all of them at once, below.
      if (!(await rows.findOne({ ownerId: 'city' }))) return
      const kinds: readonly TemplateKind[] = ['dispatchTask', 'dispatchStandard']
      if (await rows.findOne({ ownerId: 'city', kind: { $in: [...kinds] } })) return
      await rows.insertMany(CITY_TEMPLATES.filter(({ kind }) => kinds.includes(kind)).map(ofCity))
    },
  },
  {
    id: 890,
    name: '常用语与模板',
    up: async (db) => {
      await db.collection('templates').createIndex({ ownerId: 1, kind: 1 })
      await db.collection('templateUses').createIndex({ userId: 1 })
      await db.collection('templateUses').createIndex({ templateId: 1 })
    },
  },
  {
    id: 891,
    name: '全市通用的常用语',
    up: async (db) => {
      const rows = db.collection<TemplateRow>('templates')
      if (await rows.findOne({ ownerId: 'city' })) return
      await rows.insertMany(CITY_TEMPLATES.map(ofCity))
    },
  },
]
