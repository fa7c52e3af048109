import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { DEMO_PASSWORD } from '@hotline/server/features/user/demoUsers'
import type { TicketView } from '@hotline/shared/ticket/view'
import { MongoClient, type Db } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createClient } from '../../scripts/drill/client'
import { createPeople, type People } from '../../scripts/drill/people'
import { freshDatabase } from '../helpers/database'
import { aDispatch, aRegistration, UNIT } from '../helpers/desk'
import { broken, drillThrough } from './faultyDrill'
import { aRoom, startServer, type Room, type Server } from './server'

const EACH = 6
const LONG_AGO = new Date('2020-01-06T00:00:00Z')
/** Whatever else the two may still do, they have had the occasion. */
const MORE_RUNS = 3

/** Seconds on a machine of one's own; four times as long where everything runs at once. */
const PATIENCE_MS = 240_000

describe('两个进程，一个数据库', { timeout: PATIENCE_MS }, () => {
  const database = freshDatabase()
  let room: Room
  let servers: Server[] = []
  let mongo: MongoClient
  let db: Db
  let people: People

  beforeAll(async () => {
    room = await aRoom()
    // The first one makes the city; the second finds it, and the secrets.
    servers = [await startServer(room, database.uri)]
    servers.push(await startServer(room, database.uri))
    mongo = await MongoClient.connect(database.uri)
    db = mongo.db(database.name)
    const urls = servers.map(({ url }) => url)
    people = createPeople(createClient(urls, 30_000), DEMO_PASSWORD)
  })

  afterAll(async () => {
    await Promise.all(servers.map((server) => server.stop()))
    await mongo?.close()
    await database.drop()
    await room?.clear()
  })

  it('演练轮流经过两个进程，其中一个途中被 kill -9：已确认的不缺不重', async () => {
    const [first, second] = servers
    const result = await drillThrough(
      [first, second].map((server) => server?.url ?? ''),
      [{ after: 80, strike: async () => second?.crash() }],
      25,
    )

    expect(broken(result)).toEqual([])
  })

  it('到期时每张牌、每次自动签收只有一次', async () => {
    const unclaimed = await many(() => aDispatched(false))
    const due = await many(() => aDispatched(true))
    const overdue = await many(() => aDispatched(true))
    await Promise.all([
      makeDue(unclaimed, 'returnBy'),
      makeDue(due, 'yellowAt'),
      makeDue(overdue, 'yellowAt').then(() => makeDue(overdue, 'redAt')),
    ])

    await until('all that is due has been done', async () => {
      const done = await Promise.all([...unclaimed, ...due, ...overdue].map((id) => byTheClock(id)))
      return done.every((types) => types.length > 0)
    })
    await moreRunsOfTheClock()

    const each = (ids: string[]) => Promise.all(ids.map((id) => byTheClock(id)))
    expect(await each(unclaimed)).toEqual(Array(EACH).fill(['ticket.acknowledged']))
    expect(await each(due)).toEqual(Array(EACH).fill(['yellow']))
    expect(await each(overdue)).toEqual(Array(EACH).fill(['red']))
  })

  const many = (make: () => Promise<string>) => Promise.all(Array.from({ length: EACH }, make))

  const act = async (username: string, path: string, body: object) =>
    (await people.post<TicketView>(username, path, body, randomUUID())).body

  async function aDispatched(isAcknowledged: boolean): Promise<string> {
    const { id, version } = await act('agent1', '/api/tickets', aRegistration())
    const dispatched = await act('dispatcher1', `/api/tickets/${id}/dispatch`, aDispatch({ version }))
    if (isAcknowledged) await act(`clerk@${UNIT}`, `/api/tickets/${id}/acknowledge`, { version: dispatched.version })
    return id
  }

  /** As if the time had come, for both processes at once. */
  async function makeDue(ids: string[], field: 'returnBy' | 'yellowAt' | 'redAt'): Promise<void> {
    const $set = { [`t.assignments.0.${field}`]: LONG_AGO, 't.nextCheckAt': LONG_AGO, nextCheckAt: LONG_AGO }
    await db.collection<{ _id: string }>('tickets').updateMany({ _id: { $in: ids } }, { $set })
  }

  /** What the clock has done to a ticket, in order; a card by its colour. */
  async function byTheClock(id: string): Promise<string[]> {
    const { history } = await people.get<TicketView>('director', `/api/tickets/${id}`)
    return history
      .filter(({ by }) => by.userId === 'system')
      .map((event) => (event.type === 'ticket.cardIssued' ? event.card : event.type))
  }

  async function moreRunsOfTheClock(): Promise<void> {
    const lastRun = async () => {
      const row = await db.collection('jobs').findOne({ name: 'ticket.clock' })
      return (row?.lastFinishedAt as Date | undefined)?.getTime() ?? 0
    }
    for (let run = 0; run < MORE_RUNS; run += 1) {
      const before = await lastRun()
      await until('the clock has run again', async () => (await lastRun()) > before)
    }
  }
})

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const giveUpAt = performance.now() + 60_000
  while (!(await isSo())) {
    if (performance.now() > giveUpAt) throw new Error(`not within a minute: ${what}`)
    await pause(100)
  }
}
