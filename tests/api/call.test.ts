import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CallView, MyCalls } from '@hotline/shared/call/view'
import type { Exchange } from '../../scripts/calls/exchange'
import { startApp, type Client, type TestApp } from '../helpers/app'
import { EXTENSION, openExchange, OTHER_EXTENSION } from '../helpers/calls'
import { eventually, ok, openDatabase, openDesk } from '../helpers/desk'
import { listen } from '../helpers/socket'

let app: TestApp
let beside: TestApp
let exchange: Exchange & { endpoint: string }
let agent: Client
let other: Client
let supervisor: Client
beforeAll(async () => {
  app = await startApp()
  beside = await startApp({ beside: app })
  exchange = await openExchange(app)
  agent = await app.signIn('agent1')
  other = await app.signIn('agent2')
  supervisor = await app.signIn('supervisor1')
})
afterAll(async () => {
  await beside.stop()
  await app.stop()
})

/** Every test has a caller of its own. */
let caller = ''
let last = 0
beforeEach(() => {
  last += 1
  caller = `139543${String(last).padStart(5, '0')}`
})

const mine = async (who = agent): Promise<MyCalls> => ok(await who.get('/api/calls/mine'))
const live = async (id: string, who = agent): Promise<CallView | undefined> =>
  (await mine(who)).calls.find((call) => call.id === id)
const inList = async (id: string, who = supervisor): Promise<CallView | undefined> =>
  ok(await who.get('/api/calls?pageSize=100')).items.find((call: CallView) => call.id === id)
const send = (path: string, init: RequestInit) =>
  fetch(path, { method: 'POST', ...init }).then(async (response) => ({
    status: response.status,
    body: (await response.json()) as { id: string; message: string; details: { fields: { path: string }[] } },
  }))

describe('来电', () => {
  it('振铃只到这位坐席：本人看见明文号码，别人看不见这通电话', async () => {
    const [ear, otherEar] = [await listen(app, agent), await listen(app, other)]
    const call = await exchange.ring({ from: caller, to: EXTENSION, queue: '综合' })
    expect(await live(call.id)).toMatchObject({ state: 'ringing', number: caller, isPlain: true, queue: '综合' })
    expect(await live(call.id, other)).toBeUndefined()
    expect((await other.post(`/api/calls/${call.id}/wrap-up-end`)).status).toBe(404)
    await eventually(
      async () => ear.heard,
      (heard) => heard.some(({ event }) => event === 'call.changed'),
    )
    expect(ear.heard).toContainEqual({ event: 'call.changed', payload: { id: call.id } })
    expect(otherEar.heard).toEqual([])
    ear.close()
    otherEar.close()
    await call.hangup('cancel')
  })

  it('应答、挂断、话后整理、结束，各段秒数记在通话上', async () => {
    const call = await exchange.ring({ from: caller, to: EXTENSION })
    app.clock.advance(8_000)
    await call.answer()
    expect(await live(call.id)).toMatchObject({ state: 'talking', waitSeconds: 8 })
    app.clock.advance(95_000)
    await call.hangup('normalClearing', 5)
    expect(await live(call.id)).toMatchObject({ state: 'wrapUp', result: 'answered', talkSeconds: 95, number: caller })
    app.clock.advance(20_000)
    const ended = ok(await agent.post(`/api/calls/${call.id}/wrap-up-end`))
    expect(ended).toMatchObject({ state: 'done', wrapUpSeconds: 20, satisfactionKey: 5, isPlain: false })
    expect(ended.number).toMatch(/^139\*{4}\d{4}$/)
    expect(await live(call.id)).toBeUndefined()
    // Once only: a second press moves nothing.
    app.clock.advance(60_000)
    await agent.post(`/api/calls/${call.id}/wrap-up-end`)
    expect(await inList(call.id)).toMatchObject({ wrapUpSeconds: 20 })
  })

  it('到时没有按结束，整理按时限自动结束一次', async () => {
    const call = await exchange.ring({ from: caller, to: EXTENSION })
    await call.answer()
    await call.hangup()
    app.clock.advance(121_000)
    await eventually(
      () => inList(call.id),
      (row) => row?.state === 'done',
    )
    expect(await inList(call.id)).toMatchObject({ wrapUpSeconds: 120 })
  })

  it('通话还没结束，不能结束整理', async () => {
    const call = await exchange.ring({ from: caller, to: EXTENSION })
    expect((await agent.post(`/api/calls/${call.id}/wrap-up-end`)).status).toBe(409)
    await call.hangup('cancel')
  })

  it('名字和标签来自这个号码的历史工单；保密件不说出名字', async () => {
    const desk = openDesk(app)
    const secret = await exchange.ring({ from: `${caller}`, to: EXTENSION })
    expect(await live(secret.id)).toMatchObject({ labels: ['首次来电'] })
    await desk.register({ caller: { number: caller, name: '卢照邻' }, confidentiality: 1 }, 'agent2')
    expect((await live(secret.id))?.callerName).toBeUndefined()
    await desk.register({ caller: { number: caller, name: '卢照邻' }, urgency: 'urgent' }, 'agent2')
    expect(await live(secret.id)).toMatchObject({ callerName: '卢照邻', labels: ['重点关注', '历史 2 件诉求'] })
    await secret.hangup('cancel')
  })

  it('排队的电话不弹给任何人，但计入来电', async () => {
    const call = await exchange.ring({ from: caller, queue: '综合' })
    expect((await mine()).calls.map(({ id }) => id)).not.toContain(call.id)
    await call.hangup('cancel')
    expect(await inList(call.id)).toMatchObject({ result: 'abandoned', queue: '综合' })
  })

  it('没人接转到下一位坐席，屏幕跟着转，先前的坐席不再看见', async () => {
    const call = await exchange.ring({ from: caller, to: EXTENSION })
    await call.ringAt(OTHER_EXTENSION)
    expect(await live(call.id)).toBeUndefined()
    expect(await live(call.id, other)).toMatchObject({ state: 'ringing', number: caller })
    await call.answer(OTHER_EXTENSION)
    await call.hangup()
    expect(await inList(call.id)).toMatchObject({ result: 'answered', agentName: other.user.name })
  })

  it('两通电话同时在手', async () => {
    const first = await exchange.ring({ from: caller, to: EXTENSION })
    await first.answer()
    app.clock.advance(1000)
    const second = await exchange.ring({ from: '0543-3161234', to: EXTENSION })
    const states = (await mine()).calls.filter(({ id }) => [first.id, second.id].includes(id)).map(({ state }) => state)
    expect(states).toEqual(['talking', 'ringing'])
    await second.hangup('cancel')
    await first.hangup()
  })
})

describe('事件', () => {
  it('同一事件来多少次，都和一次一样', async () => {
    const base = { callId: 'replay-1', from: caller, to: EXTENSION, direction: 'in' as const }
    const once = [
      { event: 'newCall' as const, ...base },
      { event: 'answer' as const, ...base },
      { event: 'hangup' as const, ...base, cause: 'normalClearing' },
    ]
    const ids = []
    for (const message of [...once, ...once, ...once.reverse()]) ids.push(await exchange.send(message))
    expect(new Set(ids).size).toBe(1)
    const { db, close } = await openDatabase(app)
    const rows = await db
      .collection('calls')
      .find({ _id: ids[0] as never })
      .toArray()
    await close()
    // Three events, three versions: replays wrote nothing.
    expect(rows).toMatchObject([{ version: 3, result: 'answered' }])
  })

  it('挂断先到、应答后到，仍算接通', async () => {
    const base = { callId: 'late-1', from: caller, to: EXTENSION }
    const id = await exchange.send({ event: 'hangup', ...base, cause: 'normalClearing' })
    expect(await inList(id)).toMatchObject({ result: 'abandoned' })
    await exchange.send({ event: 'answer', ...base })
    await exchange.send({ event: 'newCall', ...base })
    expect(await inList(id)).toMatchObject({ result: 'answered', state: 'wrapUp' })
    expect((await inList(id))?.talkSeconds).toBeUndefined()
  })

  it('没见过的通话，应答也认', async () => {
    const id = await exchange.send({ event: 'answer', callId: 'alone-1', from: caller, to: EXTENSION })
    expect(await live(id)).toMatchObject({ state: 'talking', number: caller })
    await exchange.send({ event: 'hangup', callId: 'alone-1' })
  })

  it('两个进程同时收到同一通电话的事件，只有一条记录', async () => {
    const { pathname } = new URL(exchange.endpoint)
    const body = (event: string) =>
      JSON.stringify({ event, callId: 'both-1', from: caller, to: EXTENSION, direction: 'in', cause: 'normalClearing' })
    const events = ['newCall', 'answer', 'hangup'].flatMap((event) => [event, event, event, event])
    const answers = await Promise.all(
      events.map((event, index) =>
        send((index % 2 ? app.url : beside.url) + pathname, {
          headers: { 'Content-Type': 'application/json' },
          body: body(event),
        }),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual(events.map(() => 200))
    expect(new Set(answers.map(({ body: { id } }) => id)).size).toBe(1)
    expect(await inList(answers[0]?.body.id ?? '')).toMatchObject({ result: 'answered' })
  })

  it.each([
    ['+86 138-0000-4321', '13800004321'],
    ['0086 13800004321', '13800004321'],
    ['０１３８　０００－０４３２１', '13800004321'],
    ['013800004321', '13800004321'],
    ['0543-316 1234', '05433161234'],
    ['+86-543-3161234', '05433161234'],
  ])('号码写作 %s，都是同一个人', async (from, number) => {
    const call = await exchange.ring({ from, to: EXTENSION })
    expect((await live(call.id))?.number).toBe(number)
    await call.hangup('cancel')
  })

  it('没有显示号码的来电照样登记，不进回拨列表', async () => {
    const before = (await mine()).returnCount
    const call = await exchange.ring({ from: 'anonymous', to: EXTENSION })
    expect(await live(call.id)).toMatchObject({ number: '', isPlain: false })
    await call.hangup('noAnswer')
    expect((await mine()).returnCount).toBe(before)
  })

  it('表单、多段表单、call_id 和 user[] 都认', async () => {
    const form = new URLSearchParams([
      ['event', 'newCall'],
      ['call_id', 'form-1'],
      ['from', caller],
      ['to', '12345'],
      ['direction', 'in'],
      ['user[]', '某人'],
      ['user[]', EXTENSION],
    ])
    const first = await send(exchange.endpoint, { body: form })
    expect([first.status, (await live(first.body.id))?.state]).toEqual([200, 'ringing'])
    const parts = new FormData()
    for (const [name, value] of Object.entries({ event: 'hangup', callId: 'form-1', cause: 'cancel' }))
      parts.append(name, value)
    const second = await send(exchange.endpoint, { body: parts })
    expect(second).toMatchObject({ status: 200, body: { id: first.body.id } })
    expect(await inList(first.body.id)).toMatchObject({ result: 'abandoned' })
  })

  it('内容不对时说清哪里不对，并记在交换机上', async () => {
    const headers = { 'Content-Type': 'application/json' }
    const wrong = await send(exchange.endpoint, { headers, body: '{"event":"ring","direction":"up"}' })
    expect(wrong.status).toBe(400)
    expect(wrong.body.details.fields.map(({ path }) => path)).toEqual(expect.arrayContaining(['event', 'direction']))
    expect((await send(exchange.endpoint, { headers, body: '{"event":"newCall"}' })).body.details.fields).toMatchObject(
      [{ path: 'callId', message: '缺少通话标识 callId' }],
    )
    expect((await send(exchange.endpoint, { headers, body: '{"event":' })).status).toBe(400)
    expect((await send(exchange.endpoint, {})).status).toBe(400)
    const director = await app.signIn('director')
    const [known] = ok(await director.get('/api/call-settings')).exchanges
    expect(known.lastProblem.text).toContain('newCall、answer 或 hangup')
  })

  it('令牌不对一律 401，试得多了要等', async () => {
    const wrong = () => send(`${app.url}/api/cti/${'x'.repeat(43)}`, { headers: {}, body: '' })
    expect((await wrong()).status).toBe(401)
    const answers = await Promise.all(Array.from({ length: 40 }, wrong))
    expect(answers.some(({ status }) => status === 429)).toBe(true)
    // The right one is not kept out by them.
    const call = await exchange.ring({ from: caller, to: EXTENSION })
    await call.hangup('cancel')
  })
})

describe('没有挂断事件的电话', () => {
  it('过了设定的小时数由系统关闭，不算通话时长', async () => {
    const talking = await exchange.ring({ from: caller, to: EXTENSION })
    await talking.answer()
    app.clock.advance(6 * 3600_000 + 1000)
    await eventually(
      () => inList(talking.id),
      (row) => row?.state === 'done',
    )
    const row = await inList(talking.id)
    expect(row).toMatchObject({ result: 'answered', isLost: true })
    expect(row?.talkSeconds).toBeUndefined()
  })
})

describe('谁看得见', () => {
  it('话务员只见本人的，热线见全部且脱敏，单位和管理员不见', async () => {
    const call = await exchange.ring({ from: caller, to: EXTENSION })
    await call.answer()
    await call.hangup()
    expect(await inList(call.id, agent)).toBeDefined()
    expect(await inList(call.id, other)).toBeUndefined()
    const seen = await inList(call.id)
    expect(seen).toMatchObject({ isPlain: false, agentName: agent.user.name })
    expect(JSON.stringify(seen)).not.toContain(caller)
    for (const username of ['clerk@371602-ZJ', 'admin', 'cityleader'])
      expect((await (await app.signIn(username)).get('/api/calls')).status).toBe(403)
    expect(ok(await other.get(`/api/calls?agentId=${agent.user.id}`)).items).toEqual(
      ok(await other.get('/api/calls')).items,
    )
    await agent.post(`/api/calls/${call.id}/wrap-up-end`)
  })

  it('通话以外看明文要说明理由，并记审计', async () => {
    const call = await exchange.ring({ from: caller, to: EXTENSION })
    await call.hangup('cancel')
    expect((await supervisor.post(`/api/calls/${call.id}/reveal`, {})).status).toBe(400)
    expect((await other.post(`/api/calls/${call.id}/reveal`, { reason: '想看看' })).status).toBe(404)
    expect(ok(await supervisor.post(`/api/calls/${call.id}/reveal`, { reason: '核实漏接' }))).toEqual({
      number: caller,
    })
    const director = await app.signIn('director')
    const [entry] = ok(await director.get('/api/audit?action=call.revealed')).items
    expect(entry).toMatchObject({ actorId: supervisor.user.id, reason: '核实漏接' })
    expect(JSON.stringify(entry)).not.toContain(caller)
  })

  it('数据库里没有明文号码', async () => {
    const call = await exchange.ring({ from: caller, to: EXTENSION })
    await call.hangup('noAnswer')
    const { db, close } = await openDatabase(app)
    const text: string[] = []
    for (const { name } of await db.listCollections().toArray())
      for await (const row of db.collection(name).find()) text.push(JSON.stringify(row))
    await close()
    expect(text.filter((row) => row.includes(caller))).toEqual([])
  })
})

describe('通话和工单', () => {
  it('登记时带 callId，通话记在工单上；承办单位看不到通话记录', async () => {
    const call = await exchange.ring({ from: caller, to: EXTENSION })
    app.clock.advance(5_000)
    await call.answer()
    const desk = openDesk(app)
    const ticket = await desk.dispatched({ callId: call.id, caller: { number: caller } })
    app.clock.advance(60_000)
    await call.hangup()
    await eventually(
      () => live(call.id),
      (row) => row?.tickets.length === 1,
    )
    expect((await live(call.id))?.tickets).toEqual([{ id: ticket.id, no: ticket.no }])
    expect(ok(await supervisor.get(`/api/tickets/${ticket.id}/calls`)).items).toMatchObject([
      { id: call.id, direction: 'in', result: 'answered', agentName: agent.user.name, waitSeconds: 5, talkSeconds: 60 },
    ])
    expect(ok(await agent.get(`/api/tickets/${ticket.id}/calls`)).items).toHaveLength(1)
    const clerk = await app.signIn(`clerk@${ticket.leadUnitId}`)
    expect(ok(await clerk.get(`/api/tickets/${ticket.id}/calls`)).items).toEqual([])
    const stranger = await app.signIn('clerk@371602-CG')
    expect((await stranger.get(`/api/tickets/${ticket.id}/calls`)).status).toBe(404)
    await agent.post(`/api/calls/${call.id}/wrap-up-end`)
  })

  it('别人的通话不能拿来登记', async () => {
    const call = await exchange.ring({ from: caller, to: OTHER_EXTENSION })
    const ticket = await openDesk(app).register({ callId: call.id })
    const own = await openDesk(app).register({ callId: call.id }, 'agent2')
    await eventually(
      () => live(call.id, other),
      (row) => (row?.tickets.length ?? 0) > 0,
    )
    expect((await live(call.id, other))?.tickets).toEqual([{ id: own.id, no: own.no }])
    expect(ticket.id).not.toBe(own.id)
    await call.hangup('cancel')
  })

  it('同一号码的旧工单（催办）也能记上这通电话，不相干的不能', async () => {
    const desk = openDesk(app)
    const earlier = await desk.register({ caller: { number: caller } }, 'agent2')
    const foreign = await desk.register({ caller: { number: '13700000001' } }, 'agent2')
    const call = await exchange.ring({ from: caller, to: EXTENSION })
    const link = (ticketId: string) => agent.post(`/api/calls/${call.id}/tickets`, { ticketId })
    expect(ok(await link(earlier.id)).tickets).toEqual([{ id: earlier.id, no: earlier.no }])
    expect(ok(await link(earlier.id)).tickets).toHaveLength(1)
    expect((await link(foreign.id)).status).toBe(404)
    await call.hangup('cancel')
  })
})

describe('坐席状态', () => {
  it('示忙、小休带起始时刻，再按一次不重新计时；呼入、登记、直接答复计数', async () => {
    const person = await app.signIn('agent3')
    const put = (state: string) =>
      app.request('PUT', '/api/calls/presence', { token: person.token, body: { state } }).then(ok)
    expect((await mine(person)).presence.state).toBe('free')
    const since = (await put('rest')).since
    app.clock.advance(60_000)
    expect(await put('rest')).toEqual({ state: 'rest', since })
    expect((await mine(person)).presence).toEqual({ state: 'rest', since })
    const call = await exchange.ring({ from: caller, to: '8003' })
    await call.answer()
    const desk = openDesk(app)
    await desk.act('agent3', await desk.register({ callId: call.id }, 'agent3'), 'answer', { answer: '已当场答复' })
    await desk.register({}, 'agent3')
    expect(await mine(person)).toMatchObject({
      extension: '8003',
      today: { answered: 1, registered: 2, answeredDirectly: 1 },
    })
    await call.hangup()
  })
})
