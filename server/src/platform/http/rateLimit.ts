import { isIPv6 } from 'node:net'
import { waitText } from '@hotline/shared/calendar/waitText'
import { AppError } from '@hotline/shared/error'
import { purgeAfter, type Clock } from '../clock'
import type { Migration } from '../migrations'
import { isDuplicate, type Db } from '../mongo'

export interface RateLimit {
  name: string
  max: number
  windowSeconds: number
}

export interface RateLimiter {
  /** Counts one and refuses when the window is full. @throws AppError tooMany */
  hit(limit: RateLimit, key: string): Promise<void>
  /** Refuses when the window is full already; counts nothing. @throws AppError tooMany */
  check(limit: RateLimit, key: string): Promise<void>
  /** Takes back a `hit` that turned out to be none. */
  refund(limit: RateLimit, key: string): Promise<void>
}

interface Window {
  _id: string
  n: number
  purgeAt: Date
}

/**
 * Whose address it is, as far as one can tell: behind an IPv6 line stand 2⁶⁴ addresses of one and the same house, an IPv4
 * address may come in either spelling.
 */
export function networkOf(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1]
  if (mapped) return mapped
  if (!isIPv6(ip)) return ip
  const [head = '', tail] = (ip.split('%')[0] ?? '').toLowerCase().split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail ? tail.split(':') : []
  const zeros = tail === undefined ? [] : Array.from({ length: Math.max(8 - left.length - right.length, 0) }, () => '0')
  const groups = [...left, ...zeros, ...right].slice(0, 4)
  return `${groups.map((group) => group.replace(/^0+(?=.)/, '')).join(':')}::/64`
}

/** Fixed windows in the database, so that the limit is one over all processes. */
export function createRateLimiter(db: Db, clock: Clock): RateLimiter {
  const windows = db.collection<Window>('rateLimits')
  const windowOf = (limit: RateLimit, key: string) => {
    const seconds = Math.floor(clock.now().getTime() / 1000)
    const index = Math.floor(seconds / limit.windowSeconds)
    const left = (index + 1) * limit.windowSeconds - seconds
    return { id: `${limit.name}:${key}:${index}`, left }
  }
  const refuse = (left: number) =>
    new AppError('tooMany', `操作过于频繁，请 ${waitText(left)}后再试`, { retryAfter: left })

  return {
    async hit(limit, key) {
      const { id, left } = windowOf(limit, key)
      const count = () =>
        windows.findOneAndUpdate(
          { _id: id },
          { $inc: { n: 1 }, $setOnInsert: { purgeAt: purgeAfter(limit.windowSeconds + 60) } },
          { upsert: true, returnDocument: 'after', writeConcern: { w: 1 } },
        )
      const window = await count().catch((error: unknown) => {
        if (isDuplicate(error)) return count()
        throw error
      })
      if (window && window.n > limit.max) throw refuse(left)
    },
    async refund(limit, key) {
      const { id } = windowOf(limit, key)
      await windows.updateOne({ _id: id, n: { $gt: 0 } }, { $inc: { n: -1 } }, { writeConcern: { w: 1 } })
    },
    async check(limit, key) {
      const { id, left } = windowOf(limit, key)
      const window = await windows.findOne({ _id: id })
      if (window && window.n >= limit.max) throw refuse(left)
    },
  }
}

export const rateLimitMigrations: Migration[] = [
  {
    id: 1,
    name: '频次限制的窗口到期清除',
    up: async (db) => {
      await db.collection('rateLimits').createIndex({ purgeAt: 1 }, { expireAfterSeconds: 0 })
    },
  },
]
