import { bigramsOf, searchableText } from '@hotline/server/features/ticket/bigrams'
import type { TicketDoc } from '@hotline/server/features/ticket/ticketDocument'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../helpers/app'
import { ok, openDatabase, openDesk, type Desk } from '../helpers/desk'

interface Profile {
  planSummary?: string
  docsExamined?: number
  keysExamined?: number
}

const MANY = 6_000
const DETAIL = '工地连续三晚施工到凌晨两点，影响休息，孩子要中考，打过一次电话没有解决。'
const OTHERS = [
  '小区暖气不热，室温只有十五度，老人受不了。',
  '路灯坏了半个月，晚上出行不安全。',
  '学校门口摊贩占道经营。',
]
let app: TestApp
let desk: Desk
let database: Awaited<ReturnType<typeof openDatabase>>

beforeAll(async () => {
  app = await startApp()
  desk = openDesk(app)
  database = await openDatabase(app)
  const { id } = await desk.closed({ detail: DETAIL })
  const tickets = database.db.collection<TicketDoc>('tickets')
  const doc = (await tickets.findOne({ _id: id }))!
  const start = app.clock.now().getTime()
  const copies = Array.from({ length: MANY }, (_, n): TicketDoc => {
    const registeredAt = new Date(start - n * 600_000)
    const detail = n % 4 === 0 ? `${DETAIL}第${n}次` : `${OTHERS[n % 3]}第${n}次`
    const t = { ...doc.t, id: `${registeredAt.getTime().toString(16).padStart(12, '0')}${n}`, registeredAt, detail }
    const no = String(371600200000000000n + BigInt(n))
    const beside = { keys: [{ k: `copy${n}`, h: '' }], hasNews: undefined, isTextStale: undefined }
    return { ...doc, ...beside, _id: t.id, no, t: { ...t, no }, registeredAt, nextCheckAt: undefined }
  })
  await tickets.insertMany(copies, { ordered: false, ignoreUndefined: true })
  await database.db.collection<{ _id: string; g: number[]; text: string }>('ticketTexts').insertMany(
    copies.map(({ _id, t }) => {
      const text = searchableText(t.detail)
      return { _id, g: bigramsOf(text), text }
    }),
  )
})
afterAll(async () => {
  await database.close()
  await app.stop()
})

const body = { matterCode: '010501', regionCode: '371602005', title: '夜间施工', detail: DETAIL }
const ask = async () => ok(await (await desk.as('dispatcher1')).post('/api/tickets/alike', body))

async function profiled(run: () => Promise<unknown>): Promise<Profile[]> {
  const { db } = database
  await db.command({ profile: 2 })
  await run()
  await db.command({ profile: 0 })
  const ns = { $in: ['tickets', 'ticketTexts'].map((name) => `${db.databaseName}.${name}`) }
  const rows = await db
    .collection('system.profile')
    .find({ ns, op: { $in: ['query', 'command', 'getmore'] } })
    .toArray()
  await db.dropCollection('system.profile')
  return rows as unknown as Profile[]
}

const median = (numbers: number[]) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0
async function taken(run: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let n = 0; n < 7; n += 1) {
    const startedAt = performance.now()
    await run()
    times.push(performance.now() - startedAt)
  }
  return median(times)
}

describe('相似工单的办理情况只看很少几件', () => {
  it('六千件里：都由索引承担，读到的文档有上限，不随工单数增长', async () => {
    // The first look samples the words of the newest texts, for ten minutes.
    await ask()
    const profiles = await profiled(async () => {
      const { matters, records, tickets } = await ask()
      expect(matters[0].code).toBe('010501')
      expect(records[0].of).toBe(300)
      expect(tickets).toHaveLength(5)
    })
    expect(profiles.length).toBeGreaterThanOrEqual(3)
    for (const { planSummary } of profiles) expect(planSummary).not.toContain('COLLSCAN')
    const sum = (of: (profile: Profile) => number | undefined) => profiles.reduce((all, one) => all + (of(one) ?? 0), 0)
    // 300 for the records and 60 to compare; of the texts the entries of the index alone.
    expect(sum(({ docsExamined }) => docsExamined)).toBeLessThanOrEqual(1_000)
    expect(sum(({ keysExamined }) => keysExamined)).toBeLessThanOrEqual(1_500)
  })

  it('与按词搜索相比，不比几次搜索更费时', async () => {
    const client = await desk.as('dispatcher1')
    const search = () => client.get(`/api/tickets?q=${encodeURIComponent('施工')}&pageSize=20`)
    await search()
    const [alike, plain] = [await taken(ask), await taken(search)]
    expect(alike / plain, `${alike.toFixed(1)} ms : ${plain.toFixed(1)} ms`).toBeLessThan(6)
  })

  it('待派的同类由它自己的索引给出', async () => {
    const one = await desk.register()
    const profiles = await profiled(async () =>
      ok(await (await desk.as('dispatcher1')).get(`/api/tickets/${one.id}/kin`)),
    )
    expect(profiles.some(({ planSummary }) => planSummary?.includes('riskBy: 1'))).toBe(true)
    for (const { docsExamined = 0 } of profiles) expect(docsExamined).toBeLessThanOrEqual(50)
  })
})
