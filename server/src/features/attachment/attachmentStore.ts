import type { AttachmentKind, AttachmentType } from '@hotline/shared/attachment/kinds'
import type { Migration } from '../../platform/migrations'
import type { Db } from '../../platform/mongo'
import { FILES } from './gridFsStore'

export interface AttachmentRow {
  _id: string
  name: string
  kind: AttachmentKind
  type: AttachmentType
  size: number
  width?: number
  height?: number
  fileId: string
  thumbId?: string
  ownerId: string
  unitId: string
  uploadedAt: Date
  /** Its bytes are here whole. */
  isReady: boolean
  /** The ticket whose command named it, and the idempotency key of that command. */
  ticketId?: string
  claimKey?: string
  /** When somebody must look whether a ticket names it; absent once one does. */
  sweepAt?: Date
  /** It is being taken away. */
  isGone?: true
}

export interface AttachmentStore {
  /** Before its bytes, so that whatever dies on the way is found and swept. */
  begin(row: Omit<AttachmentRow, 'isReady'>): Promise<void>
  finish(id: string, done: Pick<AttachmentRow, 'size' | 'width' | 'height' | 'thumbId'>): Promise<void>
  find(ids: readonly string[]): Promise<AttachmentRow[]>
  /**
   * Gives the owner's draft to a ticket. Repeatable for the same ticket, and for the same request under another id.
   * @returns false when it is not there, another's, or another ticket's
   */
  claim(id: string, claim: { ownerId: string; ticketId: string; claimKey: string; sweepAt: Date }): Promise<boolean>
  due(now: Date, limit: number): Promise<AttachmentRow[]>
  /** A ticket names it: it stays. Nothing happens when it was claimed anew meanwhile. */
  keep(row: AttachmentRow, ticketId: string): Promise<void>
  /** @returns false when it was claimed meanwhile: it must stay */
  condemn(row: AttachmentRow): Promise<boolean>
  remove(id: string): Promise<void>
}

export function createAttachmentStore(db: Db): AttachmentStore {
  const rows = db.collection<AttachmentRow>('attachments')
  const HERE = { isReady: true, isGone: { $exists: false } } as const

  return {
    async begin(row) {
      await rows.insertOne({ ...row, isReady: false })
    },
    async finish(id, done) {
      await rows.updateOne({ _id: id }, { $set: { ...done, isReady: true } })
    },
    find: (ids) => rows.find({ _id: { $in: [...ids] }, ...HERE }).toArray(),
    async claim(id, { ownerId, ticketId, claimKey, sweepAt }) {
      const free = { $or: [{ ticketId: { $exists: false } }, { ticketId }, { claimKey }] }
      const { matchedCount } = await rows.updateOne(
        { _id: id, ownerId, ...HERE, ...free },
        { $set: { ticketId, claimKey, sweepAt } },
      )
      return matchedCount === 1
    },
    due: (now, limit) =>
      rows
        .find({ sweepAt: { $lte: now } })
        .sort({ sweepAt: 1 })
        .limit(limit)
        .toArray(),
    async keep({ _id, sweepAt }, ticketId) {
      await rows.updateOne({ _id, sweepAt }, { $set: { ticketId }, $unset: { sweepAt: '' } })
    },
    async condemn({ _id, sweepAt }) {
      const { matchedCount } = await rows.updateOne({ _id, sweepAt }, { $set: { isGone: true } })
      return matchedCount === 1
    },
    async remove(id) {
      await rows.deleteOne({ _id: id })
    },
  }
}

export const attachmentMigrations: Migration[] = [
  {
    id: 850,
    name: '附件索引',
    up: async (db) => {
      await db.collection('attachments').createIndex({ sweepAt: 1 }, { sparse: true })
      await db.collection(`${FILES}.files`).createIndex({ filename: 1, uploadDate: 1 })
      await db.collection(`${FILES}.chunks`).createIndex({ files_id: 1, n: 1 }, { unique: true })
    },
  },
]
