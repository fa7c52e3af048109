import { setTimeout as pause } from 'node:timers/promises'
import type { Ticket } from '@hotline/shared/ticket/ticket'
import type { Regions } from '@hotline/shared/region/region'
import { isOutage, type Db } from '../../platform/mongo'
import type { Logger } from '../../platform/log'
import { createHider, isHidden } from './hiddenText'
import type { SealedContact } from './sealedContact'
import type { TicketDoc } from './ticketDocument'
import type { TicketSearch } from './ticketSearch'

export interface SearchFeeder {
  nudge(): void
  /** All that is stale, now. */
  drain(): Promise<void>
  stop(): Promise<void>
}

const BATCH = 50
/** A new ticket can be found after about this long. */
const GATHER_MS = 150
/** Of the database's time the search index takes a quarter at the most, and never that of a caller on the line. */
const REST = 3

export interface SearchFeederDeps {
  db: Db
  search: TicketSearch
  regions: Regions
  contact: Pick<SealedContact, 'nameOf'>
  logger: Logger
}

type Told = Pick<TicketDoc, '_id' | 't' | 'sealed' | 'version'>

/** Keeps the search text up behind the commits: some milliseconds of work a ticket, which no request waits for. */
export function createSearchFeeder({ db, search, regions, contact, logger }: SearchFeederDeps): SearchFeeder {
  const tickets = db.collection<TicketDoc>('tickets')
  const stopping = new AbortController()
  let running: Promise<void> | undefined
  let isAsked = false

  /** @returns how many were fed */
  async function feed(): Promise<number> {
    const docs = await tickets
      .find({ isTextStale: true }, { projection: { t: 1, sealed: 1, version: 1 } })
      .limit(BATCH)
      .toArray()
    if (docs.length === 0) return 0
    await feedAll(docs.map(toldTo))
    await tickets.bulkWrite(
      docs.flatMap(({ _id, version }) => [
        { updateOne: { filter: { _id, version }, update: { $unset: { isTextStale: '' } } } },
        // Another process may have fed a newer text meanwhile, and ours lies over it now: once more.
        { updateOne: { filter: { _id, version: { $ne: version } }, update: { $set: { isTextStale: true } } } },
      ]),
      { ordered: false, writeConcern: { w: 1 } },
    )
    return docs.length
  }

  /** One ticket that cannot be fed holds up no other: it is set aside, and found by everything but its words. */
  async function feedAll(batch: readonly Ticket[]): Promise<void> {
    try {
      await search.feed(batch.map((ticket) => ({ id: ticket.id, ticket, regionName: regionOf(ticket) })))
    } catch (error) {
      if (isOutage(error)) throw error
      if (batch.length > 1) for (const ticket of batch) await feedAll([ticket])
      else logger.error({ err: error, ticketId: batch[0]?.id }, '工单文本不能进入搜索')
    }
  }

  /** Who a confidential or anonymous caller is can be found by nobody, not by his name either. */
  function toldTo({ t, sealed }: Told): Ticket {
    if (!isHidden(t)) return t
    const { hide } = createHider(t.id, sealed, contact)
    return { ...t, title: t.title && hide(t.title), address: t.address && hide(t.address), detail: hide(t.detail) }
  }

  const regionOf = (ticket: Ticket) => regions.fullName(ticket.regionCode)

  async function run(): Promise<void> {
    await pause(GATHER_MS, undefined, { signal: stopping.signal })
    while (isAsked) {
      isAsked = false
      for (let fed = BATCH; fed === BATCH;) {
        const startedAt = performance.now()
        fed = await feed()
        await pause((performance.now() - startedAt) * REST, undefined, { signal: stopping.signal })
      }
    }
  }

  return {
    nudge() {
      isAsked = true
      running ??= run()
        .catch((error: unknown) => {
          if (!stopping.signal.aborted) logger.warn({ err: error }, '搜索文本更新失败，稍后继续')
        })
        .finally(() => {
          running = undefined
        })
    },
    async drain() {
      while ((await feed()) > 0);
    },
    async stop() {
      stopping.abort()
      await running
    },
  }
}
