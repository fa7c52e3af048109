import { randomBytes } from 'node:crypto'
import { loadConfig } from '@hotline/server/config'
import { createLogger } from '@hotline/server/platform/log'
import { wire } from '@hotline/server/wire'
import type { TicketView } from '@hotline/shared/ticket/view'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FRIDAY, startApp, type TestApp } from '../helpers/app'
import { eventually, ok, openDesk, type Desk } from '../helpers/desk'

let app: TestApp
let second: TestApp
let desk: Desk
beforeAll(async () => {
  app = await startApp({ hasDrillClock: true })
  second = await startApp({ beside: app })
  desk = openDesk(app)
})
afterAll(async () => {
  await second.stop()
  await app.stop()
})

const DAY = 24 * 3600
const told = async (at: TestApp) =>
  ok(await at.request('GET', '/api/demo/clock')) as { now: string; offsetSeconds: number }
const advance = async (at: TestApp, advanceSeconds: unknown, username = 'director', key?: string) =>
  (await at.signIn(username)).post('/api/demo/clock', { advanceSeconds }, { key })
const dayLater = (days: number) => new Date(new Date(FRIDAY).getTime() + days * DAY * 1000).toISOString()

describe('演练时钟（两个进程在一个库上）', () => {
  it('开始时与真实时间一致，不登录也能问', async () => {
    expect(await told(app)).toEqual({ now: new Date(FRIDAY).toISOString(), offsetSeconds: 0 })
    expect(await told(second)).toEqual(await told(app))
  })

  it('拨快以后两个进程都在新的时间，登记的工单也是', async () => {
    expect(ok(await advance(app, 2 * DAY))).toEqual({ now: dayLater(2), offsetSeconds: 2 * DAY })
    expect(await told(second)).toEqual(await told(app))

    const ticket = await desk.register()
    expect(ticket.registeredAt).toBe(dayLater(2))
    const { headers } = await second.request('GET', '/api/demo/clock')
    expect(headers.get('X-Clock-Offset')).toBe(String(2 * DAY))
  })

  it('两人同时拨：两次都算，谁也不往回', async () => {
    const { offsetSeconds: before } = await told(app)
    const answers = await Promise.all([advance(app, 60), advance(second, 120, 'supervisor1')])
    for (const answer of answers) expect(ok(answer).offsetSeconds).toBeGreaterThan(before)
    expect((await told(app)).offsetSeconds).toBe(before + 180)
    expect((await told(second)).offsetSeconds).toBe(before + 180)
  })

  it('到期的牌和自动签收随之而来', async () => {
    const waiting = await desk.dispatched()
    const working = await desk.handling()
    ok(await advance(second, 30 * DAY))
    const see = async (ticket: TicketView) => ok(await desk.see('director', ticket)) as TicketView
    await eventually(
      () => see(working),
      ({ history }) => history.some((event) => event.type === 'ticket.cardIssued' && event.card === 'red'),
      '没有红牌',
    )
    await eventually(
      () => see(waiting),
      ({ status }) => status === 'handling',
      '没有自动签收',
    )
  })

  it('拨快三十天，谁也不用重新登录', async () => {
    const director = await app.signIn('director')
    const token = { token: director.token }
    ok(await director.post('/api/demo/clock', { advanceSeconds: 30 * DAY }, token))
    ok(await director.get('/api/tickets?pageSize=1'))
    const answer = await second.request('GET', '/api/tickets?pageSize=1', token)
    expect(answer.status).toBe(200)
    const refreshed = await app.request('POST', '/api/auth/refresh', { body: {}, headers: { Cookie: director.cookie } })
    expect(refreshed.status).toBe(200)
  })

  it('口令错得太多而锁住的账号，不因拨快而解开', async () => {
    const guess = (password: string) =>
      app.request('POST', '/api/auth/sign-in', { body: { username: 'agent3', password } })
    await eventually(
      () => guess('Wrong@2026'),
      ({ status }) => status === 429,
    )
    ok(await advance(app, DAY))
    expect((await guess('Wrong@2026')).status).toBe(429)
  })

  it('只能往前：零、负数、小数、太远的都不收', async () => {
    const { offsetSeconds } = await told(app)
    for (const wrong of [0, -60, 1.5, 367 * DAY, '60', undefined]) {
      const { status, body } = await advance(app, wrong)
      expect([wrong, status, body.code]).toEqual([wrong, 400, 'invalidInput'])
    }
    expect((await told(app)).offsetSeconds).toBe(offsetSeconds)
  })

  it('同一次请求再来一遍不拨第二次', async () => {
    const key = randomBytes(8).toString('hex')
    const first = ok(await advance(app, 60, 'director', key))
    const again = ok(await advance(app, 60, 'director', key))
    expect(again).toEqual(first)
    expect((await told(second)).offsetSeconds).toBe(first.offsetSeconds)
  })

  it('只有督办员和热线主任可以拨，拨了记审计', async () => {
    for (const username of ['agent1', 'dispatcher1', 'admin']) {
      const { status, body } = await advance(app, 60, username)
      expect([username, status, body.code]).toEqual([username, 403, 'forbidden'])
    }
    expect((await app.request('POST', '/api/demo/clock', { body: { advanceSeconds: 60 } })).status).toBe(401)
    const { items } = ok(await (await app.signIn('director')).get('/api/audit?action=demo.clockAdvanced'))
    expect(items.length).toBeGreaterThanOrEqual(5)
    expect(items.some(({ details }: { details: object }) => JSON.stringify(details).includes(`${30 * DAY}`))).toBe(true)
  })

  it('后来启动的进程从一开始就在新的时间', async () => {
    const third = await startApp({ beside: app })
    expect(await told(third)).toEqual(await told(app))
    await third.stop()
  })

  it('不以 DRILL_CLOCK=1 启动，拨快过的库就不能用：时间不往回', async () => {
    const logger = createLogger('silent')
    const starting = wire({ ...app.config, hasDrillClock: false }, { clock: app.clock, logger })
    await expect(starting).rejects.toThrow('拨快过')
  })
})

describe('时钟不能拨动的系统', () => {
  it('没有演练时钟', async () => {
    const plain = await startApp()
    const asked = await plain.request('GET', '/api/demo/clock')
    expect([asked.status, asked.body.code, asked.headers.get('X-Clock-Offset')]).toEqual([404, 'notFound', null])
    expect((await advance(plain, 60)).status).toBe(404)
    await plain.stop()
  })

  it('正式系统拒绝 DRILL_CLOCK=1', () => {
    const env = { MONGODB_URI: 'mongodb://localhost/x', DEMO: '0', DRILL_CLOCK: '1' }
    expect(() => loadConfig(env)).toThrow('只能用于演示系统')
  })
})
