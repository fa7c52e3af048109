import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TicketView } from '@hotline/shared/ticket/view'
import { startApp, type TestApp } from '../helpers/app'
import { aReply, COUNTY, eventually, ok, openDesk, OTHER_UNIT, TOWN, UNIT, type Desk } from '../helpers/desk'

let app: TestApp
let desk: Desk
beforeAll(async () => {
  app = await startApp()
  desk = openDesk(app)
})
afterAll(() => app.stop())

/** 邻里噪音: the duty list lets towns do it. */
const forTowns = { matterCode: '050401' }
const task = { unitId: TOWN, task: '上门劝导', standard: '报送劝导情况', limit: { kind: 'profile' } }
const atCounty = (dispatch: Record<string, unknown> = {}) =>
  desk.handling(forTowns, { leadUnitId: COUNTY, ...dispatch })
const delegated = async () => desk.act(`clerk@${COUNTY}`, await atCounty(), 'delegate', task)
const below = ({ assignments }: TicketView) => assignments.find(({ role }) => role === 'delegated')
const ids = async (username: string, query: string) =>
  (ok(await (await desk.as(username)).get(`/api/tickets?${query}`)).items as TicketView[]).map(({ id }) => id)

async function townReplies(ticket: { id: string }) {
  await desk.act(`clerk@${TOWN}`, ticket, 'acknowledge')
  await desk.act(`handler@${TOWN}`, ticket, 'reply', aReply(app.clock.now()))
  return desk.act(`lead@${TOWN}`, ticket, 'reviewByUnit', { isPassed: true, opinion: '同意上报' })
}

describe('下派', () => {
  it('区县下派给街道：街道看得到、在待签收，区县的任务照旧', async () => {
    const ticket = await delegated()
    expect(below(ticket)).toMatchObject({ unitId: TOWN, parentId: ticket.assignments[0]?.id, status: 'toAcknowledge' })
    expect(ticket.status).toBe('handling')
    expect(await ids(`clerk@${TOWN}`, 'desk=toAcknowledge')).toContain(ticket.id)
    const seen = ok(await desk.see(`clerk@${TOWN}`, ticket)) as TicketView
    expect(seen.assignments.map(({ unitId }) => unitId)).toEqual([TOWN])
    expect(seen.can).toContain('acknowledge')
  })

  it('清单以外的事项不得下派街道，时限不能比本单位长', async () => {
    const other = await desk.handling({}, { leadUnitId: COUNTY })
    const refused = await desk.tryTo(`clerk@${COUNTY}`, other, 'delegate', task)
    expect([refused.status, refused.body.message]).toEqual([
      422,
      '该事项不在属地管理事项责任清单内，不得下派街道、乡镇',
    ])
    const longer = await desk.tryTo(`clerk@${COUNTY}`, await atCounty(), 'delegate', {
      ...task,
      limit: { kind: 'workdays', n: 60 },
    })
    expect([longer.status, longer.body.message]).toEqual([
      422,
      expect.stringMatching(/^下派的时限不能晚于本单位的时限/),
    ])
  })

  it('街道反馈后区县才能反馈；区县可以退回补充', async () => {
    const ticket = await delegated()
    const early = await desk.tryTo(`handler@${COUNTY}`, ticket, 'reply', aReply(app.clock.now()))
    expect([early.status, early.body.message]).toEqual([422, '还有 1 个协办（下派）单位未反馈'])
    await townReplies(ticket)
    const back = await desk.act(`handler@${COUNTY}`, ticket, 'sendBack', { opinion: '请补充现场照片' })
    expect(below(back)).toMatchObject({ status: 'handling' })
    expect(back.reworkCount).toBe(0)
    await desk.act(`handler@${TOWN}`, ticket, 'reply', aReply(app.clock.now()))
    await desk.act(`lead@${TOWN}`, ticket, 'reviewByUnit', { isPassed: true, opinion: '同意' })
    expect(await desk.act(`handler@${COUNTY}`, ticket, 'reply', aReply(app.clock.now()))).toMatchObject({
      status: 'unitReview',
    })
  })

  it('街道的退单在区县的下派审核，由区县的收文员审，热线不审', async () => {
    const ticket = await delegated()
    await desk.act(`clerk@${TOWN}`, ticket, 'requestReturn', {
      reason: 'notOurDuty',
      basis: '不在清单内',
      suggestedUnitId: UNIT,
    })
    expect(await ids(`clerk@${COUNTY}`, 'desk=delegateReview')).toContain(ticket.id)
    expect(await ids('dispatcher1', 'desk=returnReview')).not.toContain(ticket.id)
    const refused = await desk.tryTo('dispatcher1', ticket, 'approveReturn', { opinion: '同意' })
    expect([refused.status, refused.body.message]).toEqual([422, '由下派单位的收文员审核'])
    const done = await desk.act(`clerk@${COUNTY}`, ticket, 'approveReturn', { opinion: '收回自办' })
    expect(done).toMatchObject({ status: 'handling', returnCount: 0 })
    expect(below(done)).toMatchObject({ status: 'returned' })
  })

  it('下派的退单通知区县的收文员，不通知派单员', async () => {
    const ticket = await delegated()
    await desk.act(`clerk@${TOWN}`, ticket, 'requestReturn', {
      reason: 'notOurDuty',
      basis: '不在清单内',
      suggestedUnitId: UNIT,
    })
    const notices = async (username: string) =>
      (ok(await (await desk.as(username)).get('/api/notices')).items as { ticketId: string; kind: string }[])
        .filter(({ ticketId }) => ticketId === ticket.id)
        .map(({ kind }) => kind)
    await eventually(
      () => notices(`clerk@${COUNTY}`),
      (kinds) => kinds.includes('ticket.returnRequested'),
    )
    expect(await notices('dispatcher1')).not.toContain('ticket.returnRequested')
  })

  it('无关的单位既看不到，也不能插手', async () => {
    const ticket = await delegated()
    for (const [command, body] of [
      ['recallDelegation', { reason: '无关' }],
      ['sendBack', { opinion: '无关' }],
      ['approveReturn', { opinion: '无关' }],
      ['acknowledge', {}],
    ] as const)
      expect((await desk.tryTo(`clerk@${OTHER_UNIT}`, ticket, command, body)).status, command).toBe(404)
    expect((await desk.see(`clerk@${OTHER_UNIT}`, ticket)).status).toBe(404)
  })

  it('热线撤回改派时，街道的任务一并结束', async () => {
    const ticket = await delegated()
    const recalled = await desk.act('dispatcher1', ticket, 'recall', { reason: '派错单位' })
    expect(recalled.assignments.map(({ status }) => status)).toEqual(['recalled', 'recalled'])
  })

  it('协办单位各走各的，主办等它反馈', async () => {
    const ticket = await atCounty({ coUnitIds: [UNIT] })
    await desk.act(`clerk@${UNIT}`, ticket, 'acknowledge')
    await desk.act(`handler@${UNIT}`, ticket, 'reply', aReply(app.clock.now()))
    const coDone = await desk.act(`lead@${UNIT}`, ticket, 'reviewByUnit', { isPassed: true, opinion: '同意' })
    expect(coDone.status).toBe('handling')
    const back = await desk.act(`clerk@${COUNTY}`, ticket, 'sendBack', { opinion: '请补充依据' })
    expect(back.assignments.find(({ role }) => role === 'co')?.status).toBe('handling')
  })
})
