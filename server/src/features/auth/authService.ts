import type { Actor } from '@hotline/shared/actor'
import { AppError } from '@hotline/shared/error'
import type { Clock } from '../../platform/clock'
import type { Principal } from '../../platform/http/authenticate'
import { networkOf, type RateLimiter } from '../../platform/http/rateLimit'
import type { Tx } from '../../platform/outbox'
import type { Audit } from '../audit/auditService'
import { createTurns } from '../../platform/turns'
import { verifyPassword } from '../user/passwords'
import { usernameKeyOf, type UserRow, type UserStore } from '../user/userStore'
import type { AccountStates } from './accountStates'
import type { Attempts } from './attempts'
import type { RefreshTokens } from './refreshTokens'
import type { SessionRow, SessionStore } from './sessionStore'
import { ACCESS_SECONDS, type AccessTokens } from './tokens'

export interface Visitor {
  ip: string
  userAgent: string
}

export interface Session {
  user: UserRow
  accessToken: string
  accessExpiresAt: Date
  refreshToken: string
  refreshExpiresAt: Date
}

export interface AuthService {
  /** @throws AppError unauthenticated (the same words for an unknown account), tooMany */
  signIn(username: string, password: string, visitor: Visitor): Promise<Session>
  /** @throws AppError unauthenticated */
  refresh(refreshToken: string, visitor: Visitor): Promise<Session>
  signOut(refreshToken: string): Promise<void>
  verify(accessToken: string): Promise<Principal>
  /** Ends all sessions of an account, here and on every other process, with the change that is the cause. */
  endSessions(tx: Pick<Tx, 'session' | 'after'>, user: UserRow, exceptId?: string): Promise<void>
}

interface Deps {
  users: UserStore
  sessions: SessionStore
  states: AccountStates
  attempts: Attempts
  access: AccessTokens
  refreshTokens: RefreshTokens
  rateLimiter: RateLimiter
  audit: Audit
  clock: Clock
  onSessionEnded(sessionId: string): void
}

const WRONG = '账号或密码不正确'
/** A whole office signs in through one address in the morning, so only failures count, and many are allowed. */
const IP_FAILURES = { name: 'signInFailure', max: 60, windowSeconds: 600 }
/** Two tabs of one browser refresh with the same token: within this time the second gets the same successor. */
const GRACE_MS = 10_000
/** Signed out after a night without a sign of life, and after a week in any case. */
const IDLE_MS = 12 * 3600_000
const LONGEST_MS = 7 * 24 * 3600_000

export function createAuthService(deps: Deps): AuthService {
  const { users, sessions, states, attempts, access, refreshTokens, rateLimiter, audit, clock } = deps
  const inTurn = createTurns()

  function sessionOf(user: UserRow, row: SessionRow, generation: number): Session {
    const now = clock.now().getTime()
    return {
      user,
      accessToken: access.sign(user._id, row._id, user.tokenVersion),
      accessExpiresAt: new Date(now + ACCESS_SECONDS * 1000),
      refreshToken: refreshTokens.issue({ sessionId: row._id, generation }),
      refreshExpiresAt: row.expiresAt,
    }
  }

  async function end(sessionId: string): Promise<void> {
    await sessions.revoke(sessionId)
    states.markRevoked(sessionId)
    deps.onSessionEnded(sessionId)
  }

  return {
    async signIn(username, password, visitor) {
      const key = usernameKeyOf(username)
      // One guess at a time: of many sent at once all would else find the name not locked yet.
      const user = await inTurn(key, async () => {
        await rateLimiter.check(IP_FAILURES, networkOf(visitor.ip))
        await attempts.assertOpen(key)
        const found = await users.findByUsername(key)
        const isRight = await verifyPassword(found?.passwordHash, password)
        if (isRight && found?.isActive) return found
        await rateLimiter.hit(IP_FAILURES, networkOf(visitor.ip))
        const isLocked = await attempts.fail(key)
        if (isLocked && found) await note(found, 'auth.locked', visitor)
        throw new AppError('unauthenticated', WRONG)
      })
      await attempts.clear(key)
      const now = clock.now()
      const expiresAt = new Date(now.getTime() + IDLE_MS)
      const opened = { userId: user._id, sessionVersion: user.sessionVersion ?? 0, ...visitor }
      const row = await sessions.open(opened, now, expiresAt)
      await note(user, 'auth.signedIn', visitor)
      return sessionOf(user, row, row.generation)
    },

    async refresh(refreshToken, visitor) {
      const claim = refreshTokens.read(refreshToken)
      const row = claim && (await sessions.find(claim.sessionId))
      const now = clock.now()
      if (!claim || !row || row.revokedAt || row.expiresAt <= now) throw signInAgain()
      const user = await users.find(row.userId)
      if (!user?.isActive) throw signInAgain()
      // Opened with the old password at the very moment when it was changed. Read twice: the one that stays may just be
      // going over to the new version.
      if (isBefore(row, user) && isBefore((await sessions.find(row._id)) ?? row, user)) throw signInAgain()
      const expiresAt = new Date(Math.min(now.getTime() + IDLE_MS, row.createdAt.getTime() + LONGEST_MS))
      const isCurrent = claim.generation === row.generation
      if (isCurrent && (await sessions.rotate(row._id, row.generation, now, expiresAt))) {
        return sessionOf(user, { ...row, expiresAt }, row.generation + 1)
      }
      const current = isCurrent ? await sessions.find(row._id) : row
      const isJustRotated =
        current?.generation === claim.generation + 1 && now.getTime() - current.rotatedAt.getTime() <= GRACE_MS
      if (current && !current.revokedAt && isJustRotated) return sessionOf(user, current, current.generation)
      // An old token comes back: somebody has a copy. Nobody can tell who, so the whole family ends.
      await end(row._id)
      await note(user, 'auth.refreshReused', visitor)
      throw signInAgain()
    },

    async signOut(refreshToken) {
      const claim = refreshTokens.read(refreshToken)
      if (claim) await end(claim.sessionId)
    },

    async verify(accessToken) {
      const claims = access.verify(accessToken)
      const known = await states.get(claims.sub)
      // Given after a change that another process made and this one has not heard of yet.
      const state = known && claims.ver > known.tokenVersion ? await states.refresh(claims.sub) : known
      if (!state?.isActive || state.tokenVersion !== claims.ver || states.isRevoked(claims.sid)) throw signInAgain()
      const { actor, mustChangePassword } = state
      return { actor, sessionId: claims.sid, expiresAt: new Date(claims.exp * 1000), mustChangePassword }
    },

    async endSessions(tx, user, exceptId) {
      await sessions.revokeAll(user, exceptId, tx)
      tx.after(() => states.refresh(user._id))
    },
  }

  function note(user: UserRow, action: string, { ip }: Visitor): Promise<void> {
    const actor: Actor = { userId: user._id, name: user.name, unitId: user.unitId, roles: user.roles }
    return audit.append({ actor, action, target: `users/${user._id}`, ip })
  }
}

function signInAgain(): AppError {
  return new AppError('unauthenticated', '登录已失效，请重新登录')
}

type Versioned = Pick<SessionRow, 'sessionVersion'>
function isBefore({ sessionVersion: opened = 0 }: Versioned, { sessionVersion: now = 0 }: Versioned): boolean {
  return opened < now
}
