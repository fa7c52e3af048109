import type { Readable } from 'node:stream'
import { AppError } from '@hotline/shared/error'
import type { Logger } from '../../platform/log'
import type { S3Config } from '../../platform/s3Config'
import type { Db } from '../../platform/mongo'
import { createGridFsStore } from './gridFsStore'
import { isS3Id, openS3Store } from './s3Store'

/** Where the bytes lie. The only thing that another kind of storage has to give. */
export interface FileStore {
  newId(): string
  /** All or nothing: what breaks off is taken away again. */
  put(id: string, bytes: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<void>
  /** `end` is the last byte, counted from 0. Its error is an AppError: notFound when the bytes are lost. */
  read(id: string, range?: { start: number; end: number }): Readable
  /** Also what is gone already. */
  remove(id: string): Promise<void>
}

export interface FileStoreDeps {
  db: Db
  /** Without it files lie in the database. */
  s3?: S3Config
  logger: Logger
}

/**
 * New files go to the S3-compatible store where one is set, else into the database; each is read and removed where it was
 * put, so that the setting can be changed at any time.
 * @throws AppError unavailable, a sentence fit for the terminal, when the store cannot be written
 */
export async function openFileStore({ db, s3, logger }: FileStoreDeps): Promise<FileStore> {
  const gridFs = createGridFsStore(db)
  const bucket = s3 && (await openS3Store(s3, logger))
  const storeOf = (id: string): FileStore => {
    if (!isS3Id(id)) return gridFs
    if (!bucket) throw new AppError('unavailable', '这个附件在对象存储里，但系统没有设置对象存储（S3_BUCKET）')
    return bucket
  }
  return {
    newId: () => (bucket ?? gridFs).newId(),
    put: async (id, bytes) => storeOf(id).put(id, bytes),
    read: (id, range) => storeOf(id).read(id, range),
    remove: async (id) => storeOf(id).remove(id),
  }
}

/** The row is there and the bytes are not: ours to find out, and said in the log. */
export function lost(cause: unknown): AppError {
  return new AppError('notFound', '附件的文件在存储里找不到了，请联系系统管理员', {}, { cause })
}
