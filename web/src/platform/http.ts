import { AppError, type ErrorCode, type ErrorDetails } from '@hotline/shared/error'
import type { SignedIn } from '@hotline/shared/user/account'
import { machineNow, noteServerTime } from './now'

export type Query = Record<string, string | number | boolean | readonly (string | number)[] | null | undefined>

interface WriteOptions {
  /** One per intention of a person: give the same one again for a retry after a lost answer (`platform/intention.ts`). */
  idempotencyKey?: string
}
interface ReadOptions {
  signal?: AbortSignal
  /** Of pages without a sign-in. */
  headers?: Record<string, string>
}

let accessToken: string | undefined
let expiresAt = 0
let refreshing: Promise<SignedIn> | undefined
let onSignedOut: () => void = () => undefined

/** The access token lives in memory only; the refresh cookie is what survives a reload. */
export function holdToken(signedIn: SignedIn | undefined): void {
  accessToken = signedIn?.accessToken
  expiresAt = signedIn ? Date.parse(signedIn.expiresAt) : 0
}

/** Called once when the server no longer knows this session. */
export function whenSignedOut(run: () => void): void {
  onSignedOut = run
}

/** For the socket's handshake: refreshed when it is about to end. @throws AppError unauthenticated, unavailable */
export async function freshToken(): Promise<string> {
  if (accessToken && expiresAt - machineNow().getTime() > 15_000) return accessToken
  return (await refreshOrLeave()).accessToken
}

async function refreshOrLeave(): Promise<SignedIn> {
  try {
    return await refresh()
  } catch (error) {
    if (error instanceof AppError && error.code === 'unauthenticated') onSignedOut()
    throw error
  }
}

/** Single flight: many requests that meet a 401 at once wait for one refresh. */
export function refresh(): Promise<SignedIn> {
  refreshing ??= send<SignedIn>('POST', '/api/auth/refresh', {}, {})
    .then((signedIn) => {
      holdToken(signedIn)
      return signedIn
    })
    .finally(() => (refreshing = undefined))
  return refreshing
}

export const api = {
  get: <T>(path: string, query: Query = {}, { signal, headers }: ReadOptions = {}) =>
    request<T>('GET', path + queryText(query), undefined, { signal, headers }),
  post: <T>(path: string, body: unknown = {}, { idempotencyKey = crypto.randomUUID() }: WriteOptions = {}) =>
    request<T>('POST', path, body, { idempotencyKey }),
  patch: <T>(path: string, body: unknown, { idempotencyKey = crypto.randomUUID() }: WriteOptions = {}) =>
    request<T>('PATCH', path, body, { idempotencyKey }),
  put: <T>(path: string, body: unknown, { idempotencyKey = crypto.randomUUID() }: WriteOptions = {}) =>
    request<T>('PUT', path, body, { idempotencyKey }),
  remove: (path: string, { headers }: ReadOptions = {}) => request<undefined>('DELETE', path, undefined, { headers }),
}

/** A file of a signed-in person: a link could not show who asks. @throws AppError */
export async function fetchFile(path: string): Promise<Response> {
  const answer = await fetch(path, { headers: { Authorization: `Bearer ${await freshToken()}` } })
  if (!answer.ok) throw errorOf(answer.status, await answer.text())
  return answer
}

async function request<T>(method: string, path: string, body: unknown, options: WriteOptions & ReadOptions) {
  try {
    return await send<T>(method, path, body, options)
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'unauthenticated' || path.startsWith('/api/auth/')) throw error
    await refreshOrLeave()
    return send<T>(method, path, body, options)
  }
}

async function send<T>(method: string, path: string, body: unknown, options: WriteOptions & ReadOptions): Promise<T> {
  const headers: Record<string, string> = { Accept: 'application/json', ...options.headers }
  if (body !== undefined) headers['Content-Type'] = 'application/json'
  if (accessToken) headers.Authorization = `Bearer ${accessToken}`
  if (options.idempotencyKey) headers['Idempotency-Key'] = options.idempotencyKey
  const response = await fetch(path, {
    method,
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: options.signal,
    credentials: 'same-origin',
  }).catch((cause: unknown) => {
    if (options.signal?.aborted) throw cause
    throw new AppError('unavailable', '网络不通，内容已保留，请检查网络后重试', { isOffline: true }, { cause })
  })
  noteServerTime(response.headers.get('Date'), response.headers.get('X-Clock-Offset'))
  const text = await response.text()
  if (!response.ok) throw errorOf(response.status, text)
  return (text ? JSON.parse(text) : undefined) as T
}

/** The same error that the server threw; an answer of somebody in between (a proxy's 502) becomes `unavailable`. */
export function errorOf(status: number, text: string): AppError {
  try {
    const { code, message, details } = JSON.parse(text) as { code: ErrorCode; message: string; details?: ErrorDetails }
    if (code && message) return new AppError(code, message, details)
  } catch {
    // Not ours: falls through.
  }
  if (status === 401) return new AppError('unauthenticated', '请先登录')
  if (status === 429) return new AppError('tooMany', '操作太频繁，请稍后再试')
  return new AppError('unavailable', `服务暂时不可用（${status}），请稍后重试`)
}

function queryText(query: Query): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    const text = Array.isArray(value) ? value.join(',') : value
    if (text !== undefined && text !== null && text !== '') params.set(name, String(text))
  }
  const text = params.toString()
  return text && `?${text}`
}
