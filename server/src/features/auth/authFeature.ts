import type { UnitTree } from '@hotline/shared/unit/unit'
import type { Clock } from '../../platform/clock'
import type { Crypto } from '../../platform/crypto'
import type { Feature } from '../../platform/feature'
import type { VerifyToken } from '../../platform/http/authenticate'
import type { RateLimiter } from '../../platform/http/rateLimit'
import type { Live } from '../../platform/live'
import type { Logger } from '../../platform/log'
import type { Database } from '../../platform/mongo'
import type { Tx } from '../../platform/outbox'
import type { Audit } from '../audit/auditService'
import type { UserRow, UserStore } from '../user/userStore'
import { presentMe } from '../user/userView'
import { createAccountStates } from './accountStates'
import { createAttempts, type Attempts } from './attempts'
import { authApi, createAuthRoutes } from './authRoutes'
import { createAuthService } from './authService'
import { createRefreshTokens } from './refreshTokens'
import { createSessionStore } from './sessionStore'
import { createAccessTokens } from './tokens'

export interface AuthFeature {
  feature: Feature
  verify: VerifyToken
  /** Ends an account's sessions (all but one, when named), its tokens and sockets, on every process, with its change. */
  revoke(tx: Pick<Tx, 'session' | 'after'>, user: UserRow, exceptSessionId?: string): Promise<void>
  /** The account's roles, unit or state changed: what is open must come back with the new ones. */
  accountChanged(userId: string): Promise<void>
  /** Wrong passwords by account name, wherever they are given. */
  attempts: Attempts
  start(): Promise<void>
  stop(): Promise<void>
}

export interface AuthDeps {
  database: Database
  users: UserStore
  units: UnitTree
  crypto: Crypto
  clock: Clock
  logger: Logger
  rateLimiter: RateLimiter
  audit: Audit
  sockets: Pick<Live, 'disconnectUser' | 'disconnectUserHere' | 'disconnectSession'>
}

export function createAuthFeature(deps: AuthDeps): AuthFeature {
  const { database, users, units, crypto, clock, logger, rateLimiter, audit, sockets } = deps
  const attempts = createAttempts(database.db, clock)
  const states = createAccountStates({
    database,
    logger,
    onChanged: (userId) => sockets.disconnectUserHere(userId),
    onSessionRevoked: (sessionId) => sockets.disconnectSession(sessionId),
  })
  const auth = createAuthService({
    users,
    sessions: createSessionStore(database),
    states,
    attempts,
    access: createAccessTokens(crypto.keyFor('access'), clock),
    refreshTokens: createRefreshTokens(crypto.keyFor('refresh')),
    rateLimiter,
    audit,
    clock,
    onSessionEnded: (sessionId) => sockets.disconnectSession(sessionId),
  })

  return {
    feature: {
      path: '/api/auth',
      router: createAuthRoutes(auth, (user) => presentMe(user, units)),
      api: authApi,
      isPublic: true,
    },
    verify: (token) => auth.verify(token),
    async revoke(tx, user, exceptSessionId) {
      await auth.endSessions(tx, user, exceptSessionId)
      tx.after(() => sockets.disconnectUser(user._id))
    },
    async accountChanged(userId) {
      await states.refresh(userId)
      sockets.disconnectUser(userId)
    },
    attempts,
    async start() {
      await states.poll()
      states.start()
    },
    stop: () => states.stop(),
  }
}
