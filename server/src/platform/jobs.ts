import { MongoBackend } from '@agendajs/mongo-backend'
import { AppError } from '@hotline/shared/error'
import { Agenda } from 'agenda'
import type { Logger } from './log'
import type { Migration } from './migrations'
import { isDuplicate, isOutage, type Database } from './mongo'

export interface JobRun {
  /** Renews the lock: called between batches by a handler that may take longer than its lock lives. */
  touch(): Promise<void>
}

export interface Job {
  name: string
  /** `2 seconds` or a cron line in Asia/Shanghai. */
  every: string
  /** At most one process runs it at a time, but a dead process's run is repeated: it must be idempotent. */
  run(job: JobRun): Promise<void>
  /** After this long without a sign of life the run is given to another process. */
  lockSeconds?: number
}

export interface Jobs {
  start(): Promise<void>
  stop(): Promise<void>
}

const COLLECTION = 'jobs'
const NOTE_MS = 10_000

/** A few recurring jobs; work that is due is found by asking for it, never by a job per ticket. */
export function createJobs(database: Database, jobs: readonly Job[], logger: Logger): Jobs {
  const names = new Set(jobs.map((job) => job.name))
  if (names.size !== jobs.length) throw new AppError('internal', '任务名重复')
  let agenda: Agenda | undefined
  let isStopping = false

  return {
    async start() {
      const backend = new MongoBackend({ mongo: database.db, collection: COLLECTION, ensureIndex: false })
      agenda = new Agenda({
        backend,
        processEvery: 500,
        defaultConcurrency: 1,
        defaultLockLimit: 1,
        defaultLockLifetime: 30_000,
      })
      agenda.on('error', noteOutage(logger))
      for (const job of jobs) define(agenda, job, logger, () => isStopping)
      await agenda.start()
      for (const job of jobs) await schedule(agenda, job)
    },
    async stop() {
      isStopping = true
      // Lets what runs come to its end; what has not begun is done by another process or at the next start.
      await agenda?.drain({ timeout: 10_000 })
      agenda = undefined
    },
  }
}

function define(agenda: Agenda, job: Job, logger: Logger, isStopping: () => boolean): void {
  if (typeof job.run !== 'function') throw new AppError('internal', `任务 ${job.name} 没有处理程序`)
  agenda.define(
    job.name,
    async (row) => {
      // Locked just before the end: the database may be closed while it runs.
      if (isStopping()) return
      try {
        await job.run({ touch: () => row.touch() })
      } catch (error) {
        // Logged here and not thrown on: the job recurs anyway, and its row must not fill with stack traces.
        const level = isOutage(error) ? 'warn' : 'error'
        logger[level]({ err: error, job: job.name }, '任务执行失败，将在下次重试')
      }
    },
    { lockLifetime: (job.lockSeconds ?? 30) * 1000, concurrency: 1, lockLimit: 1 },
  )
}

/** While the database is away it errs several times a second: one line in ten seconds tells as much. */
function noteOutage(logger: Logger): (error: Error) => void {
  let notedAt = -Infinity
  return (error) => {
    if (performance.now() - notedAt < NOTE_MS) return
    notedAt = performance.now()
    logger.warn({ err: error }, '任务调度出错')
  }
}

async function schedule(agenda: Agenda, job: Job): Promise<void> {
  const every = () => agenda.every(job.every, job.name, undefined, { timezone: 'Asia/Shanghai' })
  await every().catch((error: unknown) => {
    // Another process has just made the same row.
    if (isDuplicate(error)) return every()
    throw error
  })
}

export const jobMigrations: Migration[] = [
  {
    id: 3,
    name: '任务表索引',
    up: async (db) => {
      const jobs = db.collection(COLLECTION)
      await jobs.createIndex(
        { name: 1, nextRunAt: 1, priority: -1, lockedAt: 1, disabled: 1 },
        { name: 'findAndLockNextJobIndex' },
      )
      await jobs.createIndex(
        { name: 1, type: 1 },
        { name: 'oneRecurringJobPerName', unique: true, partialFilterExpression: { type: 'single' } },
      )
    },
  },
]
