import { AppError, type ErrorCode, type ErrorDetails } from '@hotline/shared/error'
import type { SessionUser, SignedIn } from '@hotline/shared/user/account'
import type { Answer, Call, Client } from './client'

/** Signed-in people. Everything that the drill does, one of them does. */
export interface People {
  user(username: string): Promise<SessionUser>
  /** @throws AppError what the server refused with */
  get<T>(username: string, path: string): Promise<T>
  /** A write with its idempotency key, which all its attempts share. */
  post<T>(
    username: string,
    path: string,
    body: unknown,
    key?: string,
  ): Promise<{ body: T; attempts: number; ms: number }>
  /** Without signing in. */
  anyone(call: Call): Promise<Answer>
  count(): number
}

export function createPeople(client: Client, password: string): People {
  const sessions = new Map<string, Promise<SignedIn>>()

  function session(username: string): Promise<SignedIn> {
    const known = sessions.get(username) ?? signIn(username)
    sessions.set(username, known)
    return known
  }

  async function signIn(username: string): Promise<SignedIn> {
    const { status, body } = await client.send({
      method: 'POST',
      path: '/api/auth/sign-in',
      body: { username, password },
    })
    if (status === 200) return body as SignedIn
    throw new AppError('forbidden', `账号 ${username} 无法登录：${refusalOf(status, body).message}`)
  }

  /** Whose token has run out signs in again, and asks the same again. */
  async function call(username: string, request: Call): Promise<Answer> {
    const current = session(username)
    const answer = await client.send({ ...request, token: (await current).accessToken })
    if (answer.status !== 401) return answer
    if (sessions.get(username) === current) sessions.delete(username)
    return client.send({ ...request, token: (await session(username)).accessToken })
  }

  return {
    user: async (username) => (await session(username)).user,
    async get<T>(username: string, path: string) {
      const { status, body } = await call(username, { method: 'GET', path })
      if (status !== 200) throw refusalOf(status, body)
      return body as T
    },
    async post<T>(username: string, path: string, input: unknown, key?: string) {
      const { status, body, attempts, ms } = await call(username, { method: 'POST', path, body: input, key })
      if (status >= 300) throw refusalOf(status, body)
      return { body: body as T, attempts, ms }
    },
    anyone: (request) => client.send(request),
    count: () => sessions.size,
  }
}

/** What the server said no with. */
export function refusalOf(status: number, body: unknown): AppError {
  const { code, message, details } = (typeof body === 'object' && body !== null ? body : {}) as {
    code?: ErrorCode
    message?: string
    details?: ErrorDetails
  }
  return new AppError(code ?? 'internal', message ?? `HTTP ${status}`, { ...details, status })
}
