import type { TicketView } from '@hotline/shared/ticket/view'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../helpers/app'
import { aReply, ok, openDatabase, openDesk, UNIT, type Desk } from '../helpers/desk'

let app: TestApp
let desk: Desk
beforeAll(async () => {
  app = await startApp()
  desk = openDesk(app)
})
afterAll(() => app.stop())

const listed = async (username: string, query: string): Promise<string[]> =>
  ok(await (await desk.as(username)).get(`/api/tickets?${query}`)).items.map(({ id }: { id: string }) => id)
const reply = (ticket: TicketView) => desk.act(`handler@${UNIT}`, ticket, 'reply', aReply(app.clock.now()))

describe('承办单位的各台', () => {
  it('审核退回的反馈在“待补充”，重新反馈后不在', async () => {
    const ticket = await desk.handling()
    await reply(ticket)
    expect(await listed(`handler@${UNIT}`, 'desk=sentBack')).toEqual([])
    await desk.act(`lead@${UNIT}`, ticket, 'reviewByUnit', { isPassed: false, opinion: '缺处理后的照片' })
    expect(await listed(`handler@${UNIT}`, 'desk=sentBack')).toEqual([ticket.id])
    const counts = ok(await (await desk.as(`handler@${UNIT}`)).get('/api/tickets/desk-counts'))
    expect(counts).toMatchObject({ sentBack: 1 })
    await reply(ticket)
    expect(await listed(`handler@${UNIT}`, 'desk=sentBack')).toEqual([])
  })

  it('只看我经办的、还没有人经办的', async () => {
    const { id: handlerId } = (await desk.as(`handler@${UNIT}`)).user
    const [mine, nobodys] = [await desk.handling(), await desk.handling()]
    await desk.act(`clerk@${UNIT}`, mine, 'assignHandler', { handlerId })
    expect(await listed(`handler@${UNIT}`, 'desk=handling&handler=me')).toEqual([mine.id])
    expect(await listed(`clerk@${UNIT}`, 'desk=handling&handler=none')).toEqual([nobodys.id])
    expect(await listed(`clerk@${UNIT}`, 'desk=handling&handler=me')).toEqual([])
  })

  it('先按办件台的索引缩小到本单位，再看经办人', async () => {
    const { db, close } = await openDatabase(app)
    const plan = await db
      .collection('tickets')
      .find({
        [`deskDue.${UNIT}|handling`]: { $gte: new Date(0) },
        't.assignments': { $elemMatch: { unitId: UNIT, handlerId: 'x', status: { $in: ['handling'] } } },
      })
      .sort({ [`deskDue.${UNIT}|handling`]: 1 })
      .explain('queryPlanner')
    const text = JSON.stringify(plan.queryPlanner.winningPlan)
    expect(text).toContain('"indexName":"unitDesk"')
    expect(text).not.toContain('"SORT"')
    await close()
  })
})
