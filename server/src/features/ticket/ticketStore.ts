import { AppError } from '@hotline/shared/error'
import type { TicketEvent } from '@hotline/shared/ticket/events'
import type { Ticket } from '@hotline/shared/ticket/ticket'
import { isDuplicate, isTooLarge, type Db } from '../../platform/mongo'
import {
  documentOf,
  indexFieldsOf,
  type IndexFields,
  type Paths,
  type SealedData,
  type TicketDoc,
  type WriteKey,
} from './ticketDocument'

export interface Commit {
  before: Ticket
  after: Ticket
  events: TicketEvent[]
  key?: WriteKey
  /** Further values to seal beside the ticket, by path under `sealed`. */
  sealed?: Record<string, string>
}

export type Found = Pick<TicketDoc, '_id' | 't' | 'events' | 'sealed' | 'keys' | 'callerHashes'>
export const WHOLE = { t: 1, events: 1, sealed: 1, keys: 1, callerHashes: 1 } as const

export interface TicketStore {
  find(idOrNo: string): Promise<Found | undefined>
  findByKey(key: string): Promise<Found | undefined>
  /** @returns false when the idempotency key has been used before */
  insert(
    ticket: Ticket,
    events: TicketEvent[],
    sealed: SealedData,
    callerHashes: string[],
    key: WriteKey,
  ): Promise<boolean>
  /**
   * One guarded update, or nothing.
   * @returns `stale` when somebody was faster, `keyUsed` when the key stands in another ticket
   */
  commit(commit: Commit): Promise<'done' | 'stale' | 'keyUsed'>
  /** Tickets for which the clock has something to do, longest overdue first. */
  dueAt(now: Date, limit: number, except?: readonly string[]): Promise<Ticket[]>
}

/** The ticket's path uses the driver's collection of mongoose's connection: no hydration, one round trip a write. */
export function createTicketStore(db: Db, paths: Paths): TicketStore {
  const tickets = db.collection<TicketDoc>('tickets')

  return {
    async find(idOrNo) {
      const filter = /^\d{18,20}$/.test(idOrNo) ? { no: idOrNo } : { _id: idOrNo }
      return (await tickets.findOne(filter, { projection: WHOLE })) ?? undefined
    },
    async findByKey(key) {
      return (await tickets.findOne({ 'keys.k': key }, { projection: WHOLE })) ?? undefined
    },
    async insert(ticket, events, sealed, callerHashes, key) {
      try {
        await tickets.insertOne(documentOf(ticket, events, { sealed, callerHashes, keys: [key] }, paths))
        return true
      } catch (error) {
        if (!isDuplicate(error)) throw error
        const index = Object.keys((error as { keyPattern?: object }).keyPattern ?? {})
        if (index.includes('keys.k')) return false
        // A retry has both the same key and the same number; the database names either.
        if (index.includes('t.externalNo') && (await tickets.findOne({ 'keys.k': key.k }, { projection: { _id: 1 } })))
          return false
        if (index.includes('t.externalNo'))
          throw new AppError('ruleViolated', '该渠道的外部单号已登记过', { cause: 'externalNo' })
        throw error
      }
    },
    async commit({ before, after, events, key, sealed }) {
      const { set, unset } = changes(before, after, paths)
      if (TEXTUAL.some((field) => before[field] !== after[field])) set.isTextStale = true
      for (const [path, value] of Object.entries(sealed ?? {})) set[`sealed.${path}`] = value
      try {
        const { matchedCount } = await tickets.updateOne(
          { _id: before.id, version: before.version },
          {
            $set: set,
            ...(Object.keys(unset).length > 0 ? { $unset: unset } : {}),
            $push: { events: { $each: events }, ...(key ? { keys: key } : {}) } as never,
          },
        )
        return matchedCount === 1 ? 'done' : 'stale'
      } catch (error) {
        if (isDuplicate(error)) return 'keyUsed'
        if (isTooLarge(error)) throw new AppError('ruleViolated', '本工单的记录已满，请办结后另行登记')
        throw error
      }
    },
    async dueAt(now, limit, except = []) {
      const others = except.length > 0 ? { _id: { $nin: [...except] } } : {}
      const rows = await tickets
        .find({ nextCheckAt: { $lte: now }, ...others }, { projection: { t: 1 } })
        .sort({ nextCheckAt: 1 })
        .limit(limit)
        .toArray()
      return rows.map((row) => row.t)
    },
  }
}

/** What the search reads. */
const TEXTUAL = ['title', 'address', 'detail', 'regionCode', 'confidentiality', 'isAnonymous'] as const

/** Only what a step changed is written again: a text of 20,000 characters is not. */
function changes(before: Ticket, after: Ticket, paths: Paths) {
  const set: Record<string, unknown> = { version: after.version, hasNews: true }
  const unset: Record<string, ''> = {}
  const put = (path: string, from: unknown, to: unknown) => {
    if (from === to) return
    if (to === undefined) unset[path] = ''
    else set[path] = to
  }
  for (const field of new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof Ticket>)
    put(`t.${field}`, before[field], after[field])
  // Who deputises may have changed since it was stored: its desks are always written, with their deadlines.
  const was = indexFieldsOf(before, paths)
  const is = indexFieldsOf(after, paths)
  for (const field of Object.keys(is) as (keyof IndexFields)[])
    put(
      field,
      !OF_DESKS.includes(field) && comparable(was[field]) === comparable(is[field]) ? is[field] : was[field],
      is[field],
    )
  return { set, unset }
}

const OF_DESKS: readonly (keyof IndexFields)[] = ['desks', 'deskDue']

function comparable(value: unknown): unknown {
  return value !== null && typeof value === 'object' ? JSON.stringify(value) : value
}
