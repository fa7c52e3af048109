import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ReturnRow } from '@hotline/shared/call/view'
import type { CallMeasureView } from '@hotline/shared/call/measures'
import type { Exchange } from '../../scripts/calls/exchange'
import { startApp, type Client, type TestApp } from '../helpers/app'
import { EXTENSION, openExchange, OTHER_EXTENSION } from '../helpers/calls'
import { eventually, ok } from '../helpers/desk'
import { listen } from '../helpers/socket'

let app: TestApp
let exchange: Exchange
let agent: Client
let other: Client
beforeAll(async () => {
  app = await startApp()
  exchange = await openExchange(app)
  agent = await app.signIn('agent1')
  other = await app.signIn('agent2')
})
afterAll(() => app.stop())

let caller = ''
let last = 0
beforeEach(() => {
  last += 1
  caller = `137543${String(last).padStart(5, '0')}`
})

/** Two calls never begin in the same moment. */
const miss = async (from: string, cause = 'noAnswer', to = EXTENSION) => {
  app.clock.advance(1000)
  const call = await exchange.ring({ from, to })
  app.clock.advance(20_000)
  await call.hangup(cause)
  return call
}
const waiting = async (who = agent): Promise<ReturnRow[]> => ok(await who.get('/api/calls/returns')).items
const masked = (number: string) => `${number.slice(0, 3)}****${number.slice(-4)}`
const rowOf = async (number: string) => (await waiting()).find((row) => row.number === masked(number))
const act = (row: ReturnRow | undefined, deed: string, who = agent, body = {}) =>
  who.post(`/api/calls/returns/${row?.id}/${deed}`, body)

describe('漏接回拨', () => {
  it('漏接、放弃、忙线的号码各占一行，号码脱敏，次数累计，等得最久的在前', async () => {
    const second = `${caller.slice(0, -1)}9`
    await miss(caller, 'noAnswer')
    await miss(second, 'busy', '12345')
    await miss(caller, 'cancel')
    const rows = await waiting()
    expect(rows.map(({ number }) => number)).toEqual([masked(caller), masked(second)])
    expect(rows).toMatchObject([
      { tries: 2, lastResult: 'abandoned', attempts: 0 },
      { tries: 1, lastResult: 'busy' },
    ])
    expect(ok(await agent.get('/api/calls/mine')).returnCount).toBe(2)
    expect(JSON.stringify(rows)).not.toContain(caller)
  })

  it('转走的、接通的、内线的不用回拨', async () => {
    const before = (await waiting()).length
    await miss(caller, 'forwarded')
    await miss('8002')
    const call = await exchange.ring({ from: caller, to: EXTENSION })
    await call.answer()
    await call.hangup()
    expect(await waiting()).toHaveLength(before)
  })

  it('同一号码再来电并接通，自动移出', async () => {
    await miss(caller)
    expect(await rowOf(caller)).toBeDefined()
    app.clock.advance(60_000)
    const call = await exchange.ring({ from: `+86 ${caller}`, to: OTHER_EXTENSION })
    await call.answer()
    expect(await rowOf(caller)).toBeUndefined()
    await call.hangup()
  })

  it('接通以后才收到的旧漏接挂断，不再要求回拨', async () => {
    const missed = await exchange.ring({ from: caller, to: EXTENSION })
    app.clock.advance(30_000)
    const call = await exchange.ring({ from: caller, to: OTHER_EXTENSION })
    await call.answer()
    await missed.hangup('noAnswer')
    expect(await rowOf(caller)).toBeUndefined()
    await call.hangup()
  })

  it('呼出接通，自动移出；没有打通，仍在列表', async () => {
    await miss(caller)
    app.clock.advance(60_000)
    const vain = await exchange.dial({ from: EXTENSION, to: caller })
    await vain.hangup('noAnswer')
    expect(await rowOf(caller)).toMatchObject({ tries: 1 })
    const call = await exchange.dial({ from: EXTENSION, to: caller })
    await call.answer()
    expect(await rowOf(caller)).toBeUndefined()
    await call.hangup()
  })

  it('一个人回拨时给出明文并记审计，别人不能同时回拨', async () => {
    await miss(caller)
    const row = await rowOf(caller)
    expect(ok(await act(row, 'claim'))).toEqual({ number: caller })
    const refused = await act(row, 'claim', other)
    expect([refused.status, refused.body.message]).toEqual([409, `${agent.user.name}正在回拨这个号码`])
    expect((await act(row, 'done', other)).status).toBe(409)
    expect(await rowOf(caller)).toMatchObject({ claimedBy: { name: agent.user.name } })
    const director = await app.signIn('director')
    const [entry] = ok(await director.get('/api/audit?action=call.returned')).items
    expect(entry).toMatchObject({ actorId: agent.user.id, reason: '漏接回拨' })
    expect(JSON.stringify(entry)).not.toContain(caller)
    // Who took it and went home is not waited for.
    app.clock.advance(16 * 60_000)
    expect((await rowOf(caller))?.claimedBy).toBeUndefined()
    expect((await act(row, 'claim', other)).status).toBe(200)
  })

  it('两个人同时要回拨同一个号码，只有一个拿到', async () => {
    await miss(caller)
    const row = await rowOf(caller)
    const answers = await Promise.all([act(row, 'claim'), act(row, 'claim', other)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  it('没有打通放回列表并计次，打通后移出；已移出的说清楚', async () => {
    await miss(caller)
    const row = await rowOf(caller)
    ok(await act(row, 'claim'))
    ok(await act(row, 'unreached'))
    expect(await rowOf(caller)).toMatchObject({ attempts: 1 })
    expect((await rowOf(caller))?.claimedBy).toBeUndefined()
    ok(await act(row, 'claim', other))
    ok(await act(row, 'done', other, { note: '已答复' }))
    expect(await rowOf(caller)).toBeUndefined()
    expect((await act(row, 'claim')).status).toBe(404)
    expect((await act(row, 'done')).status).toBe(200)
  })

  it('移出后又漏接，重新开始计', async () => {
    await miss(caller)
    const row = await rowOf(caller)
    ok(await act(row, 'unreached'))
    ok(await act(row, 'done'))
    await miss(caller)
    expect(await rowOf(caller)).toMatchObject({ tries: 1, attempts: 0 })
  })

  it('列表变了，可以回拨的人都得到提示；别的岗位不能看', async () => {
    const ear = await listen(app, other)
    await miss(caller)
    await eventually(
      async () => ear.heard,
      (heard) => heard.some(({ event }) => event === 'returnCalls.changed'),
    )
    ear.close()
    for (const username of ['dispatcher1', 'clerk@371602-ZJ'])
      expect((await (await app.signIn(username)).get('/api/calls/returns')).status).toBe(403)
  })
})

describe('通话统计', () => {
  it('一天的接通率、15 秒接通率、平均等待和通话、漏接回拨率，由计数重算', async () => {
    const day = '2026-11-27'
    app.clock.set(`${day}T09:00:00+08:00`)
    const talk = async (wait: number, seconds: number, to = EXTENSION) => {
      const call = await exchange.ring({ from: caller, to })
      app.clock.advance(wait * 1000)
      await call.answer()
      app.clock.advance(seconds * 1000)
      await call.hangup()
      return call
    }
    const signedIn = await app.signIn('agent1')
    const first = await talk(5, 100)
    app.clock.advance(30_000)
    ok(await signedIn.post(`/api/calls/${first.id}/wrap-up-end`))
    await talk(25, 50, OTHER_EXTENSION)
    await miss('13954300001', 'busy', '12345')
    await miss('13954300002', 'forwarded')
    await miss('13954300003', 'noAnswer', OTHER_EXTENSION)
    const back = await exchange.dial({ from: OTHER_EXTENSION, to: '13954300003' })
    await back.answer()
    await back.hangup()
    const stats = async (who: Client) => {
      const { measures } = ok(await who.get(`/api/calls/stats?day=${day}`)) as { measures: CallMeasureView[] }
      return Object.fromEntries(measures.map(({ id, value }) => [id, value]))
    }
    expect(await stats(await app.signIn('supervisor1'))).toMatchObject({
      offered: 4,
      connectRate: 50,
      promptRate: 25,
      averageWait: 15,
      averageTalk: 75,
      unanswered: 2,
      returnRate: 50,
    })
    expect(await stats(signedIn)).toMatchObject({ offered: 1, connectRate: 100, averageTalk: 100, averageWrapUp: 30 })
    expect((await signedIn.get('/api/calls/stats?day=2026-02-30')).status).toBe(400)
  })
})
