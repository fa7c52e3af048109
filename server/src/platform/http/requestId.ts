import { randomUUID } from 'node:crypto'
import type { Request, RequestHandler } from 'express'

const ids = new WeakMap<Request, string>()

/** Takes over the id that a proxy gave, so that one request has one id in every log. */
export const assignRequestId: RequestHandler = (req, res, next) => {
  const given = req.get('X-Request-Id')
  const id = given && /^[\w-]{8,64}$/.test(given) ? given : randomUUID()
  ids.set(req, id)
  res.setHeader('X-Request-Id', id)
  next()
}

export function requestIdOf(req: Request): string {
  return ids.get(req) ?? ''
}
