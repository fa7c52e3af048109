import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TicketView } from '@hotline/shared/ticket/view'
import { startApp, type TestApp } from '../helpers/app'
import { aCaller, eventually, ok, openDatabase, openDesk, type Desk } from '../helpers/desk'

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

const now = async ({ id }: { id: string }) => ok(await desk.see('director', { id })) as TicketView
const becomes = (ticket: { id: string }, status: string) =>
  eventually(
    () => now(ticket),
    (seen) => seen.status === status,
    `没有${status}`,
  )

describe('归档', () => {
  it('主单归档，并入的一同归档；之后只读', async () => {
    const main = await desk.register()
    const joined = await desk.register({ caller: aCaller({ number: '13955556666', name: '司马青山' }) })
    ok(await desk.tryTo('dispatcher1', joined, 'merge', { mainId: main.id }))
    await desk.act('agent1', main, 'answer', { answer: '工地已停工。' })
    const alone = await desk.tryTo('director', joined, 'archive')
    expect([alone.status, alone.body.message]).toEqual([422, `随主单 ${main.no} 归档`])
    await desk.act('director', main, 'archive')
    const both = [await now(main), await now(joined)]
    expect(both.map(({ status }) => status)).toEqual(['archived', 'archived'])
    expect(both.flatMap(({ can }) => can)).toEqual([])
    const refused = await desk.tryTo('agent1', main, 'reopen', { newFacts: '又开工了' })
    expect([refused.status, refused.body.message]).toEqual([409, '工单已归档，不能重启'])
  })

  it('满三十天由时钟归档，早一刻也不；旧编号仍查得到进度', async () => {
    const { id, no, queryCode = '' } = await desk.register()
    await desk.act('agent1', { id }, 'answer', { answer: '工地已停工。' })
    const { archiveBy = '' } = await now({ id })
    app.clock.set(new Date(new Date(archiveBy).getTime() - 1))
    await eventually(
      () => database.db.collection('tickets').countDocuments({ nextCheckAt: { $lte: app.clock.now() } }),
      (count) => count === 0,
    )
    expect((await now({ id })).status).toBe('answered')
    app.clock.set(archiveBy)
    expect((await becomes({ id }, 'archived')).history.at(-1)).toMatchObject({
      type: 'ticket.archived',
      by: { name: '系统' },
    })
    const seen = ok(await app.request('GET', `/api/public/tickets/${no}`, { headers: { 'Query-Code': queryCode } }))
    expect(seen).toMatchObject({ sentence: '您的咨询已答复。', reply: '工地已停工。', can: [] })
  })
})
