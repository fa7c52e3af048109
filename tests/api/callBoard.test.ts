import type { AgentDays } from '@hotline/shared/call/agentDay'
import type { CallMeasureView } from '@hotline/shared/call/measures'
import type { CallView } from '@hotline/shared/call/view'
import type { ExportView } from '@hotline/shared/export/export'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Exchange } from '../../scripts/calls/exchange'
import { startApp, type TestApp } from '../helpers/app'
import { EXTENSION, openExchange, OTHER_EXTENSION } from '../helpers/calls'
import { ok } from '../helpers/desk'
import { readSheet } from '../helpers/spreadsheet'

const DAY = '2026-11-20'
const WITHHELD = ''
let app: TestApp
let exchange: Exchange
beforeAll(async () => {
  app = await startApp()
  exchange = await openExchange(app)
  const talk = async (from: string, to: string, wait: number, seconds: number) => {
    const call = await exchange.ring({ from, to, queue: '综合队列' })
    app.clock.advance(wait * 1000)
    await call.answer()
    app.clock.advance(seconds * 1000)
    await call.hangup()
    return call
  }
  const first = await talk('13954310001', EXTENSION, 4, 100)
  app.clock.advance(20_000)
  const agent = await app.signIn('agent1')
  ok(await agent.post(`/api/calls/${first.id}/wrap-up-end`))
  await talk('13954310002', EXTENSION, 6, 50)
  for (const [from, to] of [
    ['13954310003', OTHER_EXTENSION],
    [WITHHELD, OTHER_EXTENSION],
    ['13954310004', '12345'],
  ] as const) {
    const missed = await exchange.ring({ from, to, queue: '综合队列' })
    app.clock.advance(20_000)
    await missed.hangup('noAnswer')
  }
  const back = await exchange.dial({ from: OTHER_EXTENSION, to: '13954310004' })
  await back.answer()
})
afterAll(() => app.stop())

describe('话务记录', () => {
  it('每位坐席的接听、漏接、呼出和平均时长；振铃在队列里的不算谁的；当天有当前状态', async () => {
    const shiftLead = await app.signIn('shiftlead')
    const { token } = await app.signIn('agent3')
    ok(await app.request('PUT', '/api/calls/presence', { token, body: { state: 'rest' } }))
    const { items } = ok(await shiftLead.get(`/api/calls/agents?day=${DAY}`)) as AgentDays
    const [first, second, third] = items
    expect(first).toMatchObject({ extension: EXTENSION, answered: 2, unanswered: 0, averageTalk: 75, averageWait: 5 })
    expect(first).toMatchObject({ averageWrapUp: 20, talkSeconds: 150, now: { state: 'wrapUp' } })
    expect(second).toMatchObject({ answered: 0, unanswered: 2, averageTalk: null, now: { state: 'talking' } })
    expect(third).toMatchObject({ answered: 0, unanswered: 0, now: { state: 'rest' } })
    const before = ok(await shiftLead.get('/api/calls/agents?day=2026-11-19')) as AgentDays
    expect(before.items).toEqual([])
  })

  it('待回拨只算号码可以回拨、还没有打通的', async () => {
    const supervisor = await app.signIn('supervisor1')
    const { measures } = ok(await supervisor.get(`/api/calls/stats?day=${DAY}`)) as { measures: CallMeasureView[] }
    const values = Object.fromEntries(measures.map(({ id, value }) => [id, value]))
    expect(values).toMatchObject({ offered: 5, unanswered: 3, waiting: 1 })
  })

  it('按方向、结果、坐席筛选', async () => {
    const inspector = await app.signIn('inspector')
    const list = async (query: string) =>
      (ok(await inspector.get(`/api/calls?day=${DAY}&${query}`)) as { items: CallView[] }).items
    expect(await list('direction=in')).toHaveLength(5)
    expect((await list('direction=out')).map(({ number }) => number)).toEqual(['139****0004'])
    expect(await list('direction=in&result=missed')).toHaveLength(3)
    const { user } = await app.signIn('agent1')
    expect(await list(`agentId=${user.id}`)).toHaveLength(2)
    expect((await inspector.get('/api/calls?direction=both')).status).toBe(400)
  })

  it.each(['agent1', 'dispatcher1', 'callback1'])('%s 看不到各人的数，也不能导出', async (username) => {
    const client = await app.signIn(username)
    expect((await client.get('/api/calls/agents')).status).toBe(403)
    expect((await client.post('/api/exports', { list: 'calls', reason: '班组讲评' })).status).toBe(403)
  })

  it('承办单位可以导出工单，不能导出话务记录', async () => {
    const clerk = await app.signIn('clerk@371602-ZJ')
    expect((await clerk.post('/api/exports', { list: 'calls', reason: '班组讲评' })).status).toBe(403)
  })

  it('班长导出一天的记录，号码脱敏', async () => {
    const shiftLead = await app.signIn('shiftlead')
    const query = { day: DAY, direction: 'in' }
    const { id } = ok(await shiftLead.post('/api/exports', { list: 'calls', query, reason: '班组讲评' })) as ExportView
    const headers = { Authorization: `Bearer ${shiftLead.token}` }
    const file = await fetch(`${app.url}/api/exports/${id}/file`, { headers })
    const { rows } = readSheet(Buffer.from(await file.arrayBuffer()))
    const [heads = [], ...calls] = rows
    const column = (label: string) => calls.map((row) => row[heads.indexOf(label)])
    expect(column('号码').sort()).toEqual(
      ['139****0001', '139****0002', '139****0003', '139****0004', '未显示号码'].sort(),
    )
    expect(column('通话（秒）')).toEqual(expect.arrayContaining([100, 50]))
    expect(column('结果').filter((text) => text === '漏接')).toHaveLength(3)
  })
})
