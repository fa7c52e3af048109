import { createSecretKey, randomUUID } from 'node:crypto'
import { AppError } from '@hotline/shared/error'
import jwt from 'jsonwebtoken'
import { z } from 'zod'
import type { Clock } from '../../platform/clock'

const ISSUER = 'hotline-12345'
const AUDIENCE = 'hotline-api'
/** One algorithm, named at signing and at verifying: the token's own header has no say. */
const ALGORITHM = 'HS256'
export const ACCESS_SECONDS = 10 * 60

const Claims = z.object({ sub: z.string(), sid: z.string(), ver: z.number(), exp: z.number(), jti: z.string() })
export type Claims = z.infer<typeof Claims>

export interface AccessTokens {
  sign(userId: string, sessionId: string, tokenVersion: number): string
  /** @throws AppError unauthenticated */
  verify(token: string): Claims
}

export function createAccessTokens(secret: Buffer, clock: Clock): AccessTokens {
  // Given bytes, the library first tries them as a public key, at each request.
  const key = createSecretKey(secret)
  const seconds = () => Math.floor(clock.now().getTime() / 1000)
  return {
    sign: (userId, sessionId, tokenVersion) =>
      jwt.sign(
        {
          sub: userId,
          sid: sessionId,
          ver: tokenVersion,
          jti: randomUUID(),
          iat: seconds(),
          exp: seconds() + ACCESS_SECONDS,
        },
        key,
        { algorithm: ALGORITHM, issuer: ISSUER, audience: AUDIENCE },
      ),
    verify(token) {
      try {
        const claims = jwt.verify(token, key, {
          algorithms: [ALGORITHM],
          issuer: ISSUER,
          audience: AUDIENCE,
          clockTimestamp: seconds(),
        })
        return Claims.parse(claims)
      } catch (cause) {
        throw new AppError('unauthenticated', '登录已过期，请重新登录', {}, { cause })
      }
    },
  }
}
