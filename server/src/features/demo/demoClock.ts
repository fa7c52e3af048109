import { setTimeout as pause } from 'node:timers/promises'
import { AppError } from '@hotline/shared/error'
import type { Clock } from '../../platform/clock'
import type { Logger } from '../../platform/log'
import type { Db } from '../../platform/mongo'

/** How far the city's clock stands before the machines', until `from` and afterwards. By the machines' own time. */
interface ClockRow {
  _id: 'clock'
  previousMs: number
  offsetMs: number
  from: Date
}

/** The city's clock of a drill: real time and an offset that all processes share and that only grows. */
export interface DemoClock extends Clock {
  offsetSeconds(): number
  /** Resolves when every process has moved on. @throws AppError ruleViolated, unavailable */
  advance(seconds: number): Promise<void>
  /** Learns what time it is; before anything is stamped with it. */
  load(): Promise<void>
  /** Begins to hear of other processes' leaps. */
  start(): void
  stop(): Promise<void>
}

const COLLECTION = 'demoClock'
const POLL_MS = 200
/**
 * A leap is told this long before it happens, so that all processes make it at the same moment: were one of them behind
 * for a while, a ticket's second step could be older than its first.
 */
const NOTICE_MS = 700
const PATIENCE_MS = 10_000
/** Calendars and numbers are made for some years. */
const FARTHEST_MS = 5 * 366 * 24 * 3600_000

export function createDemoClock(db: Db, machine: Clock, logger: Logger): DemoClock {
  const rows = db.collection<ClockRow>(COLLECTION)
  let known: Omit<ClockRow, '_id'> = { previousMs: 0, offsetMs: 0, from: new Date(0) }
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()

  const offsetMs = () => (Date.now() >= known.from.getTime() ? known.offsetMs : known.previousMs)

  async function poll(): Promise<void> {
    const row = await rows.findOne({ _id: 'clock' })
    // Two polls may overtake each other; what is known never goes back.
    if (row && row.offsetMs > known.offsetMs) known = row
  }

  return {
    now: () => new Date(machine.now().getTime() + offsetMs()),
    offsetSeconds: () => offsetMs() / 1000,

    async advance(seconds) {
      const leap = seconds * 1000
      for (const giveUpAt = Date.now() + PATIENCE_MS; ;) {
        const now = Date.now()
        const row = await rows.findOneAndUpdate(
          { _id: 'clock', from: { $lte: new Date(now) }, offsetMs: { $lte: FARTHEST_MS - leap } },
          [
            {
              $set: {
                previousMs: '$offsetMs',
                offsetMs: { $add: ['$offsetMs', leap] },
                from: new Date(now + NOTICE_MS),
              },
            },
          ],
          { returnDocument: 'after' },
        )
        if (row) {
          known = row
          break
        }
        await poll()
        if (known.offsetMs + leap > FARTHEST_MS) throw new AppError('ruleViolated', '时钟一共最多拨快五年')
        if (now > giveUpAt) throw new AppError('unavailable', '时钟正在被别人拨动，请稍后再试', { retryAfter: 1 })
        await pause(POLL_MS / 4)
      }
      while (Date.now() < known.from.getTime()) await pause(known.from.getTime() - Date.now() + 1)
    },

    async load() {
      await rows.updateOne(
        { _id: 'clock' },
        { $setOnInsert: { previousMs: 0, offsetMs: 0, from: new Date(0) } },
        { upsert: true },
      )
      await poll()
    },
    start() {
      timer = setInterval(() => {
        running = running.then(poll).catch((error: unknown) => logger.warn({ err: error }, '演练时钟没有读到'))
      }, POLL_MS)
    },
    async stop() {
      clearInterval(timer)
      await running
    },
  }
}

/**
 * A database that has lived in a later year cannot go back: its tickets would come from the future.
 * @throws AppError unavailable
 */
export async function assertClockUnmoved(db: Db): Promise<void> {
  const row = await db.collection<ClockRow>(COLLECTION).findOne({ _id: 'clock', offsetMs: { $gt: 0 } })
  if (!row) return
  const days = Math.ceil(row.offsetMs / (24 * 3600_000))
  throw new AppError(
    'unavailable',
    `这个数据库的时钟在演练中拨快过（约 ${days} 天），不能再拨回：请用 DRILL_CLOCK=1（演示模式）启动，或换一个数据库`,
  )
}
