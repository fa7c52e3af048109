import { setTimeout as pause } from 'node:timers/promises'
import { AppError } from '@hotline/shared/error'
import type { Request, RequestHandler } from 'express'
import { purgeAfter, type Clock } from '../clock'
import type { Crypto } from '../crypto'
import type { Migration } from '../migrations'
import { isDuplicate, type Db } from '../mongo'
import { actorOf } from './authenticate'

interface KeyRow {
  _id: string
  route: string
  bodyHash: string
  state: 'running' | 'done'
  status?: number
  body?: unknown
  startedAt: Date
  purgeAt: Date
}

export interface Answer {
  status?: number
  body: unknown
}

export interface WriteOptions {
  /** The answer holds a secret: a replay tells only that it was done. */
  withoutBody?: boolean
}

/** A route's handler that is executed once per key; a retry gets the same answer. */
export type Write = (handler: (req: Request) => Promise<Answer>, options?: WriteOptions) => RequestHandler

const KEEP_SECONDS = 2 * 24 * 3600
/** A request that has not ended after this long died with its process; its key is free again. */
const ABANDONED_MS = 15_000
const WAIT_MS = 8_000

/** @throws AppError invalidInput when the header is missing or malformed */
export function idempotencyKeyOf(req: Request): string {
  const key = req.get('Idempotency-Key') ?? ''
  if (!/^[\x21-\x7e]{8,200}$/.test(key)) {
    throw new AppError('invalidInput', '缺少幂等键：请在请求头 Idempotency-Key 中给出 8–200 个字符', {
      fields: [{ path: 'Idempotency-Key', message: '8–200 个可见字符' }],
    })
  }
  return key
}

/**
 * Keyed, because bodies hold passwords and contact data. The order of the body's fields does not matter: a retry may be
 * serialised anew.
 */
export function hashBody(crypto: Crypto, body: unknown): string {
  return crypto.hashOf('body', textOf(body))
}

function textOf(body: unknown): string {
  try {
    return JSON.stringify(body ?? null, sortKeys)
  } catch (cause) {
    // A hundred thousand brackets are valid JSON, and no form of ours.
    if (cause instanceof RangeError) throw new AppError('invalidInput', '提交的内容层次过深', {}, { cause })
    throw cause
  }
}

function sortKeys(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** For writes other than a ticket's: those keep their keys in the ticket itself and spare this second write. */
export function createIdempotency(db: Db, crypto: Crypto, clock: Clock): Write {
  const keys = db.collection<KeyRow>('idempotencyKeys')

  return (handler, options = {}) =>
    async (req, res) => {
      const _id = `${actorOf(req).userId}:${idempotencyKeyOf(req)}`
      const claim = { route: `${req.method} ${req.baseUrl}${req.path}`, bodyHash: hashBody(crypto, req.body) }
      const earlier = await begin(_id, claim)
      if (earlier) {
        res.setHeader('Idempotency-Replayed', 'true')
        res.status(earlier.status ?? 200).json(earlier.body ?? { isReplayed: true })
        return
      }
      const answer = await handler(req).catch(async (error: unknown) => {
        // What was refused has changed nothing, so the same key may try again.
        await keys.deleteOne({ _id })
        throw error
      })
      const status = answer.status ?? 200
      const kept = options.withoutBody ? {} : { body: JSON.parse(JSON.stringify(answer.body ?? null)) as unknown }
      await keys.updateOne({ _id }, { $set: { state: 'done', status, ...kept } })
      res.status(status).json(answer.body)
    }

  /** Claims the key, or waits for whoever holds it and returns his answer. */
  async function begin(_id: string, claim: { route: string; bodyHash: string }): Promise<KeyRow | undefined> {
    const giveUpAt = Date.now() + WAIT_MS
    for (;;) {
      const now = clock.now()
      try {
        await keys.insertOne({ _id, ...claim, state: 'running', startedAt: now, purgeAt: purgeAfter(KEEP_SECONDS) })
        return undefined
      } catch (error) {
        if (!isDuplicate(error)) throw error
      }
      const row = await keys.findOne({ _id })
      if (!row) continue
      if (row.route !== claim.route || row.bodyHash !== claim.bodyHash) {
        throw new AppError('ruleViolated', '同一幂等键不能用于不同的请求')
      }
      if (row.state === 'done') return row
      if (now.getTime() - row.startedAt.getTime() > ABANDONED_MS) {
        const { modifiedCount } = await keys.updateOne(
          { _id, state: 'running', startedAt: row.startedAt },
          { $set: { startedAt: now } },
        )
        if (modifiedCount === 1) return undefined
      }
      if (Date.now() > giveUpAt) {
        throw new AppError('unavailable', '同一操作正在进行，请稍后再试', { retryAfter: 3 })
      }
      await pause(50)
    }
  }
}

export const idempotencyMigrations: Migration[] = [
  {
    id: 2,
    name: '幂等键保留两天',
    up: async (db) => {
      await db.collection('idempotencyKeys').createIndex({ purgeAt: 1 }, { expireAfterSeconds: 0 })
    },
  },
]
