import { setTimeout as pause } from 'node:timers/promises'
import { AppError } from '@hotline/shared/error'

export interface Call {
  method: 'GET' | 'POST'
  path: string
  body?: unknown
  token?: string
  /** The same for every attempt: what was done by an attempt whose answer got lost is not done again. */
  key?: string
  headers?: Record<string, string>
  /** Too many requests is an answer, and not waited for. */
  isImpatient?: boolean
}

export interface Answer {
  status: number
  body: unknown
  /** What the last attempt took. */
  ms: number
  attempts: number
}

export interface Client {
  /** Any answer but those that ask for patience. @throws AppError unavailable when patience has run out */
  send(call: Call): Promise<Answer>
  readonly trouble: Trouble
}

export interface Trouble {
  /** Attempts that got no answer: a process is gone, or was just restarted. */
  lost: number
  /** 503, 429 and what proxies say in their place. */
  postponed: number
  /** Never right; each with its path. */
  internal: string[]
}

const LATER = new Set([429, 500, 502, 503, 504])
const TIMEOUT_MS = 30_000
const FIRST_WAIT_MS = 50
const LONGEST_WAIT_MS = 2_000

/** Tries the addresses in turn, and goes on trying as long as the system may come back. */
export function createClient(urls: readonly string[], patienceMs: number): Client {
  const trouble: Trouble = { lost: 0, postponed: 0, internal: [] }
  let turn = 0

  async function once(base: string, { method, path, body, token, key, headers }: Call) {
    const response = await fetch(base + path, {
      method,
      body: body === undefined ? undefined : JSON.stringify(body),
      headers: {
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
        ...(key ? { 'Idempotency-Key': key } : {}),
        ...headers,
      },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const text = await response.text()
    const isJson = response.headers.get('Content-Type')?.includes('json') ?? false
    const retryAfter = Number(response.headers.get('Retry-After') ?? Number.NaN)
    return { status: response.status, body: isJson ? (JSON.parse(text) as unknown) : text, retryAfter }
  }

  return {
    trouble,
    async send(call) {
      const giveUpAt = performance.now() + patienceMs
      let reason = ''
      for (let attempts = 1; ; attempts += 1) {
        const base = urls[turn++ % urls.length] ?? ''
        const startedAt = performance.now()
        const answer = await once(base, call).catch((error: Error) => {
          trouble.lost += 1
          reason = String((error.cause as Error | undefined)?.message ?? error.message)
          return undefined
        })
        if (answer && (!LATER.has(answer.status) || (call.isImpatient && answer.status === 429)))
          return { ...answer, ms: performance.now() - startedAt, attempts }
        if (answer) {
          reason = `${answer.status} ${JSON.stringify(answer.body).slice(0, 200)}`
          if (answer.status === 500) trouble.internal.push(`${call.method} ${call.path}: ${reason}`)
          else trouble.postponed += 1
        }
        const wait = waitFor(Math.ceil(attempts / urls.length), answer?.retryAfter)
        if (performance.now() + wait > giveUpAt)
          throw new AppError('unavailable', `系统在 ${Math.round(patienceMs / 1000)} 秒内没有恢复：${reason}`)
        await pause(wait)
      }
    },
  }
}

/** What the server asks for, else longer each round over the addresses. */
function waitFor(round: number, retryAfter = Number.NaN): number {
  if (!Number.isNaN(retryAfter)) return retryAfter * 1000
  return Math.min(FIRST_WAIT_MS * 2 ** (round - 1), LONGEST_WAIT_MS)
}
