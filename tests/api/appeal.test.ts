import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TicketRow, TicketView } from '@hotline/shared/ticket/view'
import { startApp, type TestApp } from '../helpers/app'
import { dissatisfied, eventually, ok, openDesk, OTHER_UNIT, UNIT, type Desk } from '../helpers/desk'

let app: TestApp
let desk: Desk

beforeAll(async () => {
  app = await startApp()
  desk = openDesk(app)
})
afterAll(() => app.stop())

const REASON = { reason: '问题已解决，诉求人另有所求' }
const lead = `lead@${UNIT}`

async function reworked(): Promise<TicketView> {
  return desk.act('callback1', await desk.inCallback(), 'recordCallback', dissatisfied('reasonable'))
}
const judgeDesk = async (): Promise<TicketRow[]> =>
  ok(await (await desk.as('supervisor1')).get('/api/tickets?desk=judgement&pageSize=100')).items

describe('回访申诉', () => {
  it('申诉、甄别成立：办结，原始评价和认定并列；督办员收到申诉，单位收到结论', async () => {
    const ticket = await reworked()
    expect(ticket.status).toBe('handling')
    expect((ok(await desk.see(lead, ticket)) as TicketView).can).toContain('appealCallback')
    const appealed = await desk.act(lead, ticket, 'appealCallback', REASON)
    expect(appealed).toMatchObject({ status: 'handling', resolveBy: ticket.resolveBy, pendingAppeal: { callback: 0 } })
    expect((await judgeDesk()).map(({ id }) => id)).toContain(ticket.id)
    const judged = await desk.act('supervisor1', ticket, 'judgeCallback', { verdict: 'dismissed', reason: '超出政策' })
    expect(judged).toMatchObject({
      status: 'closed',
      outcome: 'dissatisfiedDismissed',
      reworkCount: 1,
      voidedReworkCount: 1,
      callbacks: [{ solved: 'no', judged: 'reasonable', verdict: { verdict: 'dismissed' } }],
    })
    expect((await judgeDesk()).map(({ id }) => id)).not.toContain(ticket.id)
    await eventually(
      async () =>
        ok(await (await desk.as(lead)).get('/api/notices?pageSize=100')).items as { ticketId: string; kind: string }[],
      (items) => items.some(({ ticketId, kind }) => ticketId === ticket.id && kind === 'ticket.callbackJudged'),
    )
  })

  it('申诉不成立：照常重办，不得再次申诉', async () => {
    const ticket = await reworked()
    await desk.act(lead, ticket, 'appealCallback', REASON)
    const judged = await desk.act('director', ticket, 'judgeCallback', { verdict: 'upheld', reason: '确未解决' })
    expect(judged).toMatchObject({ status: 'handling', callbacks: [{ verdict: { verdict: 'upheld' } }] })
    const again = await desk.tryTo(lead, ticket, 'appealCallback', REASON)
    expect([again.status, again.body.message]).toEqual([422, '本次回访已甄别，不得再次申诉'])
  })

  it('三个工作日内申诉；别的单位看不到、不能申诉', async () => {
    const ticket = await reworked()
    expect((await desk.tryTo(`lead@${OTHER_UNIT}`, ticket, 'appealCallback', REASON)).status).toBe(404)
    expect((await desk.tryTo(`handler@${UNIT}`, ticket, 'appealCallback', REASON)).status).toBe(403)
    // Friday; the third workday after it is Wednesday 25.
    app.clock.set('2026-11-26T00:00:01+08:00')
    const late = await desk.tryTo(lead, ticket, 'appealCallback', REASON)
    expect(late.status).toBe(422)
    expect(late.body.message).toContain('3 个工作日内')
    app.clock.set('2026-11-25T23:00:00+08:00')
    expect((await desk.tryTo(lead, ticket, 'appealCallback', REASON)).status).toBe(200)
  })
})
