import { createSearchFeeder } from '@hotline/server/features/ticket/searchFeeder'
import { createTicketSearch } from '@hotline/server/features/ticket/ticketSearch'
import { createLogger } from '@hotline/server/platform/log'
import { connectMongo, type Database } from '@hotline/server/platform/mongo'
import { createRegions } from '@hotline/shared/region/createRegions'
import { REGION_DATA } from '@hotline/shared/region/regionData'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../helpers/app'
import { eventually, ok, openDesk, type Desk } from '../helpers/desk'

let app: TestApp
let desk: Desk
let database: Database
const logger = createLogger('silent')
beforeAll(async () => {
  app = await startApp()
  desk = openDesk(app)
  database = await connectMongo(app.uri, logger)
})
afterAll(async () => {
  await database.close()
  await app.stop()
})

const found = async (q: string) => {
  const director = await desk.as('director')
  return ok(await director.get(`/api/tickets?q=${encodeURIComponent(q)}`)).items.map(({ id }: { id: string }) => id)
}

describe('全文搜索跟上改动', () => {
  it('两个进程同时更新同一张：慢的那个用旧文本盖了新的，也会再更新一次', async () => {
    const ticket = await desk.register({ detail: '甲处路灯不亮' })
    await eventually(
      () => found('甲处路灯'),
      (ids) => ids.includes(ticket.id),
    )
    const real = createTicketSearch(database.db)
    const tickets = database.db.collection<{ _id: string; isTextStale?: boolean }>('tickets')
    // A process that has read the old text, and writes it after another one has fed the new.
    const slow = createSearchFeeder({
      db: database.db,
      search: {
        ...real,
        feed: async (list) => {
          const late = list.filter(({ id }) => id === ticket.id)
          if (late.some(({ ticket: { detail } }) => detail === '甲处路灯不亮')) {
            await desk.act('dispatcher1', ticket, 'amend', { changes: { detail: '乙处井盖丢失' } })
            await eventually(
              () => found('乙处井盖'),
              (ids) => ids.includes(ticket.id),
            )
          }
          await real.feed(list)
        },
      },
      regions: createRegions(REGION_DATA),
      contact: { nameOf: () => undefined },
      logger,
    })
    await tickets.updateOne({ _id: ticket.id }, { $set: { isTextStale: true } })
    await slow.drain()
    await eventually(
      () => found('乙处井盖'),
      (ids) => ids.includes(ticket.id),
    )
    expect(await found('甲处路灯')).not.toContain(ticket.id)
  })

  it('一张进不了搜索的工单不耽误别的', async () => {
    const broken = await desk.register()
    const tickets = database.db.collection<{ _id: string }>('tickets')
    await tickets.updateOne({ _id: broken.id }, { $set: { 't.detail': 1, isTextStale: true } })
    const healthy = await desk.register({ detail: '丙处垃圾没有清运' })
    await eventually(
      () => found('丙处垃圾'),
      (ids) => ids.includes(healthy.id),
    )
    await tickets.deleteOne({ _id: broken.id })
  })
})
