import { createHmac } from 'node:crypto'
import { isSameSecret } from '../../platform/crypto'

export interface RefreshClaim {
  sessionId: string
  generation: number
}

export interface RefreshTokens {
  issue(claim: RefreshClaim): string
  /** Undefined for whatever we have not issued. */
  read(token: string): RefreshClaim | undefined
}

/**
 * A refresh token names its session and generation and carries a MAC of both. Nothing that could be used stands in the
 * database, and the successor of a token can be given twice: two tabs that refresh together need the same one.
 */
export function createRefreshTokens(key: Buffer): RefreshTokens {
  const macOf = (sessionId: string, generation: number) =>
    createHmac('sha256', key).update(`${sessionId}.${generation}`).digest('base64url')
  return {
    issue: ({ sessionId, generation }) => `${sessionId}.${generation}.${macOf(sessionId, generation)}`,
    read(token) {
      const [, sessionId, digits, mac] = /^([\w-]{36})\.(\d{1,9})\.([\w-]{43})$/.exec(token) ?? []
      if (!sessionId || !digits || !mac) return undefined
      const generation = Number(digits)
      return isSameSecret(mac, macOf(sessionId, generation)) ? { sessionId, generation } : undefined
    },
  }
}
