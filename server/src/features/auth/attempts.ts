import { AppError } from '@hotline/shared/error'
import { purgeAfter, type Clock } from '../../platform/clock'
import { isDuplicate, type Db } from '../../platform/mongo'

interface AttemptRow {
  _id: string
  failed: number
  lockedUntil?: Date
  purgeAt: Date
}

export const MAX_FAILURES = 5
export const LOCK_MINUTES = 15
const FORGET_HOURS = 24

/**
 * Counts failures by the name that was typed, whether or not there is such an account: so that neither the lock nor its
 * message tells which names exist.
 */
export interface Attempts {
  /** @throws AppError tooMany while the name is locked */
  assertOpen(usernameKey: string): Promise<void>
  /** Counts one failure; the fifth locks. Answers whether it did. */
  fail(usernameKey: string): Promise<boolean>
  clear(usernameKey: string): Promise<void>
  lockedAmong(usernameKeys: readonly string[]): Promise<Set<string>>
}

export function createAttempts(db: Db, clock: Clock): Attempts {
  const attempts = db.collection<AttemptRow>('signInAttempts')
  const after = (minutes: number) => new Date(clock.now().getTime() + minutes * 60_000)

  return {
    async assertOpen(usernameKey) {
      const row = await attempts.findOne({ _id: usernameKey })
      const left = (row?.lockedUntil?.getTime() ?? 0) - clock.now().getTime()
      if (left > 0) {
        const minutes = Math.ceil(left / 60_000)
        const retryAfter = Math.ceil(left / 1000)
        throw new AppError('tooMany', `密码错误次数过多，账号已锁定，请 ${minutes} 分钟后再试`, { retryAfter })
      }
    },
    async fail(usernameKey) {
      const failed = { $add: [{ $ifNull: ['$failed', 0] }, 1] }
      const isFull = { $gte: [failed, MAX_FAILURES] }
      const count = () =>
        attempts.findOneAndUpdate(
          { _id: usernameKey },
          [
            {
              $set: {
                lockedUntil: { $cond: [isFull, after(LOCK_MINUTES), '$$REMOVE'] },
                failed: { $cond: [isFull, 0, failed] },
                purgeAt: purgeAfter(FORGET_HOURS * 3600),
              },
            },
          ],
          { upsert: true, returnDocument: 'after' },
        )
      const row = await count().catch((error: unknown) => {
        if (isDuplicate(error)) return count()
        throw error
      })
      return row?.lockedUntil !== undefined
    },
    async clear(usernameKey) {
      await attempts.deleteOne({ _id: usernameKey })
    },
    async lockedAmong(usernameKeys) {
      const rows = await attempts
        .find({ _id: { $in: [...usernameKeys] }, lockedUntil: { $gt: clock.now() } }, { projection: { _id: 1 } })
        .toArray()
      return new Set(rows.map((row) => row._id))
    },
  }
}
