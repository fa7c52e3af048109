import { waitText } from '@hotline/shared/calendar/waitText'
import { AppError } from '@hotline/shared/error'
import { purgeAfter, type Clock } from '../../platform/clock'
import type { Migration } from '../../platform/migrations'
import { isDuplicate, type Db } from '../../platform/mongo'

/** So many wrong tries cost nothing; each further one makes the next wait longer. */
export interface GuessLimit {
  name: string
  free: number
  waitSeconds: readonly [number, ...number[]]
  /** After so long without one, it begins anew. */
  forgetSeconds: number
}

/** A try that was counted before anybody looked whether it is right. */
export interface Guess {
  id: string
  waitUntil?: Date
}

export interface Guesses {
  /**
   * Counts one try as wrong. Before it is looked at: many at once would else all find the door open.
   * @throws AppError tooMany while one has to wait; that try counts nothing
   */
  begin(limit: GuessLimit, key: string): Promise<Guess>
  /** It was right: it never was. */
  refund(guess: Guess): Promise<void>
  /** It was right, and whatever was wrong before it is forgotten. */
  forget(guess: Guess): Promise<void>
}

interface GuessRow {
  _id: string
  wrong: number
  waitUntil?: Date | null
  lastAt: Date
  wasOpen: boolean
  purgeAt: Date
}

/** One count over all processes. */
export function createGuesses(db: Db, clock: Clock): Guesses {
  const rows = db.collection<GuessRow>('publicGuesses')

  async function count(_id: string, { free, waitSeconds, forgetSeconds }: GuessLimit, now: Date) {
    const isOpen = { $lte: [{ $ifNull: ['$waitUntil', null] }, now] }
    const isRecent = { $gt: ['$lastAt', new Date(now.getTime() - forgetSeconds * 1000)] }
    const longest = waitSeconds.length - 1
    const step = { $max: [0, { $min: [{ $subtract: ['$wrong', free] }, longest] }] }
    const wait = { $multiply: [{ $arrayElemAt: [[...waitSeconds], step] }, 1000] }
    return rows.findOneAndUpdate(
      { _id },
      [
        { $set: { wasOpen: isOpen } },
        {
          $set: {
            wrong: {
              $cond: ['$wasOpen', { $add: [{ $cond: [isRecent, { $ifNull: ['$wrong', 0] }, 0] }, 1] }, '$wrong'],
            },
            lastAt: { $cond: ['$wasOpen', now, '$lastAt'] },
            purgeAt: purgeAfter(forgetSeconds + waitSeconds[longest]!),
          },
        },
        {
          $set: {
            waitUntil: {
              $cond: ['$wasOpen', { $cond: [{ $gte: ['$wrong', free] }, { $add: [now, wait] }, null] }, '$waitUntil'],
            },
          },
        },
      ],
      { upsert: true, returnDocument: 'after' },
    )
  }

  return {
    async begin(limit, key) {
      const now = clock.now()
      const id = `${limit.name}:${key}`
      const row = await count(id, limit, now).catch((error: unknown) => {
        if (isDuplicate(error)) return count(id, limit, now)
        throw error
      })
      const waitUntil = row?.waitUntil ?? undefined
      if (row && !row.wasOpen) {
        const retryAfter = Math.ceil(((waitUntil?.getTime() ?? 0) - now.getTime()) / 1000)
        throw new AppError('tooMany', `输错次数较多，为保护您的信息，请 ${waitText(retryAfter)}后再试`, { retryAfter })
      }
      return { id, waitUntil }
    },
    async refund({ id, waitUntil }) {
      const isOurs = { $eq: ['$waitUntil', waitUntil ?? null] }
      await rows.updateOne({ _id: id, wrong: { $gt: 0 } }, [
        { $set: { wrong: { $subtract: ['$wrong', 1] }, waitUntil: { $cond: [isOurs, null, '$waitUntil'] } } },
      ])
    },
    async forget({ id }) {
      await rows.deleteOne({ _id: id })
    },
  }
}

export const guessMigrations: Migration[] = [
  {
    id: 930,
    name: '猜查询码的次数到期清除',
    up: async (db) => {
      await db.collection('publicGuesses').createIndex({ purgeAt: 1 }, { expireAfterSeconds: 0 })
    },
  },
]
