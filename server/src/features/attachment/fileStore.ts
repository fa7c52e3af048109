import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import mongoose from 'mongoose'
import type { Db } from '../../platform/mongo'

/** Where the bytes lie. The only thing that another kind of storage has to give. */
export interface FileStore {
  newId(): string
  /** All or nothing: what breaks off is taken away again. */
  put(id: string, bytes: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<void>
  /** `end` is the last byte, counted from 0. */
  read(id: string, range?: { start: number; end: number }): Readable
  /** Also what is gone already. */
  remove(id: string): Promise<void>
}

export const FILES = 'attachments'
const CHUNK_BYTES = 1024 * 1024

export function createGridFsStore(db: Db): FileStore {
  const bucket = new mongoose.mongo.GridFSBucket(db, { bucketName: FILES, chunkSizeBytes: CHUNK_BYTES })
  const idOf = (id: string) => new mongoose.mongo.ObjectId(id)

  async function remove(id: string): Promise<void> {
    await db.collection(`${FILES}.files`).deleteOne({ _id: idOf(id) })
    await db.collection(`${FILES}.chunks`).deleteMany({ files_id: idOf(id) })
  }

  return {
    newId: () => new mongoose.mongo.ObjectId().toHexString(),
    async put(id, bytes) {
      try {
        await pipeline(Readable.from(bytes), bucket.openUploadStreamWithId(idOf(id), id))
      } catch (error) {
        await remove(id)
        throw error
      }
    },
    read(id, range) {
      const part = range ? { start: range.start, end: range.end + 1 } : {}
      return bucket.openDownloadStream(idOf(id), part)
    },
    remove,
  }
}
