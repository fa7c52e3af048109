import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrateDatabase } from '@hotline/server/migrations'
import { createLogger } from '@hotline/server/platform/log'
import { connectMongo } from '@hotline/server/platform/mongo'
import type { TicketDoc } from '@hotline/server/features/ticket/ticketDocument'
import type { TicketRow } from '@hotline/shared/ticket/view'
import { startApp, type TestApp } from '../helpers/app'
import { eventually, ok, openDatabase, openDesk, type Desk } from '../helpers/desk'

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

const logger = createLogger('silent')
const tickets = () => database.db.collection<TicketDoc>('tickets')
const stored = async (id: string) => (await tickets().findOne({ _id: id })) as TicketDoc

/** As a process of this version starts on the database of the one before. */
async function upgrade(): Promise<void> {
  await database.db.collection<{ _id: number }>('migrations').deleteMany({ _id: { $in: [570, 571] } })
  const again = await connectMongo(app.uri, logger)
  await migrateDatabase(again, logger)
  await again.close()
}

describe('用过的库升级', () => {
  it('升级前已发红牌的在办工单，升级后就在建议督办里', async () => {
    const { id } = await desk.handling()
    app.clock.advance(30 * 24 * 3600_000)
    const { desks } = await eventually(
      () => stored(id),
      (doc) => doc.desks.includes('hotline|toSupervise'),
    )
    await tickets().updateOne({ _id: id }, { $pull: { desks: 'hotline|toSupervise' } })
    await upgrade()
    expect(new Set((await stored(id)).desks)).toEqual(new Set(desks))
    const { items } = ok(await (await desk.as('supervisor1')).get('/api/tickets?desk=toSupervise'))
    expect(items.map((row: TicketRow) => row.id)).toContain(id)
  })

  it('升级前打过没接的回访，到最后一天照样由时钟办结', async () => {
    const ticket = await desk.inCallback()
    app.clock.set('2026-12-22T10:00:00+08:00')
    await desk.act('callback1', ticket, 'recordAttempt', { result: 'noAnswer' })
    const { nextCheckAt } = await stored(ticket.id)
    expect(nextCheckAt).toBeInstanceOf(Date)
    await tickets().updateOne({ _id: ticket.id }, { $unset: { nextCheckAt: '', 't.nextCheckAt': '' } })
    await upgrade()
    const after = await stored(ticket.id)
    expect([after.nextCheckAt, after.t.nextCheckAt]).toEqual([nextCheckAt, nextCheckAt])
  })

  it('升级前的重办在甄别后的统计里照数', async () => {
    const { id } = await desk.handling()
    await tickets().updateOne(
      { _id: id },
      { $set: { 'facts.reworkCount': 2 }, $unset: { 'facts.standingReworkCount': '' } },
    )
    await upgrade()
    expect((await stored(id)).facts.standingReworkCount).toBe(2)
  })
})
