import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import mongoose from 'mongoose'
import type { Db } from '../../platform/mongo'
import { lost, type FileStore } from './fileStore'

export const FILES = 'attachments'
const CHUNK_BYTES = 1024 * 1024

/** In the database: nothing more to run, and in its backups. */
export function createGridFsStore(db: Db): FileStore {
  const bucket = new mongoose.mongo.GridFSBucket(db, { bucketName: FILES, chunkSizeBytes: CHUNK_BYTES })
  const idOf = (id: string) => new mongoose.mongo.ObjectId(id)

  async function remove(id: string): Promise<void> {
    await db.collection(`${FILES}.files`).deleteOne({ _id: idOf(id) })
    await db.collection(`${FILES}.chunks`).deleteMany({ files_id: idOf(id) })
  }
  async function* bytesOf(id: string, part: { start?: number; end?: number }) {
    try {
      yield* bucket.openDownloadStream(idOf(id), part)
    } catch (error) {
      throw error instanceof Error && error.message.startsWith('FileNotFound') ? lost(error) : error
    }
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
    read: (id, range) =>
      Readable.from(bytesOf(id, range ? { start: range.start, end: range.end + 1 } : {}), { objectMode: false }),
    remove,
  }
}
