import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ExportState } from '@hotline/shared/export/export'
import mongoose from 'mongoose'
import type { Migration } from '../../platform/migrations'
import type { Db } from '../../platform/mongo'
import type { Tx } from '../../platform/outbox'

export interface ExportRow {
  _id: string
  ownerId: string
  /** What the owner was when he asked: a file is not given to what he may have become since. */
  sightKey: string
  list: string
  query: Record<string, string>
  columns?: string[]
  reason: string
  title: string
  state: ExportState
  rows: number
  total: number
  attempts: number
  fileId?: string
  size?: number
  message?: string
  at: Date
  expiresAt: Date
}

/** What was asked for, and the files that were written in the background. */
export interface ExportStore {
  insert(row: ExportRow): Promise<void>
  find(id: string, ownerId: string): Promise<ExportRow | undefined>
  ofOwner(ownerId: string, most: number): Promise<ExportRow[]>
  /** How many of his still wait or are being written. */
  countPending(ownerId: string): Promise<number>
  /** The oldest that waits, or that a process left unfinished when it died. */
  next(): Promise<ExportRow | undefined>
  update(id: string, change: Partial<ExportRow>): Promise<void>
  /** The file is whole. @returns false when another process has taken the work over */
  finish(id: string, fileId: string, change: Partial<ExportRow>, tx: Tx): Promise<boolean>
  /** @returns false when it has come to its end already */
  fail(id: string, message: string, tx: Tx): Promise<boolean>
  expired(now: Date, most: number): Promise<ExportRow[]>
  remove(id: string): Promise<void>
  newFileId(): string
  /** All or nothing. @returns its size */
  putFile(fileId: string, bytes: Readable): Promise<number>
  readFile(fileId: string): Readable
  removeFile(fileId: string): Promise<void>
}

const FILES = 'exportFiles'
const PENDING: ExportState[] = ['waiting', 'running']

export function createExportStore(db: Db): ExportStore {
  const rows = db.collection<ExportRow>('exports')
  const bucket = new mongoose.mongo.GridFSBucket(db, { bucketName: FILES, chunkSizeBytes: 1024 * 1024 })
  const idOf = (id: string) => new mongoose.mongo.ObjectId(id)

  async function removeFile(fileId: string): Promise<void> {
    await db.collection(`${FILES}.files`).deleteOne({ _id: idOf(fileId) })
    await db.collection(`${FILES}.chunks`).deleteMany({ files_id: idOf(fileId) })
  }

  return {
    insert: async (row) => void (await rows.insertOne(row)),
    find: async (id, ownerId) => (await rows.findOne({ _id: id, ownerId })) ?? undefined,
    ofOwner: (ownerId, most) => rows.find({ ownerId }).sort({ at: -1 }).limit(most).toArray(),
    countPending: (ownerId) => rows.countDocuments({ ownerId, state: { $in: PENDING } }, { limit: 100 }),
    next: async () => (await rows.findOne({ state: { $in: PENDING } }, { sort: { at: 1 } })) ?? undefined,
    update: async (id, change) => void (await rows.updateOne({ _id: id }, { $set: change })),
    async finish(id, fileId, change, { session }) {
      const { matchedCount } = await rows.updateOne(
        { _id: id, fileId, state: 'running' },
        { $set: change },
        { session },
      )
      return matchedCount === 1
    },
    async fail(id, message, { session }) {
      const failed = { $set: { state: 'failed' as const, message, fileId: '' } }
      const { matchedCount } = await rows.updateOne({ _id: id, state: { $in: PENDING } }, failed, { session })
      return matchedCount === 1
    },
    expired: (now, most) =>
      rows
        .find({ expiresAt: { $lt: now } })
        .limit(most)
        .toArray(),
    remove: async (id) => void (await rows.deleteOne({ _id: id })),
    newFileId: () => new mongoose.mongo.ObjectId().toHexString(),
    async putFile(fileId, bytes) {
      const upload = bucket.openUploadStreamWithId(idOf(fileId), fileId)
      try {
        await pipeline(bytes, upload)
        return upload.length
      } catch (error) {
        await removeFile(fileId)
        throw error
      }
    },
    readFile: (fileId) => bucket.openDownloadStream(idOf(fileId)),
    removeFile,
  }
}

export const exportMigrations: Migration[] = [
  {
    id: 925,
    name: '导出任务与文件的索引',
    up: async (db) => {
      const rows = db.collection('exports')
      await rows.createIndex({ ownerId: 1, at: -1 })
      await rows.createIndex({ state: 1, at: 1 })
      await rows.createIndex({ expiresAt: 1 })
      await db.collection(`${FILES}.chunks`).createIndex({ files_id: 1, n: 1 }, { unique: true })
    },
  },
]
