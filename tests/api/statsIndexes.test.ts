import { MongoClient, type Db } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CALENDAR_YEARS } from '@hotline/shared/calendar/data'
import { endOfDay, shiftDay, startOfDay } from '@hotline/shared/calendar/day'
import { HOUR } from '@hotline/shared/calendar/millis'
import { createCalendar } from '@hotline/shared/calendar/workingDays'
import { evaluate } from '@hotline/shared/stats/evaluate'
import type { CaseFacts, Rated, TicketFacts } from '@hotline/shared/stats/facts'
import { MEASURE_IDS } from '@hotline/shared/stats/measure'
import { measureOf } from '@hotline/shared/stats/measures'
import type { MeasureStats, UnitStats } from '@hotline/shared/stats/view'
import { startApp, type Client, type TestApp } from '../helpers/app'
import { BUREAU, COUNTY, COUNTY_BUREAU, OTHER } from './statsScene'

/** The same numbers in every run. */
function sequence(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
const next = sequence(12_345)
const pick = <T>(...values: readonly T[]): T => values[next(values.length)] as T
const UNITS = [BUREAU, OTHER, COUNTY, COUNTY_BUREAU, '']

/** A ticket of the year before 2026-11-20, as histories leave them: cases one after another, the last open or not. */
function aTicket(): TicketFacts {
  const day = shiftDay('2025-11-20', next(365))
  const after = (date: Date) => new Date(date.getTime() + next(15 * 24) * HOUR)
  const registeredAt = new Date(startOfDay(day).getTime() + next(24) * HOUR)
  const cases: CaseFacts[] = []
  // What is still open is not old, but for some.
  const isOpen = next(day > '2026-11-01' ? 2 : 30) === 0
  let startedAt = after(registeredAt)
  for (let left = next(3); left > 0; left -= 1) {
    const closedAt = after(startedAt)
    const isLast = left === 1
    cases.push({
      unitId: isLast ? pick(...UNITS) : pick(BUREAU, OTHER),
      startedAt,
      dueAt: endOfDay(shiftDay(day, 3 + next(20))),
      unitDueAt: endOfDay(shiftDay(day, 3 + next(20))),
      ...(next(3) > 0 ? { metAt: after(startedAt) } : {}),
      ...(isLast && isOpen ? {} : { closedAt }),
      isLate: next(5) === 0,
      isUnitLate: next(5) === 0,
    })
    startedAt = after(closedAt)
  }
  const current = cases.at(-1)
  const isEnded = current ? current.closedAt !== undefined : !isOpen
  const rated = () => pick<Rated>(1, 2, 3, 4, 5, 'declined')
  return {
    registeredAt,
    status: isEnded ? pick('closed', 'archived') : pick('accepted', 'handling', 'callback'),
    direct: next(4) === 0,
    ...(isEnded ? { outcome: pick('satisfied', 'dissatisfiedDismissed', 'unreachable', 'noCallback') } : {}),
    ...(next(9) === 0 ? { isInvalid: true } : {}),
    ...(next(9) > 0 ? { acceptedAt: registeredAt } : {}),
    ...(next(3) === 0 ? { dispatchBy: after(registeredAt) } : {}),
    ...(cases[0] ? { firstDispatchedAt: cases[0].startedAt, isDispatchedLate: next(6) === 0 } : {}),
    dispatchCount: cases.length,
    returnRequestCount: next(3),
    returnCount: next(2),
    extensionCount: next(2),
    reworkCount: next(3),
    ...(cases[0] ? { acknowledgedOnTime: next(4) > 0, firstContactBy: after(cases[0].startedAt) } : {}),
    ...(cases[0] && next(2) ? { firstContactAt: after(cases[0].startedAt) } : {}),
    ...(current?.closedAt && next(2)
      ? { callbackAt: current.closedAt, solved: pick('yes', 'no', 'noOpinion'), satisfactionResult: rated() }
      : {}),
    ...(next(2) ? { satisfactionAttitude: rated(), satisfactionAgent: rated() } : {}),
    ...(next(9) === 0 ? { unreachable: true } : {}),
    ...(current ? { current } : {}),
    cases,
  }
}

const scopeOf = ({ current }: TicketFacts) =>
  current?.unitId === COUNTY_BUREAU ? [COUNTY_BUREAU, COUNTY] : current?.unitId ? [current.unitId] : []

const COUNT = 3000
const facts = Array.from({ length: COUNT }, aTicket)
let app: TestApp
let client: MongoClient
let db: Db
let supervisor: Client
beforeAll(async () => {
  app = await startApp()
  client = await MongoClient.connect(app.uri)
  db = client.db()
  await db.collection<{ _id: string }>('tickets').insertMany(
    facts.map((own, index) => ({
      _id: `s${index}`,
      no: `s${index}`,
      keys: [{ k: `s${index}`, h: '' }],
      registeredAt: own.registeredAt,
      status: own.status,
      scope: scopeOf(own),
      desks: [],
      events: [],
      facts: own,
    })),
  )
  supervisor = await app.signIn('supervisor1')
}, 60_000)
afterAll(async () => {
  await client.close()
  await app.stop()
})

const PERIODS = ['from=2026-03-01&to=2026-03-31', 'from=2026-11-16', 'from=2026-06-10&to=2026-06-10']
const calendar = createCalendar(CALENDAR_YEARS)
const get = async <T>(path: string, by = supervisor): Promise<T> => {
  const answer = await by.get(path)
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return answer.body
}

describe('数据库数出的，与内存里逐件数出的相同', () => {
  it.each(PERIODS)('%s 全市', async (query) => {
    const stats = await get<MeasureStats>(`/api/stats/measures?${query}`)
    const period = { from: new Date(stats.from), to: new Date(stats.to) }
    for (const { id, numerator, denominator } of stats.items) {
      const expected = evaluate(measureOf(id), facts, period, calendar)
      expect([id, numerator, denominator]).toEqual([id, expected.numerator, expected.denominator ?? null])
    }
    expect(stats.items.filter(({ numerator }) => numerator > 0).length).toBeGreaterThan(12)
  })

  it.each(PERIODS)('%s 各单位', async (query) => {
    const { items, unassigned, ...stats } = await get<UnitStats>(`/api/stats/units?${query}`)
    const period = { from: new Date(stats.from), to: new Date(stats.to) }
    for (const row of [...items, ...(unassigned ? [{ ...unassigned, unitId: '' }] : [])]) {
      const own = facts
        .filter((ticket) => ticket.cases.some(({ unitId }) => unitId === row.unitId))
        .map((ticket) => ({ ...ticket, cases: ticket.cases.filter(({ unitId }) => unitId === row.unitId) }))
      const value = (id: (typeof MEASURE_IDS)[number], tickets: TicketFacts[]) => {
        const { numerator, denominator } = evaluate(measureOf(id, { scope: 'unit' }), tickets, period, calendar)
        return [numerator, denominator]
      }
      const isTheirs = (ticket: TicketFacts) => ticket.current?.unitId === row.unitId
      expect([row.unitId, row.startedClosed, row.started]).toEqual([row.unitId, ...value('closeRate', own)])
      expect([row.closed, row.due]).toEqual(value('caseCloseRate', own))
      expect([row.onTime, row.due]).toEqual(value('onTimeCloseRate', own))
      expect([row.overdue, row.due]).toEqual(value('overdueRate', own))
      expect([row.satisfied, row.rated]).toEqual(value('satisfactionRate', facts.filter(isTheirs)))
      expect(row.reworks).toBe(value('reworkRate', facts.filter(isTheirs))[0])
    }
  })

  it('按单位，并只数其下', async () => {
    const stats = await get<MeasureStats>(`/api/stats/measures?${PERIODS[0]}&unitId=${COUNTY}`)
    const period = { from: new Date(stats.from), to: new Date(stats.to) }
    const isTheirs = (unitId = '') => [COUNTY, COUNTY_BUREAU].includes(unitId)
    for (const { id, numerator, denominator, unitOfCount } of stats.items) {
      const tickets =
        unitOfCount === 'ticket'
          ? facts.filter(({ current }) => isTheirs(current?.unitId))
          : facts.map((ticket) => ({ ...ticket, cases: ticket.cases.filter(({ unitId }) => isTheirs(unitId)) }))
      const expected = evaluate(measureOf(id, { scope: 'unit' }), tickets, period, calendar)
      expect([id, numerator, denominator]).toEqual([id, expected.numerator, expected.denominator ?? null])
    }
  })
})

describe('每次统计都用上索引', () => {
  interface Profiled {
    planSummary?: string
    docsExamined?: number
    command: { pipeline?: object[]; filter?: object }
  }

  /** What the database says that it did for tickets while `run` ran. */
  async function profiled(run: () => Promise<unknown>): Promise<Profiled[]> {
    await db.command({ profile: 0 })
    await db.collection('system.profile').drop()
    await db.command({ profile: 2 })
    await run()
    await db.command({ profile: 0 })
    return db
      .collection<Profiled>('system.profile')
      .find({ ns: `${db.databaseName}.tickets`, op: { $in: ['query', 'command', 'getmore'] } })
      .toArray()
  }
  const told = ({ planSummary, docsExamined, command }: Profiled) =>
    `${planSummary} ${docsExamined} ${JSON.stringify(command.pipeline ?? command.filter).slice(0, 300)}`

  /** The city: that week and what is open. A unit: its own tickets at most, and some of them twice. */
  const own = facts.filter((each) => scopeOf(each).includes(COUNTY)).length
  const most = { supervisor1: COUNT / 6, [`countyadmin@${COUNTY}`]: own + COUNT / 6 }

  it.each(Object.entries(most))('%s 看一周：不通读，至多读 %d 件', async (username, limit) => {
    const by = await app.signIn(username)
    const week = 'from=2026-06-08&to=2026-06-14'
    const rows = await profiled(async () => {
      await get('/api/stats/live', by)
      await get(`/api/stats/measures?${week}`, by)
      await get(`/api/stats/units?${week}`, by)
      for (const measure of MEASURE_IDS)
        for (const part of ['numerator', 'denominator'])
          await get(`/api/stats/tickets?${week}&measure=${measure}&part=${part}&page=9999`, by)
    })
    expect(rows.length).toBeGreaterThan(100)
    expect(rows.filter(({ planSummary = '' }) => /COLLSCAN/.test(planSummary)).map(told)).toEqual([])
    const counts = rows.filter(({ command }) => JSON.stringify(command.pipeline ?? '').includes('$group'))
    expect(counts.length).toBeGreaterThan(60)
    expect(counts.filter(({ docsExamined = 0 }) => docsExamined > limit).map(told)).toEqual([])
  })
})
