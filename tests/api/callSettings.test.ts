import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openExchange as connect } from '../../scripts/calls/exchange'
import { startApp, type Client, type TestApp } from '../helpers/app'
import { eventually, ok, openDatabase } from '../helpers/desk'
import { openExchange } from '../helpers/calls'

const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' }
let app: TestApp
let director: Client
let admin: Client
beforeAll(async () => {
  app = await startApp()
  director = await app.signIn('director')
  admin = await app.signIn('admin')
})
afterAll(() => app.stop())

const read = async () => ok(await director.get('/api/call-settings'))
const put = (path: string, body: unknown, who = director) =>
  app.request('PUT', `/api/call-settings/${path}`, { token: who.token, body })

describe('话务接口设置', () => {
  it('演示系统里话务员有分机；只有热线主任和系统管理员可以看和改', async () => {
    const { lines, wrapUpSeconds, lostHours } = await read()
    expect(lines.map(({ extension }: { extension: string }) => extension)).toEqual(['8001', '8002', '8003'])
    expect({ wrapUpSeconds, lostHours }).toEqual({ wrapUpSeconds: 120, lostHours: 6 })
    expect((await admin.get('/api/call-settings')).status).toBe(200)
    for (const username of ['agent1', 'supervisor1', 'clerk@371602-ZJ']) {
      const person = await app.signIn(username)
      expect((await person.get('/api/call-settings')).status).toBe(403)
      expect((await put('numbers', { version: 1, wrapUpSeconds: 60, lostHours: 6 }, person)).status).toBe(403)
    }
  })

  it('令牌只给出一次，库里只有哈希；停用后立即失效，都记审计', async () => {
    const made = ok(await director.post('/api/call-settings/exchanges', { name: '主机房' }))
    expect(made.token).toMatch(/^[\w-]{43}$/)
    const { exchanges } = await read()
    expect(exchanges[0]).toMatchObject({
      name: '主机房',
      tokenEnd: made.token.slice(-4),
      createdBy: director.user.name,
    })
    expect(JSON.stringify(exchanges)).not.toContain(made.token)
    const exchange = connect(app.url + made.path)
    await exchange.ring({ from: '13900000001', to: '8001' })
    expect((await read()).exchanges[0].lastEventAt).toBeDefined()

    const { db, close } = await openDatabase(app)
    const text: string[] = []
    for (const { name } of await db.listCollections().toArray())
      for await (const row of db.collection(name).find()) text.push(JSON.stringify(row))
    await close()
    expect(text.filter((row) => row.includes(made.token))).toEqual([])

    ok(await admin.post(`/api/call-settings/exchanges/${made.id}/revoke`))
    await expect(exchange.ring({ from: '13900000001', to: '8001' })).rejects.toThrow('401')
    expect((await admin.post(`/api/call-settings/exchanges/${made.id}/revoke`)).status).toBe(404)
    for (const action of ['calls.exchangeAdded', 'calls.exchangeRevoked'])
      expect(ok(await director.get(`/api/audit?action=${action}`)).items[0]).toMatchObject({
        targetLabel: '交换机 主机房',
      })
  })

  it('同一幂等键重发不会再生成一台，也不再给出令牌', async () => {
    const key = 'exchange-once-1'
    const first = await director.post('/api/call-settings/exchanges', { name: '备用' }, { key })
    const again = await director.post('/api/call-settings/exchanges', { name: '备用' }, { key })
    expect([first.status, again.status, again.body.token]).toEqual([201, 201, undefined])
    const { exchanges } = await read()
    expect(exchanges.filter(({ name }: { name: string }) => name === '备用')).toHaveLength(1)
  })

  it('改分机后来电到新的人；一个分机两个人、没有的账号、旧版本都说清楚', async () => {
    const { version, lines } = await read()
    const supervisor = await app.signIn('supervisor1')
    const moved = [...lines, { extension: '8010', userId: supervisor.user.id }].map(
      ({ extension, userId }: { extension: string; userId: string }) => ({ extension, userId }),
    )
    const twice = await put('lines', { version, lines: [...moved, { extension: '8010', userId: director.user.id }] })
    expect([twice.status, twice.body.details.fields[0].message]).toEqual([400, '分机 8010 给了两个人'])
    const nobody = await put('lines', { version, lines: [{ extension: '1', userId: 'nobody' }] })
    expect([nobody.status, nobody.body.details.fields[0].path]).toEqual([400, 'lines.0.userId'])
    expect(ok(await put('lines', { version, lines: moved })).lines).toHaveLength(4)
    const stale = await put('lines', { version, lines: moved })
    expect([stale.status, stale.body.code]).toEqual([409, 'staleVersion'])

    const exchange = await openExchange(app)
    const call = await exchange.ring({ from: '13900000002', to: '8010' })
    const mine = ok(await supervisor.get('/api/calls/mine'))
    expect(mine).toMatchObject({ extension: '8010', calls: [{ id: call.id, number: '13900000002' }] })
  })

  it('整理时长改了，之后挂断的电话按新的', async () => {
    const { version } = await read()
    const wrong = await put('numbers', { version, wrapUpSeconds: 5, lostHours: 100 })
    expect(wrong.body.details.fields.map(({ path }: { path: string }) => path)).toEqual(['wrapUpSeconds', 'lostHours'])
    ok(await put('numbers', { version, wrapUpSeconds: 30, lostHours: 6 }))
    const exchange = await openExchange(app)
    const call = await exchange.ring({ from: '13900000003', to: '8001' })
    await call.answer()
    await call.hangup()
    app.clock.advance(31_000)
    const agent = await app.signIn('agent1')
    const seen = async () => ok(await agent.get('/api/calls')).items.find(({ id }: { id: string }) => id === call.id)
    expect(await eventually(seen, ({ state }) => state === 'done')).toMatchObject({ wrapUpSeconds: 30 })
  })

  it('令牌不进日志，哪怕出错', async () => {
    const lines: string[] = []
    const loud = await startApp({ beside: app, logTo: { write: (line) => void lines.push(line) } })
    const { endpoint } = await openExchange({ url: loud.url, signIn: loud.signIn })
    const token = endpoint.split('/').at(-1) ?? ''
    const wrong = 'y'.repeat(43)
    const send = (which: string) =>
      fetch(`${loud.url}/api/cti/${which}`, { method: 'POST', body: 'event=ring', headers: FORM })
    const answers = await Promise.all(Array.from({ length: 40 }, () => send(wrong)))
    expect((await send(token)).status).toBe(400)
    expect(answers.some(({ status }) => status === 429)).toBe(true)
    // Who tries too often is logged, without what he tried.
    expect(lines.some((line) => line.includes('/api/cti/'))).toBe(true)
    expect(lines.filter((line) => line.includes(wrong) || line.includes(token))).toEqual([])
    await loud.stop()
  })

  it('不是演示系统就没有现成的分机', async () => {
    const bare = await startApp({ isDemo: false })
    const { db, close } = await openDatabase(bare)
    expect(await db.collection('callSettings').countDocuments()).toBe(0)
    await close()
    await bare.stop()
  })
})
