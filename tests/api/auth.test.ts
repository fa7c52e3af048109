import { createFixedClock } from '@hotline/server/platform/clock'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FRIDAY, startApp, type Answer, type TestApp } from '../helpers/app'

const GOOD = 'Hotline@12345'
let app: TestApp
const clock = createFixedClock(FRIDAY)
beforeAll(async () => {
  app = await startApp({ clock })
})
afterAll(() => app.stop())

const signIn = (username: string, password = GOOD) =>
  app.request('POST', '/api/auth/sign-in', { body: { username, password } })
const refresh = (cookie: string, headers: Record<string, string> = {}) =>
  app.request('POST', '/api/auth/refresh', { headers: { Cookie: cookie, ...headers } })
const cookieOf = ({ headers }: Answer) => headers.get('Set-Cookie')?.split(';')[0] ?? ''

describe('登录', () => {
  it('得到访问令牌和只在 /api/auth 有效的 httpOnly 刷新 Cookie', async () => {
    const answer = await signIn('dispatcher1')
    expect(answer.status).toBe(200)
    expect(answer.body.user).toMatchObject({
      username: 'dispatcher1',
      roles: ['dispatcher'],
      unitName: '12345热线派单组',
    })
    expect(answer.body).not.toHaveProperty('refreshToken')
    expect(answer.headers.get('Set-Cookie')).toMatch(/^refresh=.*Path=\/api\/auth.*HttpOnly; SameSite=Strict$/)
    const me = await app.request('GET', '/api/me', { token: answer.body.accessToken })
    expect(me.body).toEqual(answer.body.user)
  })

  it('账号不分大小写', async () => {
    expect((await signIn('CLERK@371602-zj')).body.user.username).toBe('clerk@371602-ZJ')
  })

  it('账号不存在与密码错误，回答一模一样', async () => {
    const [unknown, wrong] = await Promise.all([signIn('nobody'), signIn('agent3', 'wrong-password')])
    expect(unknown.status).toBe(401)
    expect({ ...unknown.body, requestId: '' }).toEqual({ ...wrong.body, requestId: '' })
  })

  it('缺什么，一次全说出来', async () => {
    const answer = await app.request('POST', '/api/auth/sign-in', { body: { extra: 1 } })
    expect(answer.status).toBe(400)
    expect(answer.body.details.fields.map((field: { path: string }) => field.path).sort()).toEqual([
      'extra',
      'password',
      'username',
    ])
  })

  it('不是 JSON、过大、来自其他网站，各有说法', async () => {
    const broken = await app.request('POST', '/api/auth/sign-in', { body: '{"a' })
    expect([broken.status, broken.body.code]).toEqual([400, 'invalidInput'])
    const huge = await app.request('POST', '/api/auth/sign-in', {
      body: { username: 'x'.repeat(300_000), password: 'x' },
    })
    expect(huge.body.message).toBe('提交的内容过大')
    const foreign = await app.request('POST', '/api/auth/sign-in', {
      body: { username: 'agent1', password: GOOD },
      headers: { Origin: 'https://evil.example' },
    })
    expect(foreign.status).toBe(403)
  })

  it('错五次锁定十五分钟，正确密码也不行，不存在的账号同样如此', async () => {
    for (const username of ['agent2', 'nobody2']) {
      for (let n = 0; n < 5; n += 1) expect((await signIn(username, 'wrong-password')).status).toBe(401)
      const locked = await signIn(username)
      expect(locked.status).toBe(429)
      expect(locked.body.message).toBe('密码错误次数过多，账号已锁定，请 15 分钟后再试')
      expect(Number(locked.headers.get('Retry-After'))).toBe(900)
    }
    clock.advance(15 * 60_000)
    expect((await signIn('agent2')).status).toBe(200)
  })

  it('同时错五次也只算五次，并锁定', async () => {
    await Promise.all(Array.from({ length: 5 }, () => signIn('callback2', 'wrong-password')))
    expect((await signIn('callback2')).status).toBe(429)
  })

  it('一次涌来许多猜测，也只有五个被核对', async () => {
    clock.advance(15 * 60_000)
    const answers = await Promise.all(Array.from({ length: 30 }, () => signIn('supervisor1', 'wrong-password')))
    expect(answers.map(({ status }) => status).sort()).toEqual([
      ...Array.from({ length: 5 }, () => 401),
      ...Array.from({ length: 25 }, () => 429),
    ])
  })

  it('开着的会话也不能用来猜密码：改密码时错五次同样锁定', async () => {
    const { body } = await signIn('inspector')
    const change = (currentPassword: string) =>
      app.request('POST', '/api/me/password', {
        token: body.accessToken,
        body: { currentPassword, newPassword: 'Another@12345' },
      })
    for (let n = 0; n < 5; n += 1) expect((await change('wrong-password')).status).toBe(400)
    expect((await change(GOOD)).status).toBe(429)
  })
})

describe('令牌', () => {
  it('没有、伪造、改了算法的令牌都不认', async () => {
    const { body } = await signIn('director')
    const [, payload] = body.accessToken.split('.')
    const none = `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${payload}.`
    for (const token of [undefined, 'x', none, `${body.accessToken}x`]) {
      const answer = await app.request('GET', '/api/me', { token })
      expect([answer.status, answer.body.code]).toEqual([401, 'unauthenticated'])
    }
  })

  it('十分钟后过期，用刷新 Cookie 换新的', async () => {
    const first = await signIn('director')
    clock.advance(10 * 60_000 + 1000)
    expect((await app.request('GET', '/api/me', { token: first.body.accessToken })).status).toBe(401)
    const second = await refresh(cookieOf(first))
    expect(second.status).toBe(200)
    expect(cookieOf(second)).not.toBe(cookieOf(first))
    expect((await app.request('GET', '/api/me', { token: second.body.accessToken })).status).toBe(200)
  })

  it('两个标签页同时刷新，得到同一个后继，都不掉线', async () => {
    const first = await signIn('director')
    const answers = await Promise.all([1, 2, 3].map(() => refresh(cookieOf(first))))
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200])
    expect(new Set(answers.map(cookieOf)).size).toBe(1)
  })

  it('旧的刷新令牌再次出现，整个会话作废', async () => {
    const first = await signIn('director')
    const second = await refresh(cookieOf(first))
    clock.advance(11_000)
    expect((await refresh(cookieOf(first))).status).toBe(401)
    expect((await refresh(cookieOf(second))).status).toBe(401)
    expect((await app.request('GET', '/api/me', { token: second.body.accessToken })).status).toBe(401)
  })

  it('退出后访问令牌立刻失效，另一处登录不受影响', async () => {
    const [here, there] = [await signIn('director'), await signIn('director')]
    const out = await app.request('POST', '/api/auth/sign-out', { headers: { Cookie: cookieOf(here) } })
    expect(out.status).toBe(204)
    expect((await app.request('GET', '/api/me', { token: here.body.accessToken })).status).toBe(401)
    expect((await refresh(cookieOf(here))).status).toBe(401)
    expect((await app.request('GET', '/api/me', { token: there.body.accessToken })).status).toBe(200)
  })

  it('别的网站不能替人刷新', async () => {
    const first = await signIn('director')
    expect((await refresh(cookieOf(first), { Origin: 'https://evil.example' })).status).toBe(403)
    expect((await refresh(cookieOf(first), { Origin: app.url })).status).toBe(200)
  })

  it('一夜没有动静，会话到期', async () => {
    const first = await signIn('director')
    clock.advance(12 * 3600_000 + 1000)
    expect((await refresh(cookieOf(first))).status).toBe(401)
  })
})

describe('两个进程', () => {
  it('一处改了密码，另一处马上可以用新密码登录并办事', async () => {
    const other = await startApp({ beside: app })
    try {
      const admin = await app.signIn('admin')
      const ask = (path: string, options: { token?: string; body?: object }) =>
        other.request(options.body ? 'POST' : 'GET', path, options)
      const username = 'handler@371622'
      const before = await ask('/api/auth/sign-in', { body: { username, password: GOOD } })
      expect((await ask('/api/me', { token: before.body.accessToken })).status).toBe(200)
      const password = 'Changed@98765'
      expect((await admin.post(`/api/users/${before.body.user.id}/reset-password`, { password })).status).toBe(200)
      const after = await ask('/api/auth/sign-in', { body: { username, password } })
      expect((await ask('/api/me', { token: after.body.accessToken })).status).toBe(200)
      expect((await ask('/api/me', { token: before.body.accessToken })).status).toBe(401)
    } finally {
      await other.stop()
    }
  })

  it('一处停用，另一处几秒内不再放行', async () => {
    const other = await startApp({ beside: app })
    try {
      const admin = await app.signIn('admin')
      const { body } = await signIn('handler@371623')
      const me = () => other.request('GET', '/api/me', { token: body.accessToken })
      expect((await me()).status).toBe(200)
      expect((await admin.post(`/api/users/${body.user.id}/disable`)).status).toBe(200)
      expect((await app.request('GET', '/api/me', { token: body.accessToken })).status).toBe(401)
      await expect.poll(async () => (await me()).status, { timeout: 8000 }).toBe(401)
    } finally {
      await other.stop()
    }
  })
})
