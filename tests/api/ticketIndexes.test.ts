import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bigramsOf, searchableText } from '@hotline/server/features/ticket/bigrams'
import type { TicketDoc } from '@hotline/server/features/ticket/ticketDocument'
import { RISKS } from '@hotline/shared/board/risks'
import { KIND_LABELS, URGENCY_LABELS, type Kind, type Urgency } from '@hotline/shared/ticket/labels'
import { HOTLINE_DESKS, UNIT_DESKS } from '@hotline/shared/ticket/desks'
import type { Ticket } from '@hotline/shared/ticket/ticket'
import { startApp, type TestApp } from '../helpers/app'
import { COUNTY, ok, openDatabase, openDesk, OTHER_UNIT, UNIT, type Desk } from '../helpers/desk'

interface Profile {
  command: { find?: string; aggregate?: string; filter?: unknown; sort?: unknown; pipeline?: unknown; limit?: number }
  planSummary?: string
  hasSortStage?: boolean
  docsExamined?: number
  keysExamined?: number
  nreturned?: number
}

const MANY = 6000
let app: TestApp
let desk: Desk
let database: Awaited<ReturnType<typeof openDatabase>>

beforeAll(async () => {
  app = await startApp()
  desk = openDesk(app)
  database = await openDatabase(app)
  await load()
})
afterAll(async () => {
  await database.close()
  await app.stop()
})

/** Thousands of tickets in every state, of many units, as copies of real ones. */
async function load() {
  const originals = [
    await desk.register(),
    await desk.dispatched(),
    await desk.handling({}, { leadUnitId: OTHER_UNIT }),
    await desk.inReview({}, { leadUnitId: '371603-ZJ' }),
    await desk.inHotlineReview({}, { leadUnitId: '371603-CG' }),
    await desk.inCallback({ regionCode: '371603' }),
    await desk.closed({ regionCode: '371603', matterCode: '060304' }),
  ]
  const tickets = database.db.collection<TicketDoc>('tickets')
  const docs = await tickets.find({ _id: { $in: originals.map(({ id }) => id) } }).toArray()
  const kinds = Object.keys(KIND_LABELS) as Kind[]
  const urgencies = Object.keys(URGENCY_LABELS) as Urgency[]
  const start = app.clock.now().getTime()
  const copies = Array.from({ length: MANY }, (_, n): TicketDoc => {
    // Most are closed, as in a house that has been open for a while.
    const doc = (n % 4 === 0 ? docs[(n / 4) % docs.length] : docs.at(-1))!
    const registeredAt = new Date(start - n * 600_000)
    const kind = kinds[n % 5]!
    const urgency = urgencies[n % 50 === 0 ? 1 : 0]!
    const detail = n % 500 === 7 ? '小区东门的石狮子倒了' : '工地夜间施工影响休息'
    const t: Ticket = {
      ...doc.t,
      id: `copy${n}`,
      no: String(371600200000000000n + BigInt(n)),
      registeredAt,
      kind,
      urgency,
      detail,
    }
    return {
      ...doc,
      _id: t.id,
      no: t.no,
      t,
      kind,
      urgency,
      registeredAt,
      keys: [{ k: `copy${n}`, h: '' }],
      callerHashes: [`h${n % 900}`],
      registeredById: n % 9 ? `somebody${n % 9}` : doc.registeredById,
      sealed: { queryCode: '' },
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
}

/** What the database did while these requests were answered. */
async function profiled(ask: () => Promise<void>): Promise<Profile[]> {
  const { db } = database
  await db.command({ profile: 0 })
  await db.dropCollection('system.profile').catch(() => undefined)
  await db.createCollection('system.profile', { capped: true, size: 64_000_000 })
  await db.command({ profile: 2 })
  await ask()
  await db.command({ profile: 0 })
  const ns = { $in: ['tickets', 'ticketTexts'].map((name) => `${db.databaseName}.${name}`) }
  const rows = await db
    .collection('system.profile')
    .find({ ns, op: { $in: ['query', 'command'] } })
    .toArray()
  return rows as unknown as Profile[]
}

const FILTERS: Record<string, string>[] = [
  {},
  { status: 'handling' },
  { status: 'closed,answered' },
  { open: 'true' },
  { kind: 'praise' },
  { kind: 'rating,help' },
  { urgency: 'critical' },
  { unitId: UNIT },
  { unitId: COUNTY },
  { regionCode: '371602' },
  { regionCode: '371602005' },
  { matterCode: '01' },
  { matterCode: '060304' },
  { from: '2026-11-18T00:00:00+08:00', to: '2026-11-19T00:00:00+08:00' },
  { overdue: 'true' },
  ...Object.keys(RISKS).map((risk) => ({ risk })),
  { leadUnitId: UNIT },
  { leadUnitId: 'none' },
  { dueToday: 'true' },
  { valid: 'true' },
  { mine: 'true' },
]
const SORTS: Record<string, string>[] = [{}, { sort: 'newest' }, { sort: 'oldest' }, { sort: 'due' }]
const PEOPLE = ['director', 'agent1', `clerk@${UNIT}`, `lead@${COUNTY}`, 'cityleader']

async function askAll(person: string, queries: Record<string, string>[]) {
  const client = await desk.as(person)
  for (const query of queries) ok(await client.get(`/api/tickets?${new URLSearchParams(query).toString()}`))
}

/** @param most documents that may be read for one answer */
function expectServed(profiles: Profile[], most = Infinity) {
  expect(profiles.length).toBeGreaterThan(0)
  const bad = profiles.filter(
    ({ planSummary = '', hasSortStage = false, docsExamined = 0 }) =>
      planSummary.includes('COLLSCAN') || docsExamined > most || (hasSortStage && docsExamined > 1500),
  )
  const told = bad.map(({ command, planSummary, hasSortStage, docsExamined, keysExamined }) =>
    JSON.stringify({
      what: command.find ? [command.filter, command.sort] : command.pipeline,
      planSummary,
      hasSortStage,
      docsExamined,
      keysExamined,
    }),
  )
  expect([...new Set(told)]).toEqual([])
}

describe('每一种列表、计数、搜索都由索引承担', () => {
  it.each(PEOPLE)('%s：每个筛选条件 × 每种排序', async (person) => {
    const queries = FILTERS.flatMap((filter) => SORTS.map((sort) => ({ ...filter, ...sort })))
    expectServed(await profiled(() => askAll(person, queries)), 1500)
  })

  it.each(PEOPLE.slice(0, 4))('%s：两个条件叠加', async (person) => {
    const queries = FILTERS.flatMap((one, n) => FILTERS.slice(n + 1).map((other) => ({ ...one, ...other })))
    expectServed(await profiled(() => askAll(person, queries)))
  })

  it.each(PEOPLE)('%s：每个页签及其计数，叠加筛选', async (person) => {
    const desks = [...Object.keys(UNIT_DESKS), ...Object.keys(HOTLINE_DESKS)].map((name) => ({ desk: name }))
    const queries = desks.flatMap((one) => [one, { ...one, sort: 'newest' }, { ...one, kind: 'help' }])
    const profiles = await profiled(async () => {
      await askAll(person, queries)
      ok(await (await desk.as(person)).get('/api/tickets/desk-counts'))
    })
    expectServed(profiles)
  })

  it.each([`clerk@${UNIT}`, `clerk@${OTHER_UNIT}`])(
    '%s：页签按本单位期限的索引读，已经排好，翻到哪页读到哪页',
    async (person) => {
      const client = await desk.as(person)
      const counts = ok(await client.get('/api/tickets/desk-counts')) as Record<string, number>
      const full = ['toAcknowledge', 'handling', 'overdue'].filter((name) => (counts[name] ?? 0) > 100)
      expect(full).not.toEqual([])
      for (const name of full) {
        const finds = (await profiled(() => askAll(person, [{ desk: name }]))).filter(({ command }) => command.find)
        expect(finds).toMatchObject([{ planSummary: expect.stringContaining('deskDue'), docsExamined: 20 }])
        expect(finds[0]?.hasSortStage ?? false).toBe(false)
      }
    },
  )

  it.each(PEOPLE)('%s：搜索词、编号、号码、以往工单', async (person) => {
    const queries = ['夜间施工', '石狮子', '石狮子 东门', '没有这回事', '371600200000000007', '13800001234'].flatMap(
      (q): Record<string, string>[] => [{ q }, { q, status: 'closed' }, { q, unitId: COUNTY }],
    )
    const profiles = await profiled(async () => {
      await askAll(person, queries)
      ok(await (await desk.as(person)).post('/api/callers/lookup', { number: '13800001234' }))
    })
    expectServed(profiles)
  })
})

describe('工单多了之后的搜索', () => {
  const numbers = async (person: string, q: string) => {
    const body = ok(await (await desk.as(person)).get(`/api/tickets?q=${encodeURIComponent(q)}&pageSize=100`))
    return body as { items: { id: string }[]; total: number; isTotalCapped: boolean }
  }

  it('少见的词一个不漏，新的在前；常见的词到上限为止', async () => {
    const rare = await numbers('director', '石狮子')
    expect(rare.items.map(({ id }) => Number(id.slice(4))).sort((a, b) => a - b)).toEqual(
      Array.from({ length: MANY / 500 }, (_, n) => n * 500 + 7),
    )
    expect([rare.total, rare.isTotalCapped]).toEqual([MANY / 500, false])
    const common = await numbers('director', '夜间施工')
    expect([common.items.length, common.isTotalCapped]).toEqual([100, true])
    expect((await numbers('director', '夜间施工 石狮子')).items).toEqual([])
    expect((await numbers('director', '石狮')).total).toBe(MANY / 500)
  })

  it('看得到的少，也一个不漏', async () => {
    const mine = await numbers(`clerk@${OTHER_UNIT}`, '石狮子')
    const all = await numbers('director', '石狮子')
    expect(mine.total).toBeLessThan(all.total)
    const docs = await database.db
      .collection<TicketDoc>('tickets')
      .countDocuments({ scope: OTHER_UNIT, 't.detail': /石狮子/ })
    expect(mine.total).toBe(docs)
  })
})
