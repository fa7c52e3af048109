import type { TicketEvent } from '@hotline/shared/ticket/events'
import type { Ticket } from '@hotline/shared/ticket/ticket'
import { isOutage, type Db } from '../../platform/mongo'
import type { Logger } from '../../platform/log'
import type { SealedData, TicketDoc } from './ticketDocument'

/** A ticket with the events that have been committed and not announced yet. */
export interface News {
  ticket: Ticket
  /** For the outbound port alone. */
  sealed: SealedData
  events: TicketEvent[]
}

/** Must be idempotent on (ticket, version): after a crash it is told again. */
export type Effect = (news: readonly News[]) => Promise<void>

export interface Announcer {
  /** After a commit: effects follow within a moment, off the request's path. */
  nudge(ticketId: string): void
  /**
   * Everything that no process has announced; what a dead one left behind.
   * @param touch called between batches: a long backlog is a sign of life
   * @returns how many tickets
   */
  sweep(touch?: () => Promise<void>): Promise<number>
  stop(): Promise<void>
}

const BATCH = 300
/** More than these in one sweep are left to the next. */
const MOST_STUCK = 2000
const PROJECTION = { t: 1, sealed: 1, events: 1, version: 1, announced: 1 } as const
/** Commits within this time are told together. */
const GATHER_MS = 200

/** The event list is the outbox: effects read committed events, then the ticket is marked. At least once. */
export function createAnnouncer(db: Db, effects: readonly Effect[], logger: Logger): Announcer {
  const tickets = db.collection<TicketDoc>('tickets')
  const waiting = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  let running: Promise<unknown> = Promise.resolve()
  let isStopped = false

  async function announce(filter: Record<string, unknown>): Promise<{ seen: number; stuck: string[] }> {
    const docs = await tickets
      .find(filter as never, { projection: PROJECTION })
      .limit(BATCH)
      .toArray()
    if (docs.length === 0) return { seen: 0, stuck: [] }
    const news = docs.map(({ t, sealed, events, announced }) => ({
      ticket: t,
      sealed,
      events: events.filter((event) => event.version > announced),
    }))
    const told = await tell(news)
    const toldIds = new Set(told.map(({ ticket }) => ticket.id))
    const stuck = docs.flatMap(({ _id }) => (toldIds.has(_id) ? [] : [_id]))
    if (told.length === 0) return { seen: docs.length, stuck }
    // A mark that is lost is an announcement made twice, which is allowed; so it need not wait for the journal.
    await tickets.bulkWrite(
      told.map(({ ticket: { id, version } }) => ({
        updateOne: {
          filter: { _id: id, version },
          update: { $set: { announced: version }, $unset: { hasNews: '' } },
        },
      })),
      { ordered: false, writeConcern: { w: 1 } },
    )
    return { seen: docs.length, stuck }
  }

  /** @returns what was told: a ticket that cannot be told of holds up no other */
  async function tell(news: News[]): Promise<News[]> {
    try {
      for (const effect of effects) await effect(news)
      return news
    } catch (error) {
      if (isOutage(error)) throw error
      const [only, ...others] = news
      if (only && others.length === 0) {
        logger.error({ err: error, ticketId: only.ticket.id }, '工单事件无法通知，稍后重试')
        return []
      }
      const told: News[] = []
      for (const one of news) told.push(...(await tell([one])))
      return told
    }
  }

  async function drain(): Promise<void> {
    while (waiting.size > 0) {
      const ids = [...waiting].slice(0, BATCH)
      for (const id of ids) waiting.delete(id)
      await announce({ _id: { $in: ids }, hasNews: true })
    }
  }

  function schedule(): void {
    if (timer || isStopped) return
    timer = setTimeout(() => {
      running = running
        .then(drain)
        .catch((error: unknown) => logger.warn({ err: error }, '工单事件通知失败，稍后重试'))
        .finally(() => {
          timer = undefined
          if (waiting.size > 0) schedule()
        })
    }, GATHER_MS)
  }

  return {
    nudge(ticketId) {
      waiting.add(ticketId)
      schedule()
    },
    async sweep(touch = async () => undefined) {
      let total = 0
      const step = running.then(async () => {
        const stuck: string[] = []
        for (;;) {
          const others = stuck.length > 0 ? { _id: { $nin: stuck } } : {}
          const done = await announce({ hasNews: true, ...others })
          stuck.push(...done.stuck)
          total += done.seen - done.stuck.length
          if (done.seen < BATCH || stuck.length >= MOST_STUCK || isStopped) return
          await touch()
        }
      })
      running = step.catch(() => undefined)
      await step
      return total
    },
    async stop() {
      isStopped = true
      clearTimeout(timer)
      await running
      await drain().catch((error: unknown) => logger.warn({ err: error }, '停止前的通知未完成，下次启动继续'))
    },
  }
}
