import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { endOfDay } from '@hotline/shared/calendar/day'
import type { TicketRow, TicketView } from '@hotline/shared/ticket/view'
import { FRIDAY, startApp, type TestApp } from '../helpers/app'
import { eventually, ok, openDatabase, openDesk, UNIT, type Desk } from '../helpers/desk'

let app: TestApp
let second: TestApp
let desk: Desk
let database: Awaited<ReturnType<typeof openDatabase>>
beforeAll(async () => {
  app = await startApp()
  second = await startApp({ beside: app })
  desk = openDesk(app)
  database = await openDatabase(app)
})
afterAll(async () => {
  await database.close()
  await second.stop()
  await app.stop()
})

const CLERK = `clerk@${UNIT}`
const HANDLER = `handler@${UNIT}`
const LEAD = `lead@${UNIT}`
const PROMISED = '2026-12-01'
const opinion = { opinion: '情况属实' }
const wish = { reason: '冬季停工', measures: '先行围挡', promisedDate: PROMISED, isCallerTold: true }
const now = async ({ id }: { id: string }) => ok(await desk.see('director', { id })) as TicketView
const settled = () =>
  eventually(
    () => database.db.collection('tickets').countDocuments({ nextCheckAt: { $lte: app.clock.now() } }),
    (due) => due === 0,
    '时钟没有办完',
  )
const rowsOn = async (username: string, name: string) =>
  ok(await (await desk.as(username)).get(`/api/tickets?desk=${name}`)).items as TicketRow[]

async function suspended() {
  const ticket = await desk.handling()
  await desk.act(HANDLER, ticket, 'requestSuspension', wish)
  await desk.act(LEAD, ticket, 'endorseRequest', opinion)
  return desk.act('director', ticket, 'approveSuspension', opinion)
}

describe('挂起（两个进程在一个库上）', () => {
  it('经办人申请、分管负责人同意、主任批准；列为跟踪督办，看得到恢复后的时限', async () => {
    app.clock.set(FRIDAY)
    const ticket = await desk.handling()
    await desk.act(HANDLER, ticket, 'requestSuspension', wish)
    expect((await rowsOn(LEAD, 'extending')).map(({ id }) => id)).toContain(ticket.id)
    await desk.act(LEAD, ticket, 'endorseRequest', opinion)
    expect((await rowsOn('director', 'suspensionReview')).map(({ id }) => id)).toContain(ticket.id)
    const done = await desk.act('director', ticket, 'approveSuspension', opinion)
    expect(done).toMatchObject({
      status: 'handling',
      suspension: { until: endOfDay(PROMISED).toISOString() },
      supervisions: [{ form: 'tracking', trigger: 'suspended', unitId: UNIT }],
    })
    expect(new Date(done.expected?.resolveBy ?? 0).getTime()).toBeGreaterThan(new Date(done.resolveBy ?? 0).getTime())
    const row = (await rowsOn(CLERK, 'handling')).find(({ id }) => id === ticket.id)
    expect(row).toMatchObject({ isSuspended: true, dueBy: endOfDay(PROMISED).toISOString() })
  })

  it('挂起期间不发牌、不能反馈；到期由时钟恢复，恰好一次，时限顺延', async () => {
    app.clock.set(FRIDAY)
    const tickets = [await suspended(), await suspended()]
    const [first] = tickets as [TicketView, TicketView]
    const expected = first.expected?.resolveBy
    const refused = await desk.tryTo(CLERK, first, 'requestReturn', {
      reason: 'notOurDuty',
      basis: '三定规定',
      suggestedUnitId: '371602-CG',
    })
    expect([refused.status, refused.body.message]).toEqual([422, '工单挂起中，不能退单'])
    app.clock.set(new Date(endOfDay(PROMISED).getTime() - 1000))
    await settled()
    expect(await now(first)).toMatchObject({ yellowCount: 0, redCount: 0, suspension: { reason: '冬季停工' } })
    app.clock.set(endOfDay(PROMISED))
    await settled()
    for (const ticket of tickets) {
      const seen = await now(ticket)
      expect(seen.suspension).toBeUndefined()
      expect(seen.history.filter(({ type }) => type === 'ticket.resumed')).toHaveLength(1)
      expect(seen.resolveBy).toBe(expected)
      expect(seen.assignments[0]?.resolveBy).toBe(expected)
    }
  })

  it('主任可以提前恢复，只归还真正停掉的时间', async () => {
    app.clock.set(FRIDAY)
    const ticket = await suspended()
    app.clock.set('2026-11-20T15:00:00+08:00')
    const done = await desk.act('director', ticket, 'resume', { reason: '条件已具备' })
    expect(new Date(done.resolveBy ?? 0).getTime()).toBeLessThan(new Date(ticket.expected?.resolveBy ?? 0).getTime())
    expect(done.can).toContain('recall')
  })

  it('诉求人得知暂缓和恢复', async () => {
    app.clock.set(FRIDAY)
    const ticket = await suspended()
    await desk.act('director', ticket, 'resume')
    const messages = () =>
      database.db
        .collection<{ _id: string; maskedText: string }>('messages')
        .find({ _id: { $regex: `^${ticket.id}:.*:extended$` } })
        .toArray()
    const told = await eventually(messages, (rows) => rows.length === 2)
    expect(told.map(({ maskedText }) => maskedText).join()).toMatch(/暂时不能办理.*已恢复办理|已恢复办理.*暂时不能办理/)
  })
})

describe('终止', () => {
  it('经办人申请、分管负责人同意、主任批准；任务撤回，告知诉求人', async () => {
    app.clock.set(FRIDAY)
    const ticket = await desk.handling()
    const body = { ground: 'uncooperative', reason: '三次上门均拒绝配合', isCallerTold: true }
    await desk.act(HANDLER, ticket, 'requestTermination', body)
    await desk.act(LEAD, ticket, 'endorseRequest', opinion)
    expect((await rowsOn('director', 'terminationReview')).map(({ id }) => id)).toContain(ticket.id)
    const done = await desk.act('director', ticket, 'approveTermination', opinion)
    expect(done).toMatchObject({ status: 'terminated', terminated: { ground: 'uncooperative' } })
    expect(done.assignments.map(({ status }) => status)).toEqual(['recalled'])
    const told = await eventually(
      () =>
        database.db
          .collection<{ _id: string; maskedText: string }>('messages')
          .find({ _id: { $regex: `^${ticket.id}:.*:result$` } })
          .toArray(),
      (rows) => rows.length === 1,
    )
    expect(told[0]?.maskedText).toMatch(/已终止办理/)
    const { queryCode } = ok(
      await (
        await desk.as('agent1')
      ).post(`/api/tickets/${ticket.id}/reveal`, { field: 'queryCode', reason: '诉求人询问' }),
    )
    const seen = ok(
      await app.request('GET', `/api/public/tickets/${ticket.no}`, { headers: { 'Query-Code': queryCode } }),
    )
    expect(seen.sentence).toBe('您的诉求已终止办理：诉求人拒不配合，无法办理。如有疑问，请拨打 12345。')
  })

  it('没有向诉求人解释的不受理', async () => {
    const refused = await desk.tryTo(HANDLER, await desk.handling(), 'requestTermination', {
      ground: 'uncooperative',
      reason: '拒不配合',
      isCallerTold: false,
    })
    expect([refused.status, refused.body.message]).toEqual([422, '申请终止前须向诉求人解释'])
  })
})
