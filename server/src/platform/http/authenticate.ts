import type { Actor } from '@hotline/shared/actor'
import { AppError } from '@hotline/shared/error'
import { hasRole } from '@hotline/shared/actor'
import type { Role } from '@hotline/shared/user/roles'
import type { Request, RequestHandler } from 'express'

/** Who a token speaks for, and until when. */
export interface Principal {
  actor: Actor
  sessionId: string
  expiresAt: Date
  /** Somebody else knows the password: this person may change it, and nothing else. */
  mustChangePassword: boolean
}

/** @throws AppError unauthenticated */
export type VerifyToken = (token: string) => Promise<Principal>

const principals = new WeakMap<Request, Principal>()

/** Everything behind it needs a valid access token in `Authorization: Bearer …`. */
export function authenticate(verify: VerifyToken): RequestHandler {
  return async (req, _res, next) => {
    const [, token] = /^Bearer (\S+)$/i.exec(req.get('Authorization') ?? '') ?? []
    if (!token) throw new AppError('unauthenticated', '请先登录')
    principals.set(req, await verify(token))
    next()
  }
}

/** Behind it nobody passes whose password was given by an administrator. */
export const requireOwnPassword: RequestHandler = (req, _res, next) => {
  assertOwnPassword(principalOf(req))
  next()
}

/** @throws AppError passwordChangeRequired */
export function assertOwnPassword({ mustChangePassword }: Principal): void {
  if (mustChangePassword) throw new AppError('passwordChangeRequired', '密码由管理员设置，请先修改密码')
}

/** @throws AppError unauthenticated on a route that stands before `authenticate` */
export function principalOf(req: Request): Principal {
  const principal = principals.get(req)
  if (!principal) throw new AppError('unauthenticated', '请先登录')
  return principal
}

export function actorOf(req: Request): Actor {
  return principalOf(req).actor
}

/** @throws AppError forbidden */
export function assertRole(actor: Actor, ...roles: readonly Role[]): void {
  if (!hasRole(actor, ...roles)) throw new AppError('forbidden', '您没有这项权限')
}
