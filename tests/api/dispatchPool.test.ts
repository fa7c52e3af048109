import type { TicketRow } from '@hotline/shared/ticket/view'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../helpers/app'
import { ok, openDatabase, openDesk, type Desk } from '../helpers/desk'

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

const pool = async (): Promise<TicketRow[]> =>
  ok(await (await desk.as('dispatcher1')).get('/api/tickets?desk=dispatch&sort=risk&pageSize=50')).items

describe('待派单按风险排序', () => {
  it('特急在前，再是涉及人身安全的、被催的，一般件按派单期限；派出去就不在了', async () => {
    const general = await desk.register({ title: '一般件' })
    const gas = await desk.register({ title: '燃气泄漏', matterCode: '030404' })
    const urged = await desk.register({ title: '被催的件' })
    await desk.act('agent1', urged, 'urge', {})
    const critical = await desk.register({ title: '特急件', urgency: 'critical' })
    expect((await pool()).map(({ title }) => title)).toEqual(['特急件', '燃气泄漏', '被催的件', '一般件'])
    await desk.act('dispatcher1', critical, 'dispatch', {
      ...{ leadUnitId: '371602-ZJ', task: '核实', standard: '答复', limit: { kind: 'profile' } },
    })
    expect((await pool()).map(({ no }) => no)).toEqual([gas.no, urged.no, general.no])
  })

  it('顺序由索引给出，不排序、不通读', async () => {
    const plan = await database.db
      .collection('tickets')
      .find({ $and: [{ desks: 'hotline|dispatch' }, { riskBy: { $exists: true } }] })
      .sort({ riskBy: 1 })
      .limit(50)
      .explain('queryPlanner')
    const text = JSON.stringify(plan.queryPlanner.winningPlan)
    expect(text).toContain('"indexName":"risk"')
    expect(text).not.toMatch(/"stage":"SORT"|COLLSCAN/)
  })
})
