import { randomBytes, randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import type { Config } from '@hotline/server/config'
import { DEMO_PASSWORD } from '@hotline/server/features/user/demoUsers'
import { createFixedClock, type Clock, type FixedClock } from '@hotline/server/platform/clock'
import { createLogger } from '@hotline/server/platform/log'
import { wire } from '@hotline/server/wire'
import type { SessionUser } from '@hotline/shared/user/account'
import { freshDatabase, type FreshDatabase } from './database'

/** A Friday morning in the demo city. */
export const FRIDAY = '2026-11-20T10:00:00+08:00'

export interface Answer {
  status: number
  // What came over the wire: each test says what it expects of it.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  body: any
  headers: Headers
}

export interface RequestOptions {
  body?: unknown
  token?: string
  /** The idempotency key; a fresh one for each write when not given, none for null. */
  key?: string | null
  headers?: Record<string, string>
}

export interface Client {
  user: SessionUser
  token: string
  cookie: string
  get(path: string): Promise<Answer>
  post(path: string, body?: unknown, options?: RequestOptions): Promise<Answer>
  patch(path: string, body?: unknown, options?: RequestOptions): Promise<Answer>
}

export interface TestApp {
  url: string
  uri: string
  config: Config
  clock: FixedClock
  request(method: string, path: string, options?: RequestOptions): Promise<Answer>
  /** Signs a demo account in; one client per account is kept. */
  signIn(username: string, password?: string): Promise<Client>
  /** Who was just made by an administrator gives himself a password of his own, and is then signed in with it. */
  signInFirst(username: string, given: string): Promise<Client>
  stop(): Promise<void>
}

export interface StartOptions {
  clock?: FixedClock
  /** Another process on the same database: of a TestApp that runs already. */
  beside?: TestApp
  isDemo?: boolean
  /** The city's clock may be moved forward by the API. */
  hasDrillClock?: boolean
  /** Another data folder, other secrets. */
  config?: Partial<Config>
  /** For tests that need real time, such as sockets that end with their token. */
  realClock?: Clock
  /** Takes the log of everything from `trace` on; else nothing is logged. */
  logTo?: { write(line: string): void }
}

/** The whole server on a random port and an empty database, dropped by `stop`. */
export async function startApp(options: StartOptions = {}): Promise<TestApp> {
  const clock = options.clock ?? options.beside?.clock ?? createFixedClock(FRIDAY)
  const database: FreshDatabase | undefined = options.beside ? undefined : freshDatabase()
  const uri = options.beside?.uri ?? database?.uri ?? ''
  const config: Config = options.beside
    ? { ...options.beside.config, ...options.config }
    : {
        port: 0,
        host: '127.0.0.1',
        dataDir: '',
        mongoUri: uri,
        isEmbedded: true,
        isDemo: options.isDemo ?? true,
        hasDrillClock: options.hasDrillClock ?? false,
        logLevel: process.env.TEST_LOG ?? 'silent',
        cityCode: '371600',
        proxies: 0,
        secrets: {
          jwt: randomBytes(48),
          fieldKeys: new Map([['k1', randomBytes(32)]]),
          currentFieldKey: 'k1',
          hash: randomBytes(32),
        },
        ...options.config,
      }
  const logger = options.logTo ? createLogger('trace', options.logTo) : createLogger(config.logLevel)
  const wired = await wire(config, { clock: options.realClock ?? clock, logger })
  await new Promise<void>((resolve) => wired.httpServer.listen(0, '127.0.0.1', resolve))
  await wired.start()
  const url = `http://127.0.0.1:${(wired.httpServer.address() as AddressInfo).port}`
  const { request, signIn, signInFirst } = connectTo(url)

  return {
    url,
    uri,
    config,
    clock,
    request,
    signIn,
    signInFirst,
    async stop() {
      await wired.stop()
      await database?.drop()
    },
  }
}

/** Requests to a server at this address, and its signed-in people; one client per demo account is kept. */
export function connectTo(url: string): Pick<TestApp, 'request' | 'signIn' | 'signInFirst'> {
  const clients = new Map<string, Promise<Client>>()

  async function request(method: string, path: string, options: RequestOptions = {}): Promise<Answer> {
    const { body, token, key, headers } = options
    const response = await fetch(url + path, {
      method,
      body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
      headers: {
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
        ...(method === 'GET' || key === null ? {} : { 'Idempotency-Key': key ?? randomUUID() }),
        ...headers,
      },
    })
    const text = await response.text()
    const isJson = response.headers.get('Content-Type')?.includes('json')
    return { status: response.status, body: isJson ? JSON.parse(text) : text, headers: response.headers }
  }

  async function enter(username: string, password = DEMO_PASSWORD): Promise<Client> {
    const answer = await request('POST', '/api/auth/sign-in', { body: { username, password } })
    if (answer.status !== 200) throw new Error(`${username}: ${answer.status} ${answer.body.message}`)
    const client: Client = {
      user: answer.body.user,
      token: answer.body.accessToken,
      cookie: answer.headers.get('Set-Cookie')?.split(';')[0] ?? '',
      get: (path) => send('GET', path),
      post: (path, body, more) => send('POST', path, { body, ...more }),
      patch: (path, body, more) => send('PATCH', path, { body, ...more }),
    }
    /** A test moves the clock by days and its people stay at their desks: whose token has run out signs in again. */
    async function send(method: string, path: string, more: RequestOptions = {}): Promise<Answer> {
      const key = more.key === undefined ? randomUUID() : more.key
      const first = await request(method, path, { token: client.token, ...more, key })
      if (first.status !== 401 || more.token) return first
      const again = await request('POST', '/api/auth/sign-in', { body: { username, password } })
      if (again.status !== 200) return first
      client.token = again.body.accessToken
      return request(method, path, { ...more, token: client.token, key })
    }
    return client
  }

  return {
    request,
    signIn(username, password) {
      if (password) return enter(username, password)
      const known = clients.get(username) ?? enter(username)
      clients.set(username, known)
      return known
    },
    async signInFirst(username, given) {
      const first = await enter(username, given)
      const own = `Own-${given}`
      const answer = await first.post('/api/me/password', { currentPassword: given, newPassword: own })
      if (answer.status !== 200) throw new Error(`${username}: ${answer.status} ${answer.body.message}`)
      return enter(username, own)
    },
  }
}
