import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TicketDoc } from '@hotline/server/features/ticket/ticketDocument'
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

const tickets = () => database.db.collection<TicketDoc>('tickets')
const progress = async ({ no, queryCode = '' }: TicketView) =>
  ok(await app.request('GET', `/api/public/tickets/${no}`, { headers: { 'Query-Code': queryCode } }))

async function merged() {
  const main = await desk.register()
  const joined = await desk.register({ caller: aCaller({ number: '13955556666', name: '司马青山' }) })
  ok(await desk.tryTo('dispatcher1', joined, 'merge', { mainId: main.id }))
  return { main, joined }
}

describe('并入的诉求人凭自己的编号', () => {
  it('看不到热线向主单诉求人要什么', async () => {
    const { main, joined } = await merged()
    await desk.act('dispatcher1', main, 'requestInfo', { missing: '请欧阳女士说明住几号楼' })
    const seen = await progress(joined)
    expect(JSON.stringify(seen)).not.toContain('欧阳')
    expect(seen.sentence).toBe('您的诉求已与同类诉求合并办理。热线正在核实有关情况。')
  })

  it('归档以后仍看得到主单的答复', async () => {
    const { main, joined } = await merged()
    await desk.act('agent1', main, 'answer', { answer: '工地已停工。' })
    const before = await progress(joined)
    expect(before.reply).toBe('工地已停工。')
    await desk.act('director', main, 'archive')
    expect(await progress(joined)).toMatchObject({ reply: '工地已停工。', sentence: before.sentence, can: [] })
  })

  it('一人的联系方式解不开，主单的结果照样通知别人', async () => {
    const { main, joined } = await merged()
    await tickets().updateOne({ _id: joined.id }, { $set: { 'sealed.number': 'k9.AAAA' } })
    await desk.act('agent1', main, 'answer', { answer: '工地已停工。' })
    await eventually(
      async () => (await tickets().findOne({ _id: main.id }))?.hasNews,
      (hasNews) => hasNews === undefined,
    )
  })
})
