import type { Actor } from '@hotline/shared/actor'
import type { Logger } from '../../platform/log'
import type { Database } from '../../platform/mongo'
import type { UserRow } from '../user/userStore'
import type { SessionRow } from './sessionStore'
import { ACCESS_SECONDS } from './tokens'

export interface AccountState {
  actor: Actor
  isActive: boolean
  tokenVersion: number
  mustChangePassword: boolean
}

/** What a request needs to know of an account, from memory; what other processes changed arrives within seconds. */
export interface AccountStates {
  get(userId: string): Promise<AccountState | undefined>
  isRevoked(sessionId: string): boolean
  /** This process ended the session itself: no need to wait for the poll. */
  markRevoked(sessionId: string): void
  /** Asks the database. */
  refresh(userId: string): Promise<AccountState | undefined>
  poll(): Promise<void>
  start(): void
  stop(): Promise<void>
}

interface Deps {
  database: Database
  logger: Logger
  /** An account changed in a way that its open sockets must not outlive. */
  onChanged(userId: string): void
  onSessionRevoked(sessionId: string): void
}

type StateRow = Pick<UserRow, '_id' | 'name' | 'roles' | 'unitId' | 'isActive' | 'tokenVersion' | 'mustChangePassword'>

const POLL_MS = 2000
/** Looked back beyond the last poll: commits become visible a little after their time stamp. */
const OVERLAP_MS = 5000
const PROJECTION = { name: 1, roles: 1, unitId: 1, isActive: 1, tokenVersion: 1, mustChangePassword: 1 } as const

export function createAccountStates({ database, logger, onChanged, onSessionRevoked }: Deps): AccountStates {
  const users = database.db.collection<UserRow>('users')
  const sessions = database.db.collection<SessionRow>('sessions')
  const states = new Map<string, AccountState>()
  const revoked = new Map<string, number>()
  let polledAt = performance.now() - ACCESS_SECONDS * 1000
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()

  const keep = (row: StateRow): AccountState => {
    const actor: Actor = { userId: row._id, name: row.name, unitId: row.unitId, roles: row.roles }
    const { isActive, tokenVersion, mustChangePassword = false } = row
    const state = { actor, isActive, tokenVersion, mustChangePassword }
    states.set(row._id, state)
    return state
  }
  const load = async (userId: string) => {
    const row = await users.findOne({ _id: userId }, { projection: PROJECTION })
    if (row) return keep(row)
    states.delete(userId)
    return undefined
  }

  function markRevoked(sessionId: string): boolean {
    if (revoked.has(sessionId)) return false
    revoked.set(sessionId, performance.now())
    return true
  }

  async function poll(): Promise<void> {
    const startedAt = performance.now()
    // Asked by the database's own clock, so that the clocks of the processes do not matter.
    const since = { $subtract: ['$$NOW', Math.round(startedAt - polledAt) + OVERLAP_MS] }
    const [changed, ended] = await Promise.all([
      users.find({ $expr: { $gte: ['$updatedAt', since] } }, { projection: PROJECTION }).toArray(),
      sessions.find({ $expr: { $gte: ['$revokedAt', since] } }, { projection: { _id: 1 } }).toArray(),
    ])
    for (const row of changed) {
      const before = states.get(row._id)
      if (!before) continue
      keep(row)
      if (before.tokenVersion !== row.tokenVersion || before.isActive !== row.isActive) onChanged(row._id)
    }
    for (const { _id } of ended) if (markRevoked(_id)) onSessionRevoked(_id)
    // A revoked session need not be remembered longer than its last access token could live.
    for (const [id, at] of revoked) if (startedAt - at > 2 * ACCESS_SECONDS * 1000) revoked.delete(id)
    polledAt = startedAt
  }

  return {
    get: async (userId) => states.get(userId) ?? (await load(userId)),
    isRevoked: (sessionId) => revoked.has(sessionId),
    markRevoked: (sessionId) => void markRevoked(sessionId),
    refresh: load,
    poll,
    start() {
      timer = setInterval(() => {
        running = running.then(poll).catch((error: unknown) => logger.warn({ err: error }, '账号状态轮询失败'))
      }, POLL_MS)
    },
    async stop() {
      clearInterval(timer)
      await running
    },
  }
}
