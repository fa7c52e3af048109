import { setTimeout as pause } from 'node:timers/promises'
import { AppError } from '@hotline/shared/error'
import { PHONE_SPELLING } from '@hotline/shared/user/masking'
import type { Crypto } from './crypto'
import type { Job } from './jobs'
import type { Logger } from './log'
import type { Migration } from './migrations'
import type { Db } from './mongo'

/** A place where numbers are found by their hash, beside the sealed numbers from which it is made. */
export interface HashedPlace<T extends { _id: string } = { _id: string }> {
  collection: string
  projection: Record<string, 1>
  /** What changes when numbers are spelled as today; `was` is what it was read from. Nothing when it is so already. */
  renewed(document: T, crypto: Crypto): { was: Record<string, unknown>; set: Record<string, unknown> } | undefined
  /** What goes by the hash elsewhere, before it changes here. May be done twice. */
  before?(db: Db, document: T, set: Record<string, unknown>): Promise<void>
}

interface Progress {
  /** `{collection}:{spelling}` */
  _id: string
  lastId?: string
  renewed: number
  unreadable: number
  isDone: boolean
}

const BATCH = 200

/**
 * After the one spelling of numbers has changed, what was stored in an earlier one is not found any more until its hash is
 * made anew. Whoever is killed is followed by another; writes of others meanwhile stand.
 */
export function createRehash(db: Db, crypto: Crypto, places: readonly HashedPlace[], logger: Logger) {
  const rows = db.collection<Progress>('rehashes')

  /** What somebody else has written since it was read is read again: he may have kept the old hash. */
  async function renewOne(place: HashedPlace, read: { _id: string }): Promise<boolean> {
    const documents = db.collection<{ _id: string }>(place.collection)
    const { _id } = read
    for (let document: typeof read | null = read; document;) {
      const change = place.renewed(document, crypto)
      if (!change) return false
      await place.before?.(db, document, change.set)
      const { matchedCount } = await documents.updateOne({ _id, ...change.was }, { $set: change.set })
      if (matchedCount > 0) return true
      document = await documents.findOne({ _id }, { projection: place.projection })
    }
    return false
  }

  async function renew(place: HashedPlace, touch: () => Promise<void>): Promise<void> {
    const _id = `${place.collection}:${PHONE_SPELLING}`
    let state = (await rows.findOne({ _id })) ?? { _id, renewed: 0, unreadable: 0, isDone: false }
    if (state.isDone) return
    const documents = db.collection<{ _id: string }>(place.collection)
    while (!state.isDone) {
      const startedAt = performance.now()
      const filter = state.lastId === undefined ? {} : { _id: { $gt: state.lastId } }
      const batch = await documents
        .find(filter, { projection: place.projection })
        .sort({ _id: 1 })
        .limit(BATCH)
        .toArray()
      let { renewed, unreadable } = state
      for (const document of batch) {
        try {
          if (await renewOne(place, document)) renewed += 1
        } catch (error) {
          // Sealed with a key that is gone: found by nobody's number, as before.
          if (!(error instanceof AppError)) throw error
          unreadable += 1
        }
      }
      const lastId = batch.at(-1)?._id ?? state.lastId
      state = { _id, ...(lastId ? { lastId } : {}), renewed, unreadable, isDone: batch.length < BATCH }
      const { _id: _, ...progress } = state
      await rows.updateOne({ _id }, { $set: progress }, { upsert: true })
      await touch()
      // Of the database's time it takes half at the most: callers are on the line.
      if (!state.isDone) await pause(performance.now() - startedAt)
    }
    if (state.renewed + state.unreadable > 0)
      logger.info(
        { place: place.collection, renewed: state.renewed, unreadable: state.unreadable },
        '号码散列已按新写法重算',
      )
  }

  async function run(touch: () => Promise<void> = async () => undefined): Promise<void> {
    for (const place of places) await renew(place, touch)
  }
  return {
    run,
    job: { name: 'numbers.rehash', every: '1 minute', run: ({ touch }) => run(touch) } satisfies Job,
  }
}

export const rehashMigrations: Migration[] = [
  {
    id: 592,
    name: '还没有工单、通话的，没有号码散列要重算',
    up: async (db) => {
      for (const name of ['tickets', 'calls']) {
        if (await db.collection(name).findOne({}, { projection: { _id: 1 } })) continue
        const nothing: Omit<Progress, '_id'> = { renewed: 0, unreadable: 0, isDone: true }
        const _id = `${name}:${PHONE_SPELLING}`
        await db.collection<Progress>('rehashes').updateOne({ _id }, { $setOnInsert: nothing }, { upsert: true })
      }
    },
  },
]
