import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../helpers/app'
import { aDispatch, aRegistration, ok, openDatabase, openDesk, UNIT, type Desk } from '../helpers/desk'

let app: TestApp
let second: TestApp
let desk: Desk
let database: Awaited<ReturnType<typeof openDatabase>>
beforeAll(async () => {
  app = await startApp()
  second = await startApp({ beside: app })
  desk = openDesk(app)
  database = await openDatabase(app)
})
afterAll(async () => {
  await database.close()
  await second.stop()
  await app.stop()
})

const CLERK = `clerk@${UNIT}`
const countTickets = () => database.db.collection('tickets').countDocuments()

describe('登记的幂等键', () => {
  it('同键同体：同一张工单、同一个查询码，库里只有一张', async () => {
    const agent = await desk.as('agent1')
    const key = randomUUID()
    const before = await countTickets()
    const [first, again] = [
      await agent.post('/api/tickets', aRegistration(), { key }),
      await agent.post('/api/tickets', aRegistration(), { key }),
    ]
    expect([first.status, again.status]).toEqual([201, 201])
    expect([again.body.id, again.body.no, again.body.queryCode]).toEqual([
      first.body.id,
      first.body.no,
      first.body.queryCode,
    ])
    expect(await countTickets()).toBe(before + 1)
  })

  it('字段次序不同仍是同一请求', async () => {
    const agent = await desk.as('agent1')
    const key = randomUUID()
    const body = aRegistration()
    const first = ok(await agent.post('/api/tickets', body, { key }))
    const turned = Object.fromEntries(Object.entries(body).reverse())
    expect(ok(await agent.post('/api/tickets', turned, { key })).id).toBe(first.id)
  })

  it('同键异体：422，不登记', async () => {
    const agent = await desk.as('agent1')
    const key = randomUUID()
    ok(await agent.post('/api/tickets', aRegistration(), { key }))
    const before = await countTickets()
    const other = await agent.post('/api/tickets', aRegistration({ title: '另一件' }), { key })
    expect([other.status, other.body.code, other.body.message]).toEqual([
      422,
      'ruleViolated',
      '同一幂等键不能用于不同的请求',
    ])
    expect(await countTickets()).toBe(before)
  })

  it('十个同时到两个进程：一张工单', async () => {
    const [here, there] = [await app.signIn('agent1'), await second.signIn('agent1')]
    const key = randomUUID()
    const before = await countTickets()
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) => (n % 2 ? here : there).post('/api/tickets', aRegistration(), { key })),
    )
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
    expect(new Set(answers.map(({ body }) => body.no)).size).toBe(1)
    expect(await countTickets()).toBe(before + 1)
  })

  it('两个话务员各用各的键：字面相同也是两张', async () => {
    const key = randomUUID()
    const [one, two] = [await desk.as('agent1'), await desk.as('agent2')]
    const first = ok(await one.post('/api/tickets', aRegistration(), { key }))
    expect(ok(await two.post('/api/tickets', aRegistration(), { key })).id).not.toBe(first.id)
  })

  it('带外部单号的重试，仍得到原来那张', async () => {
    const agent = await desk.as('agent1')
    const key = randomUUID()
    const body = aRegistration({ channel: 'province', externalNo: 'SD-77' })
    const first = ok(await agent.post('/api/tickets', body, { key }))
    const again = await agent.post('/api/tickets', body, { key })
    expect([again.status, again.body.id]).toEqual([201, first.id])
  })

  it('被拒绝的登记不占用键：改好后同键可再提交', async () => {
    const agent = await desk.as('agent1')
    const key = randomUUID()
    expect((await agent.post('/api/tickets', aRegistration({ title: '' }), { key })).status).toBe(400)
    ok(await agent.post('/api/tickets', aRegistration(), { key }))
  })

  it('百张同时登记，两个进程，编号不重不乱', async () => {
    const clients = [await app.signIn('agent1'), await second.signIn('agent2')]
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, n) => clients[n % 2]!.post('/api/tickets', aRegistration())),
    )
    const numbers = answers.map((answer) => ok(answer).no)
    expect(new Set(numbers).size).toBe(100)
    for (const no of numbers) expect(no).toMatch(/^371600261120\d{6}$/)
  })
})

describe('操作的幂等键', () => {
  it('同键同体：版本不再前进，历史不多一条', async () => {
    const ticket = await desk.dispatched()
    const key = randomUUID()
    const body = { version: ticket.version }
    const clerk = await desk.as(CLERK)
    const first = ok(await clerk.post(`/api/tickets/${ticket.id}/acknowledge`, body, { key }))
    const again = ok(await clerk.post(`/api/tickets/${ticket.id}/acknowledge`, body, { key }))
    expect([again.version, again.history.length]).toEqual([first.version, first.history.length])
  })

  it('重试时工单已经往前走了，也不重做、不报冲突', async () => {
    const ticket = await desk.dispatched()
    const key = randomUUID()
    const clerk = await desk.as(CLERK)
    const body = { version: ticket.version }
    ok(await clerk.post(`/api/tickets/${ticket.id}/acknowledge`, body, { key }))
    const moved = await desk.act(`handler@${UNIT}`, ticket, 'recordProgress', { note: '已到现场' })
    const again = ok(await clerk.post(`/api/tickets/${ticket.id}/acknowledge`, body, { key }))
    expect(again.version).toBe(moved.version)
  })

  it('同键异体、同键异操作、别张工单用过的键：422', async () => {
    const [ticket, other] = [await desk.register(), await desk.register()]
    const dispatcher = await desk.as('dispatcher1')
    const key = randomUUID()
    const body = { version: 1, ...aDispatch() }
    ok(await dispatcher.post(`/api/tickets/${ticket.id}/dispatch`, body, { key }))
    const tries = [
      await dispatcher.post(`/api/tickets/${ticket.id}/dispatch`, { ...body, task: '另一项任务' }, { key }),
      await dispatcher.post(`/api/tickets/${ticket.id}/recall`, { version: 2, reason: '派错' }, { key }),
      await dispatcher.post(`/api/tickets/${other.id}/dispatch`, body, { key }),
    ]
    for (const answer of tries) expect([answer.status, answer.body.code]).toEqual([422, 'ruleViolated'])
    expect(ok(await desk.see('director', other)).status).toBe('accepted')
    expect(ok(await desk.see('director', ticket)).version).toBe(2)
  })

  it('登记用过的键不能再用来操作', async () => {
    const dispatcher = await desk.as('dispatcher1')
    const key = randomUUID()
    const ticket = ok(await dispatcher.post('/api/tickets', aRegistration(), { key }))
    const answer = await dispatcher.post(`/api/tickets/${ticket.id}/dispatch`, { version: 1, ...aDispatch() }, { key })
    expect(answer.status).toBe(422)
  })

  it('双击同时到两个进程：签收一次，两边都成', async () => {
    const [here, there] = [await app.signIn(CLERK), await second.signIn(CLERK)]
    for (let round = 0; round < 5; round += 1) {
      const ticket = await desk.dispatched()
      const key = randomUUID()
      const body = { version: ticket.version }
      const path = `/api/tickets/${ticket.id}/acknowledge`
      const answers = await Promise.all([here, there, here, there].map((client) => client.post(path, body, { key })))
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
      const { history } = ok(await desk.see('director', ticket))
      expect(history.filter(({ type }: { type: string }) => type === 'ticket.acknowledged')).toHaveLength(1)
    }
  })

  it('同一个键同时用在两张工单上：一张成，一张 422', async () => {
    const dispatcher = await desk.as('dispatcher1')
    const tickets = [await desk.register(), await desk.register()]
    const key = randomUUID()
    const answers = await Promise.all(
      tickets.map(({ id }) => dispatcher.post(`/api/tickets/${id}/dispatch`, { version: 1, ...aDispatch() }, { key })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422])
  })

  it('查看联系方式：同键重试不再给出明文，审计只有一条', async () => {
    const ticket = await desk.dispatched()
    const clerk = await desk.as(CLERK)
    const key = randomUUID()
    const body = { field: 'contact', reason: '联系诉求人' }
    expect(ok(await clerk.post(`/api/tickets/${ticket.id}/reveal`, body, { key })).number).toBeTruthy()
    const again = ok(await clerk.post(`/api/tickets/${ticket.id}/reveal`, body, { key }))
    expect(again).toEqual({ isReplayed: true })
    const target = `tickets/${ticket.id}`
    expect(await database.db.collection('audit').countDocuments({ action: 'ticket.revealed', target })).toBe(1)
  })
})
