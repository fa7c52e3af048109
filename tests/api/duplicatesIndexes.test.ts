import { bigramsOf, searchableText } from '@hotline/server/features/ticket/bigrams'
import type { TicketDoc } from '@hotline/server/features/ticket/ticketDocument'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../helpers/app'
import { aCaller, ok, openDatabase, openDesk, type Desk } from '../helpers/desk'

interface Profile {
  ns: string
  planSummary?: string
  hasSortStage?: boolean
  docsExamined?: number
  keysExamined?: number
}

const MANY = 5_000
const NUMBER = '13912345678'
const DETAIL = '工地连续三晚施工到凌晨两点，影响休息，孩子要中考，打过一次电话没有解决。'
let app: TestApp
let desk: Desk
let database: Awaited<ReturnType<typeof openDatabase>>

beforeAll(async () => {
  app = await startApp()
  desk = openDesk(app)
  database = await openDatabase(app)
  // The worst case: thousands within thirty days of one matter in one place, in nearly the same words, half by one number.
  const { id } = await desk.handling({ detail: DETAIL, caller: aCaller({ number: NUMBER }) })
  const tickets = database.db.collection<TicketDoc>('tickets')
  const doc = (await tickets.findOne({ _id: id }))!
  const start = app.clock.now().getTime()
  const copies = Array.from({ length: MANY }, (_, n): TicketDoc => {
    const registeredAt = new Date(start - n * 60_000)
    const detail = `${DETAIL}第${n}次`
    const t = { ...doc.t, id: `${registeredAt.getTime().toString(16).padStart(12, '0')}${n}`, registeredAt, detail }
    return {
      ...doc,
      _id: t.id,
      no: String(371600200000000000n + BigInt(n)),
      t,
      registeredAt,
      keys: [{ k: `copy${n}`, h: '' }],
      callerHashes: n % 2 ? doc.callerHashes : [`h${n}`],
      hasNews: undefined,
      isTextStale: undefined,
      nextCheckAt: undefined,
    }
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

async function profiled(ask: () => Promise<void>): Promise<Profile[]> {
  const { db } = database
  await db.command({ profile: 2 })
  await ask()
  await db.command({ profile: 0 })
  const ns = { $in: ['tickets', 'ticketTexts'].map((name) => `${db.databaseName}.${name}`) }
  const rows = await db
    .collection('system.profile')
    .find({ ns, op: { $in: ['query', 'command'] } })
    .toArray()
  await db.dropCollection('system.profile')
  return rows as unknown as Profile[]
}

describe('重复识别只看很少几件', () => {
  it('五千件同地点同事项、文字相仿：都由索引承担，读到的文档有上限', async () => {
    const body = {
      number: NUMBER,
      matterCode: '010501',
      regionCode: '371602005',
      address: '渤海十八路黄河五路',
      detail: DETAIL,
    }
    const client = await desk.as('dispatcher1')
    // The first look samples the words of the newest texts, for ten minutes.
    ok(await client.post('/api/tickets/duplicates', body))
    const profiles = await profiled(async () => {
      const { items } = ok(await client.post('/api/tickets/duplicates', body))
      expect(items).toHaveLength(10)
      expect(items[0].grade).toBe('repeat')
    })
    expect(profiles.length).toBeGreaterThanOrEqual(3)
    for (const { planSummary, docsExamined = 0, keysExamined = 0 } of profiles) {
      expect(planSummary).not.toContain('COLLSCAN')
      expect(docsExamined).toBeLessThanOrEqual(300)
      expect(keysExamined).toBeLessThanOrEqual(400)
    }
    expect(profiles.some(({ planSummary }) => planSummary?.includes('t.matterCode: 1'))).toBe(true)
    const read = profiles.reduce((sum, { docsExamined = 0 }) => sum + docsExamined, 0)
    expect(read).toBeLessThanOrEqual(450)
  })
})
