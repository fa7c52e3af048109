import { randomUUID } from 'node:crypto'
import { purgeAfter } from '../../platform/clock'
import type { Database } from '../../platform/mongo'
import type { Tx } from '../../platform/outbox'
import type { UserRow } from '../user/userStore'

/** One signing-in on one browser: the family of its refresh tokens. */
export interface SessionRow {
  _id: string
  userId: string
  /** The account's when it was opened. */
  sessionVersion?: number
  /** The number of the only refresh token that is good now. */
  generation: number
  rotatedAt: Date
  createdAt: Date
  expiresAt: Date
  purgeAt: Date
  revokedAt?: Date
  ip: string
  userAgent: string
}

export interface SessionStore {
  open(
    session: Pick<SessionRow, 'userId' | 'sessionVersion' | 'ip' | 'userAgent'>,
    at: Date,
    expiresAt: Date,
  ): Promise<SessionRow>
  find(id: string): Promise<SessionRow | undefined>
  /** False when somebody was faster. */
  rotate(id: string, generation: number, at: Date, expiresAt: Date): Promise<boolean>
  revoke(id: string): Promise<void>
  /** Ends all sessions of an account but one, which goes over to its new version, with the change that is the cause. */
  revokeAll(
    user: Pick<UserRow, '_id' | 'sessionVersion'>,
    exceptId: string | undefined,
    tx: Pick<Tx, 'session'>,
  ): Promise<void>
}

/** Longer than any session may live. */
const KEEP_SECONDS = 9 * 24 * 3600

export function createSessionStore(database: Database): SessionStore {
  const sessions = database.model<SessionRow>('Session', 'sessions', {
    _id: String,
    userId: { type: String, required: true },
    sessionVersion: Number,
    generation: { type: Number, required: true },
    rotatedAt: { type: Date, required: true },
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
    purgeAt: { type: Date, required: true },
    revokedAt: Date,
    ip: String,
    userAgent: String,
  })
  return {
    async open(session, at, expiresAt) {
      const row: SessionRow = {
        ...session,
        _id: randomUUID(),
        generation: 1,
        rotatedAt: at,
        createdAt: at,
        expiresAt,
        purgeAt: purgeAfter(KEEP_SECONDS),
      }
      await sessions.collection.insertOne(row as never)
      return row
    },
    find: async (id) => (await sessions.findById(id).lean<SessionRow>()) ?? undefined,
    async rotate(id, generation, at, expiresAt) {
      const { modifiedCount } = await sessions.updateOne(
        { _id: id, generation, revokedAt: { $exists: false } },
        { $set: { generation: generation + 1, rotatedAt: at, expiresAt } },
      )
      return modifiedCount === 1
    },
    async revoke(id) {
      await sessions.updateOne({ _id: id, revokedAt: { $exists: false } }, { $currentDate: { revokedAt: true } })
    },
    async revokeAll({ _id: userId, sessionVersion }, exceptId, { session }) {
      await sessions.updateMany(
        { userId, revokedAt: { $exists: false }, ...(exceptId ? { _id: { $ne: exceptId } } : {}) },
        { $currentDate: { revokedAt: true } },
        { session },
      )
      if (exceptId) await sessions.updateOne({ _id: exceptId, userId }, { $set: { sessionVersion } }, { session })
    },
  }
}
