import { AppError } from '@hotline/shared/error'
import type { Logger } from '../../platform/log'
import { createNewest, type Newest } from '../../platform/newest'
import { isDuplicate, type Db } from '../../platform/mongo'
import type { Tx } from '../../platform/outbox'

/** Who made a version, when and why. */
export interface VersionNote {
  version: number
  at: Date
  author: { userId: string; name: string }
  note: string
  /** What was changed, each a sentence. */
  changes: string[]
}

export type Version<T> = VersionNote & { content: T }

interface VersionRow<T> extends Omit<VersionNote, 'version'> {
  _id: number
  content: T
}

/**
 * Something that is decided anew from time to time, every version of which stays. The newest is in memory, and follows within two
 * seconds what another process has decided.
 */
export interface VersionStore<T> extends Newest {
  current(): Version<T>
  /** Newest first, without what they say. */
  list(limit: number): Promise<VersionNote[]>
  /** After this one, oldest first. */
  since(version: number): Promise<VersionNote[]>
  /** @throws AppError notFound */
  find(version: number): Promise<Version<T>>
  /** @throws AppError staleVersion, when somebody else has made the next version meanwhile */
  save(next: Version<T>, tx: Tx): Promise<void>
}

const fromRow = <T>({ _id, ...rest }: VersionRow<T>): Version<T> => ({ version: _id, ...rest })

/** @throws AppError internal, when there is not even a first version */
export async function openVersions<T>(db: Db, name: string, logger: Logger): Promise<VersionStore<T>> {
  const rows = db.collection<VersionRow<T>>(name)
  const newest = async () => {
    const row = await rows.findOne({}, { sort: { _id: -1 } })
    if (!row) throw new AppError('internal', `没有第一个版本：${name}`)
    return fromRow(row as VersionRow<T>)
  }
  let held = await newest()
  const following = createNewest(name, {
    logger,
    ask: async () => (await rows.findOne({}, { sort: { _id: -1 }, projection: { _id: 1 } }))?._id ?? held.version,
    load: async () => take(await newest()),
  })
  function take(version: Version<T>): void {
    if (version.version > held.version) held = version
  }
  const notes = async (filter: object, order: 1 | -1, limit: number): Promise<VersionNote[]> => {
    const found = await rows
      .find(filter, { projection: { content: 0 } })
      .sort({ _id: order })
      .limit(limit)
      .toArray()
    return found.map(({ _id, at, author, note, changes }) => ({ version: _id as number, at, author, note, changes }))
  }

  return {
    ...following,
    current: () => held,
    list: (limit) => notes({}, -1, limit),
    since: (version) => notes({ _id: { $gt: version } }, 1, 20),
    async find(version) {
      const row = await rows.findOne({ _id: version } as object)
      if (!row) throw new AppError('notFound', `没有第 ${version} 版`)
      return fromRow(row as VersionRow<T>)
    },
    async save({ version, ...rest }, { session, after }) {
      try {
        await rows.insertOne({ _id: version, ...rest } as never, { session })
      } catch (error) {
        if (!isDuplicate(error)) throw error
        await following.poll()
        throw new AppError('staleVersion', '刚才有人保存了新的一版，请看过变化后再保存')
      }
      after(() => take({ version, ...rest }))
    },
  }
}

/** By the first migration; a version that is there stays as it is. */
export async function writeFirstVersion<T>(db: Db, name: string, content: T, note: string): Promise<void> {
  const first: Omit<VersionRow<T>, '_id'> = {
    at: new Date('2026-01-01T00:00:00+08:00'),
    author: { userId: 'system', name: '系统' },
    note,
    changes: [],
    content,
  }
  await db.collection<VersionRow<T>>(name).updateOne({ _id: 1 } as object, { $setOnInsert: first } as object, {
    upsert: true,
  })
}
