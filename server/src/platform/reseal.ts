import { setTimeout as pause } from 'node:timers/promises'
import { keyIdOf, type Crypto } from './crypto'
import type { Db } from './mongo'

/** A place in the database where sealed values stand: how to find them, and what each is bound to. */
export interface SealedPlace<T extends { _id: string } = { _id: string }> {
  collection: string
  /** For the progress of a change of keys, in Chinese. */
  label: string
  projection: Record<string, 1>
  valuesOf(document: T): { path: string; value: string; context: string }[]
}

/** How far a change of keys has come in one place; stored, so that whoever is killed is followed by another. */
export interface PlaceProgress {
  lastId?: string
  seen: number
  resealed: number
  /** Somebody else wrote meanwhile: looked at again in the next pass. */
  missed: number
  unreadable: number
  /** Some of them, for whoever looks into it. */
  unreadableIds: string[]
  isDone: boolean
}

export interface ResealOptions {
  progress?: PlaceProgress
  /** Stores how far it is, after every batch. */
  onBatch(progress: PlaceProgress): Promise<void>
}

const BATCH = 100
/** Of the database's time it takes half at the most: callers are on the line. */
const REST = 1
const SOME = 10

const BEGUN: PlaceProgress = { seen: 0, resealed: 0, missed: 0, unreadable: 0, unreadableIds: [], isDone: false }

/**
 * One pass over a place: whatever is sealed with another key than the present one is sealed anew. Each document is
 * guarded by the very values that were read, so that nothing written meanwhile is lost; no version moves.
 */
export async function resealPlace(
  db: Db,
  crypto: Crypto,
  place: SealedPlace,
  { progress = BEGUN, onBatch }: ResealOptions,
): Promise<PlaceProgress> {
  const documents = db.collection<{ _id: string }>(place.collection)
  let state = { ...progress, unreadableIds: [...progress.unreadableIds] }
  while (!state.isDone) {
    const startedAt = performance.now()
    const filter = state.lastId === undefined ? {} : { _id: { $gt: state.lastId } }
    const batch = await documents.find(filter, { projection: place.projection }).sort({ _id: 1 }).limit(BATCH).toArray()
    const updates = batch.flatMap((document) => {
      try {
        return updateOf(crypto, document._id, place.valuesOf(document)) ?? []
      } catch {
        state.unreadable += 1
        if (state.unreadableIds.length < SOME) state.unreadableIds.push(document._id)
        return []
      }
    })
    const { matchedCount } =
      updates.length > 0 ? await documents.bulkWrite(updates, { ordered: false }) : { matchedCount: 0 }
    state = {
      ...state,
      lastId: batch.at(-1)?._id ?? state.lastId,
      seen: state.seen + batch.length,
      resealed: state.resealed + matchedCount,
      missed: state.missed + updates.length - matchedCount,
      isDone: batch.length < BATCH,
    }
    await onBatch(state)
    if (!state.isDone && updates.length > 0) await pause((performance.now() - startedAt) * REST)
  }
  return state
}

function updateOf(crypto: Crypto, _id: string, values: ReturnType<SealedPlace['valuesOf']>) {
  const current = crypto.keyIds()[0]
  const old = values.filter(({ value }) => keyIdOf(value) !== current)
  if (old.length === 0) return undefined
  const entries = old.map(({ path, value, context }) => [path, crypto.seal(crypto.open(value, context), context)])
  const filter = { _id, ...Object.fromEntries(old.map(({ path, value }) => [path, value])) }
  return { updateOne: { filter, update: { $set: Object.fromEntries(entries) as Record<string, string> } } }
}

/** Holds no sealed value, and a great deal of everything else. */
const NEVER_SEALED = new Set(['ticketTexts', 'socketEvents', 'jobs', 'audit', 'attachments.chunks'])

/**
 * Looks through the whole database, wherever a value sealed with one of these keys may stand, also where no place is
 * known: before a key is thrown away.
 * @returns how many documents of which collection
 */
export async function findSealedWith(db: Db, keyIds: readonly string[]): Promise<Map<string, number>> {
  const ids = keyIds.map((id) => id.replace(/[-]/g, '\\-')).join('|')
  const sealed = new RegExp(`^(?:${ids})\\.[A-Za-z0-9_-]{38,}$`)
  const found = new Map<string, number>()
  for (const { name, type } of await db.listCollections().toArray()) {
    if (type === 'view' || name.startsWith('system.') || NEVER_SEALED.has(name)) continue
    for await (const document of db.collection(name).find())
      if (holds(document, sealed)) found.set(name, (found.get(name) ?? 0) + 1)
  }
  return found
}

function holds(value: unknown, pattern: RegExp): boolean {
  if (typeof value === 'string') return pattern.test(value)
  if (value === null || typeof value !== 'object' || value instanceof Date) return false
  return Object.values(value).some((one) => holds(one, pattern))
}
