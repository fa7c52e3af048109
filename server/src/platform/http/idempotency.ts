import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { AppError } from '@hotline/shared/error'
import type { Request, RequestHandler } from 'express'
import { purgeAfter, type Clock } from '../clock'
import type { Crypto } from '../crypto'
import type { Migration } from '../migrations'
import { isDuplicate, type Db, type Session } from '../mongo'
import { actorOf } from './authenticate'

interface KeyRow {
  _id: string
  route: string
  bodyHash: string
  /** `committed`: what was asked for stands, and the answer is lost if nothing comes after it. */
  state: 'running' | 'committed' | 'done'
  /** Whoever works on it; of two that took it one after the other only the later one may end it. */
  owner: string
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

const COLLECTION = 'idempotencyKeys'
const IN_PROGRESS = () => new AppError('unavailable', '同一操作正在进行，请稍后再试', { retryAfter: 3 })

interface Claim {
  _id: string
  owner: string
  /** Until the handler has ended: what it left running in the background is no part of the request. */
  isOpen: boolean
}
const claims = new AsyncLocalStorage<Claim>()

/**
 * In the very transaction that does what the request asks for: from its commit on the key is used up, also when this
 * process dies before it has answered.
 * @throws AppError unavailable when another process has taken the request over
 */
export async function settleKey(db: Db, session: Session): Promise<void> {
  const claim = claims.getStore()
  if (!claim?.isOpen) return
  const { _id, owner } = claim
  const { matchedCount } = await db
    .collection<KeyRow>(COLLECTION)
    .updateOne({ _id, owner, state: { $ne: 'done' } }, { $set: { state: 'committed' } }, { session })
  if (matchedCount === 0) throw IN_PROGRESS()
}

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
  const keys = db.collection<KeyRow>(COLLECTION)

  return (handler, options = {}) =>
    async (req, res) => {
      const _id = `${actorOf(req).userId}:${idempotencyKeyOf(req)}`
      const route = `${req.method} ${req.baseUrl}${req.path}`
      const begun = await begin(_id, { route, bodyHash: hashBody(crypto, req.body) })
      if ('state' in begun) {
        res.setHeader('Idempotency-Replayed', 'true')
        res.status(begun.status ?? 200).json(begun.body ?? { isReplayed: true })
        return
      }
      const answer = await claims
        .run(begun, () => handler(req))
        .catch((error: unknown) => giveUp(begun, error))
        .finally(() => {
          begun.isOpen = false
        })
      const status = answer.status ?? 200
      const kept = options.withoutBody ? {} : { body: JSON.parse(JSON.stringify(answer.body ?? null)) as unknown }
      await keys.updateOne(mineOf(begun), { $set: { state: 'done', status, ...kept } })
      res.status(status).json(answer.body)
    }

  function mineOf({ _id, owner }: Claim) {
    return { _id, owner }
  }

  /** What was refused has changed nothing, so the same key may try again. */
  async function giveUp(claim: Claim, error: unknown): Promise<never> {
    await keys.deleteOne({ ...mineOf(claim), state: 'running' })
    // It was done, and only the answer could not be given: whoever asks again need not wait to hear so.
    await keys.updateOne({ ...mineOf(claim), state: 'committed' }, { $set: { startedAt: new Date(0) } })
    throw error
  }

  /**
   * Claims the key, or waits for whoever holds it and returns his answer.
   * @throws AppError staleVersion when it was done and the answer is lost
   */
  async function begin(_id: string, claim: { route: string; bodyHash: string }): Promise<KeyRow | Claim> {
    const giveUpAt = Date.now() + WAIT_MS
    const mine = { owner: randomUUID() }
    for (;;) {
      const now = clock.now()
      try {
        const row = { _id, ...claim, ...mine, state: 'running' as const, startedAt: now }
        await keys.insertOne({ ...row, purgeAt: purgeAfter(KEEP_SECONDS) })
        return { _id, ...mine, isOpen: true }
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
        if (row.state === 'committed') throw new AppError('staleVersion', '这项操作上次已经完成，请刷新后查看结果')
        const { modifiedCount } = await keys.updateOne(
          { _id, state: 'running', startedAt: row.startedAt },
          { $set: { ...mine, startedAt: now } },
        )
        if (modifiedCount === 1) return { _id, ...mine, isOpen: true }
      }
      if (Date.now() > giveUpAt) throw IN_PROGRESS()
      await pause(50)
    }
  }
}

export const idempotencyMigrations: Migration[] = [
  {
    id: 2,
    name: '幂等键保留两天',
    up: async (db) => {
      await db.collection(COLLECTION).createIndex({ purgeAt: 1 }, { expireAfterSeconds: 0 })
    },
  },
]
