import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import type { Crypto } from './crypto'
import type { Logger } from './log'
import type { Migration } from './migrations'
import type { Db } from './mongo'

/** Which keys a running process has, the one that it seals with first. */
export interface KeyRing {
  _id: string
  host: string
  pid: number
  keyIds: string[]
  at: Date
}

export interface KeyWatch {
  start(): Promise<void>
  stop(): Promise<void>
}

const COLLECTION = 'keyRings'
const POLL_MS = 1000
const SIGN_OF_LIFE_MS = 5000
/** Who has not been heard of for so long is dead. */
const DEAD_AFTER_MS = 20_000

/** Takes up keys that are added or removed while the process runs, and tells which it has. */
export function createKeyWatch(db: Db, crypto: Crypto, logger: Logger): KeyWatch {
  const rings = db.collection<KeyRing>(COLLECTION, { writeConcern: { w: 1 } })
  const _id = randomUUID()
  let toldAt = -Infinity
  let told = ''
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()

  async function poll(): Promise<void> {
    if (crypto.refresh()) logger.info({ keyIds: crypto.keyIds() }, '加密密钥已更新')
    const keyIds = crypto.keyIds()
    if (told === keyIds.join() && performance.now() - toldAt < SIGN_OF_LIFE_MS) return
    // By the database's time: two machines' clocks may differ.
    await rings.updateOne(
      { _id },
      { $set: { host: hostname(), pid: process.pid, keyIds }, $currentDate: { at: true } },
      { upsert: true },
    )
    told = keyIds.join()
    toldAt = performance.now()
  }

  return {
    async start() {
      await poll()
      timer = setInterval(() => {
        running = running
          .then(poll)
          .catch((error: unknown) => logger.warn({ err: error }, '加密密钥没有刷新，稍后继续'))
      }, POLL_MS)
    },
    async stop() {
      clearInterval(timer)
      await running
      await rings.deleteOne({ _id }).catch(() => undefined)
    },
  }
}

/** The processes that run now. */
export function livingRings(db: Db): Promise<KeyRing[]> {
  return db
    .collection<KeyRing>(COLLECTION)
    .find({ $expr: { $gte: ['$at', { $subtract: ['$$NOW', DEAD_AFTER_MS] }] } })
    .toArray()
}

export const keyRingMigrations: Migration[] = [
  {
    id: 5,
    name: '各进程所持密钥的登记',
    up: async (db) => {
      await db.collection(COLLECTION).createIndex({ at: 1 }, { expireAfterSeconds: 300 })
    },
  },
]
