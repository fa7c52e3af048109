import type { CallRow } from '@hotline/server/features/call/callStore'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type Client, type TestApp } from '../helpers/app'
import { ok, openDatabase } from '../helpers/desk'

interface Profile {
  ns: string
  command: Record<string, unknown>
  planSummary?: string
  docsExamined?: number
  keysExamined?: number
}

const DAYS = 20
const A_DAY = 300
const AGENTS = 10
let app: TestApp
let agent: Client
let supervisor: Client
let database: Awaited<ReturnType<typeof openDatabase>>

beforeAll(async () => {
  app = await startApp()
  agent = await app.signIn('agent1')
  supervisor = await app.signIn('supervisor1')
  database = await openDatabase(app)
  const now = app.clock.now().getTime()
  const rows = Array.from({ length: DAYS * A_DAY }, (_, n): CallRow => {
    const beganAt = new Date(now - n * ((24 * 3600_000) / A_DAY))
    const isMissed = n % 10 === 0
    return {
      _id: `call${n}`,
      version: 1,
      exchangeId: 'x',
      call: { direction: 'in', offeredTo: [], answeredBy: [], beganAt, ...(isMissed ? {} : { answeredAt: beganAt }) },
      direction: 'in',
      state: 'done',
      result: isMissed ? 'missed' : 'answered',
      agentId: n % AGENTS === 1 ? agent.user.id : `agent${n % AGENTS}`,
      beganAt,
      seconds: { wait: 3, talk: 60, wrapUp: 20 },
      numberHash: `h${n % 2000}`,
      tickets: n % 3 ? [] : [{ id: `t${n}`, no: `${n}` }],
      // What is called back is few among many.
      ...(isMissed && n < 200 ? { wantsReturn: true as const } : {}),
    }
  })
  await database.db.collection<CallRow>('calls').insertMany(rows)
})
afterAll(async () => {
  await database.close()
  await app.stop()
})

async function profiled(ask: () => Promise<unknown>): Promise<Profile[]> {
  const { db } = database
  await db
    .collection('system.profile')
    .drop()
    .catch(() => undefined)
  await db.command({ profile: 2 })
  await ask()
  await db.command({ profile: 0 })
  const collections = ['calls', 'callReturns', 'callPresence', 'ctiExchanges', 'callSettings']
  const ns = { $in: collections.map((name) => `${db.databaseName}.${name}`) }
  return db
    .collection<Profile>('system.profile')
    .find({ ns, op: { $in: ['query', 'command', 'getmore'] }, planSummary: { $exists: true } } as never)
    .toArray() as unknown as Promise<Profile[]>
}

describe('通话的列表和计数都走索引', () => {
  it.each([
    ['话务台', '/api/calls/mine', 100],
    ['本人的通话', '/api/calls', 1000],
    ['漏接回拨', '/api/calls/returns', 100],
  ])('%s', async (_label, path, most) => {
    const profiles = await profiled(async () => ok(await agent.get(path)))
    expect(profiles.length).toBeGreaterThan(0)
    for (const { ns, planSummary, docsExamined = 0 } of profiles) {
      if (ns.endsWith('callSettings')) continue
      expect([planSummary, docsExamined <= most]).toEqual([expect.stringMatching(/IXSCAN|IDHACK|EOF/), true])
    }
  })

  it.each([
    ['全部通话', '/api/calls?pageSize=20', 1100],
    ['一天的通话', '/api/calls?day=2026-11-19', 320],
    ['一天的漏接', '/api/calls?day=2026-11-19&result=missed', 40],
    ['一个人的一天', '/api/calls?day=2026-11-19&agentId=agent3', 40],
    ['全部呼出', '/api/calls?direction=out', 20],
    ['一天的统计', '/api/calls/stats?day=2026-11-19', 310],
    ['一天里各人的数', '/api/calls/agents?day=2026-11-19', 310],
  ])('%s', async (_label, path, most) => {
    const profiles = await profiled(async () => ok(await supervisor.get(path)))
    const ofCalls = profiles.filter(({ ns }) => ns.endsWith('.calls'))
    expect(ofCalls.length).toBeGreaterThan(0)
    for (const { planSummary, docsExamined = 0 } of ofCalls)
      expect([planSummary, docsExamined, docsExamined <= most]).toEqual([
        expect.stringContaining('IXSCAN'),
        docsExamined,
        true,
      ])
  })

  it('没人回拨的越积越多，话务台和回拨列表也只看等得最久的一部分', async () => {
    const calls = database.db.collection<CallRow>('calls')
    const model = await calls.findOne({ wantsReturn: true })
    if (!model) throw new Error('没有待回拨的')
    const beganAt = new Date(model.beganAt.getTime() - 90 * 24 * 3600_000)
    const old = Array.from({ length: 8000 }, (_, n) => ({ ...model, _id: `old${n}`, numberHash: `o${n}`, beganAt }))
    await calls.insertMany(old)
    for (const path of ['/api/calls/mine', '/api/calls/returns']) {
      const profiles = await profiled(async () => ok(await agent.get(path)))
      expect(profiles.length).toBeGreaterThan(0)
      for (const { docsExamined = 0 } of profiles) expect(docsExamined).toBeLessThanOrEqual(4000)
    }
  })
})
