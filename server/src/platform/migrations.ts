import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { AppError } from '@hotline/shared/error'
import type { Logger } from './log'
import { isDuplicate, type Db } from './mongo'

/** One step of the database's history. `up` must be repeatable: a process may die in the middle of it. */
export interface Migration {
  /** Unique over all features; steps run in this order. Each feature keeps to its own hundred. */
  id: number
  name: string
  up(db: Db): Promise<void>
}

interface Applied {
  _id: number
  name: string
  appliedAt: Date
  millis: number
}

interface Lock {
  _id: string
  owner: string
  until: Date
}

const LEASE_MS = 30_000
const PATIENCE_MS = 10 * 60_000

/**
 * Brings the database up to this code. Several processes may start together: one works, the others wait for it.
 * @throws AppError unavailable when the database was written by newer code, or the lock is never released
 */
export async function migrate(db: Db, migrations: readonly Migration[], logger: Logger): Promise<void> {
  const steps = [...migrations].sort((a, b) => a.id - b.id)
  const ids = new Set(steps.map((step) => step.id))
  if (ids.size !== steps.length) throw new AppError('internal', '迁移编号重复')
  const applied = db.collection<Applied>('migrations')
  const done = async () => new Set((await applied.find().toArray()).map((row) => refuseUnknown(row, ids)))
  if ((await done()).size === steps.length) return

  const release = await acquireLock(db, 'migrations')
  try {
    const before = await done()
    for (const step of steps.filter(({ id }) => !before.has(id))) {
      const startedAt = Date.now()
      await step.up(db)
      const millis = Date.now() - startedAt
      await applied.insertOne({ _id: step.id, name: step.name, appliedAt: new Date(), millis })
      logger.info({ id: step.id, millis }, `数据库迁移：${step.name}`)
    }
  } finally {
    await release()
  }
}

function refuseUnknown(row: Applied, known: ReadonlySet<number>): number {
  if (!known.has(row._id)) {
    throw new AppError(
      'unavailable',
      `数据库由更新的程序写过（迁移 ${row._id} ${row.name}），请用同样新或更新的程序启动`,
    )
  }
  return row._id
}

/** A lease that its owner keeps renewing, so that a killed owner blocks nobody for long. */
async function acquireLock(db: Db, name: string): Promise<() => Promise<void>> {
  const locks = db.collection<Lock>('locks')
  const owner = randomUUID()
  const giveUpAt = Date.now() + PATIENCE_MS
  const until = () => new Date(Date.now() + LEASE_MS)
  while (!(await tryLock())) {
    if (Date.now() > giveUpAt) throw new AppError('unavailable', '另一个进程一直在迁移数据库，本进程不再等待')
    await pause(300)
  }
  const renewal = setInterval(() => {
    void locks.updateOne({ _id: name, owner }, { $set: { until: until() } }).catch(() => undefined)
  }, LEASE_MS / 3)
  return async () => {
    clearInterval(renewal)
    await locks.deleteOne({ _id: name, owner })
  }

  async function tryLock(): Promise<boolean> {
    try {
      await locks.updateOne(
        { _id: name, until: { $lt: new Date() } },
        { $set: { owner, until: until() } },
        { upsert: true },
      )
      return (await locks.findOne({ _id: name }))?.owner === owner
    } catch (error) {
      if (isDuplicate(error)) return false
      throw error
    }
  }
}
