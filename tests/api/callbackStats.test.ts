import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callbackMigrations } from '@hotline/server/features/callback/callbackMigrations'
import type { TicketDoc } from '@hotline/server/features/ticket/ticketDocument'
import type { OwnCallsView } from '@hotline/shared/callback/ownWork'
import type { TicketRow } from '@hotline/shared/ticket/view'
import { startApp, type TestApp } from '../helpers/app'
import { aCallback, dissatisfied, ok, openDatabase, openDesk, UNIT, type Desk } from '../helpers/desk'

let app: TestApp
let desk: Desk
let database: Awaited<ReturnType<typeof openDatabase>>

beforeAll(async () => {
  app = await startApp()
  desk = openDesk(app)
  database = await openDatabase(app)
})
afterAll(async () => {
  await database.close()
  await app.stop()
})

const at = (text: string) => app.clock.set(`${text}:00+08:00`)
const own = async (username = 'callback1'): Promise<Record<string, string>> => {
  const { items }: OwnCallsView = ok(await (await desk.as(username)).get('/api/callback/own'))
  return Object.fromEntries(items.map(({ id, numerator, denominator }) => [id, `${numerator}/${denominator ?? ''}`]))
}
const behind = async (query: string, username = 'callback1'): Promise<string[]> =>
  ok(await (await desk.as(username)).get(`/api/callback/own/tickets?${query}`))
    .items.map(({ no }: TicketRow) => no)
    .sort()
const queue = async (name: string): Promise<TicketRow[]> =>
  ok(await (await desk.as('callback1')).get(`/api/tickets?desk=${name}&pageSize=100`)).items

describe('回访员本人统计', () => {
  it('只数本人今日的：已访、接通、满意、时长，每个数都有背后的工单', async () => {
    at('2026-11-19T10:00')
    await desk.act('callback1', await desk.inCallback(), 'recordCallback', aCallback())
    at('2026-11-20T10:00')
    const pleased = await desk.inCallback()
    const bad = await desk.inCallback()
    const silent = await desk.inCallback()
    const away = await desk.inCallback()
    const later = await desk.inCallback()
    const others = await desk.inCallback()
    await desk.act('callback1', pleased, 'recordCallback', aCallback({ talkSeconds: 90 }))
    await desk.act('callback1', bad, 'recordCallback', { ...dissatisfied('reasonable'), talkSeconds: 120 })
    const declined = { result: 'declined', attitude: 'declined', agent: 'declined' }
    await desk.act('callback1', silent, 'recordCallback', aCallback({ satisfaction: declined }))
    await desk.act('callback1', away, 'recordAttempt', { result: 'noAnswer' })
    const nextAt = '2026-11-20T15:00:00+08:00'
    await desk.act('callback1', later, 'recordAttempt', { result: 'appointment', nextAt })
    await desk.act('callback2', others, 'recordCallback', aCallback())

    expect(await own()).toEqual({
      called: '3/',
      connectRate: '4/5',
      satisfactionRate: '1/2',
      talkMean: '210/2',
    })
    expect(await own('callback2')).toMatchObject({ called: '1/', connectRate: '1/1', talkMean: '0/0' })
    const numbers = (...tickets: { no: string }[]) => tickets.map(({ no }) => no).sort()
    expect(await behind('measure=called')).toEqual(numbers(pleased, bad, silent))
    expect(await behind('measure=connectRate')).toEqual(numbers(pleased, bad, silent, later))
    expect(await behind('measure=connectRate&part=denominator')).toEqual(numbers(pleased, bad, silent, later, away))
    expect(await behind('measure=satisfactionRate')).toEqual(numbers(pleased))
    expect(await behind('measure=satisfactionRate&part=denominator')).toEqual(numbers(pleased, bad))
    expect(await behind('measure=talkMean')).toEqual(numbers(pleased, bad))
    at('2026-11-21T00:00')
    expect(await own()).toMatchObject({ called: '0/', connectRate: '0/0' })
  })

  it('别的角色没有；条件写错说明哪里错；时长不能是负数', async () => {
    for (const username of ['supervisor1', 'agent1', `clerk@${UNIT}`, 'admin'])
      expect((await (await desk.as(username)).get('/api/callback/own')).status).toBe(403)
    const wrong = await (await desk.as('callback1')).get('/api/callback/own/tickets?measure=luck')
    expect(wrong).toMatchObject({ status: 400, body: { code: 'invalidInput' } })
    at('2026-11-23T10:00')
    const ticket = await desk.inCallback()
    expect(await desk.tryTo('callback1', ticket, 'recordCallback', aCallback({ talkSeconds: -1 }))).toMatchObject({
      status: 400,
    })
  })

  it('由索引承担', async () => {
    const { db } = database
    const tickets = db.collection('tickets')
    const { id: userId } = (await desk.as('callback1')).user
    for (const path of ['t.callbacks', 't.attempts']) {
      const whose = { 'by.userId': userId, at: { $gte: new Date(0), $lt: new Date() } }
      const { queryPlanner } = await tickets.find({ [path]: { $elemMatch: whose } }).explain('queryPlanner')
      const plan = JSON.stringify(queryPlanner.winningPlan)
      expect(plan).toContain(path === 't.callbacks' ? 'ownCallbacks' : 'ownAttempts')
      expect(plan).not.toContain('COLLSCAN')
    }
  })
})

describe('预约回访', () => {
  it('约了时间的在“预约回访”，按约定的时间排；到时间、拨了之后离开', async () => {
    at('2026-11-24T10:00')
    const first = await desk.inCallback({ title: '约在四点' })
    const second = await desk.inCallback({ title: '约在两点' })
    const plain = await desk.inCallback({ title: '没有约' })
    const appointed = (clock: string) => ({ result: 'appointment', nextAt: `2026-11-24T${clock}:00+08:00` })
    await desk.act('callback1', first, 'recordAttempt', appointed('16:00'))
    await desk.act('callback1', second, 'recordAttempt', appointed('14:00'))
    await desk.act('callback1', plain, 'recordAttempt', { result: 'noAnswer' })
    const ours = [first.id, second.id]
    const titles = async () =>
      (await queue('appointed')).filter(({ id }) => ours.includes(id)).map(({ title }) => title)
    expect(await titles()).toEqual(['约在两点', '约在四点'])
    const inQueue = (await queue('callback')).map(({ id }) => id)
    for (const { id } of [first, second, plain]) expect(inQueue).toContain(id)
    const counts = ok(await (await desk.as('callback1')).get('/api/tickets/desk-counts'))
    expect(counts.appointed).toBe((await queue('appointed')).length)

    at('2026-11-24T14:01')
    await desk.act('callback1', second, 'recordCallback', aCallback())
    await desk.act('callback1', first, 'recordAttempt', { result: 'noAnswer' })
    expect(await titles()).toEqual([])
  })

  it('升级前约好的也列入', async () => {
    at('2026-11-25T10:00')
    const ticket = await desk.inCallback()
    const nextAt = '2026-11-25T18:00:00+08:00'
    await desk.act('callback1', ticket, 'recordAttempt', { result: 'appointment', nextAt })
    const tickets = database.db.collection<TicketDoc>('tickets')
    await tickets.updateOne({ _id: ticket.id }, { $pull: { desks: 'hotline|appointed' } })
    await callbackMigrations.find(({ id }) => id === 936)!.up(database.db)
    expect((await queue('appointed')).map(({ id }) => id)).toContain(ticket.id)
  })
})
