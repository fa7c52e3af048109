import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TicketView } from '@hotline/shared/ticket/view'
import { startApp, type TestApp } from '../helpers/app'
import { aDispatch, aReply, ok, openDesk, OTHER_UNIT, TOWN, UNIT, type Desk } from '../helpers/desk'

let app: TestApp
let desk: Desk
beforeAll(async () => {
  app = await startApp()
  desk = openDesk(app)
})
afterAll(() => app.stop())

const CLERK = `clerk@${UNIT}`
const HANDLER = `handler@${UNIT}`
const replyOn = async ({ id, version }: TicketView) =>
  (await desk.as(HANDLER)).post(`/api/tickets/${id}/reply`, { version, ...aReply(app.clock.now()) })

describe('二十分钟写好的反馈不因别人的小动作作废', () => {
  it('催办、联系、进展、协办单位签收和退单之后，原版本的反馈仍能提交', async () => {
    const dispatched = await desk.dispatched({}, { coUnitIds: [OTHER_UNIT] })
    const seen = await desk.act(CLERK, dispatched, 'acknowledge')
    await desk.act('agent1', seen, 'urge', { note: '又来电了' })
    const contactedAt = app.clock.now().toISOString()
    await desk.act(CLERK, seen, 'recordContact', { contactedAt, method: 'phone', isReached: true, result: '已联系' })
    await desk.act(CLERK, seen, 'recordProgress', { note: '已到现场' })
    const co = `clerk@${OTHER_UNIT}`
    await desk.act(co, seen, 'acknowledge')
    await desk.act(co, seen, 'requestReturn', { reason: 'other', basis: '无此职责', suggestedUnitId: UNIT })
    await desk.act('dispatcher1', seen, 'approveReturn', { opinion: '同意' })
    const replied = ok(await replyOn(seen))
    expect([replied.status, replied.version]).toEqual(['unitReview', seen.version + 7])
  })

  it('协办单位反馈、审核之后，主办原版本的反馈仍能提交', async () => {
    const seen = await desk.act(CLERK, await desk.dispatched({}, { coUnitIds: [OTHER_UNIT] }), 'acknowledge')
    await desk.act(`clerk@${OTHER_UNIT}`, seen, 'acknowledge')
    expect((await replyOn(seen)).body.message).toContain('还有 1 个协办')
    await desk.act(`handler@${OTHER_UNIT}`, seen, 'reply', aReply(app.clock.now()))
    await desk.act(`lead@${OTHER_UNIT}`, seen, 'reviewByUnit', { isPassed: true, opinion: '同意' })
    expect(ok(await replyOn(seen)).status).toBe('unitReview')
  })

  it('黄牌、红牌之后，原版本的反馈仍能提交', async () => {
    const seen = await desk.handling()
    app.clock.set(new Date(new Date(seen.resolveBy ?? '').getTime() + 5 * 86_400_000))
    for (let n = 0; n < 400; n += 1) {
      const { history } = ok(await desk.see('director', seen))
      if (history.some(({ card }: { card?: string }) => card === 'red')) break
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    const replied = ok(await replyOn(seen))
    expect(replied.redCount).toBe(1)
    expect(replied.version).toBeGreaterThan(seen.version + 1)
  })
})

describe('真正的冲突', () => {
  it('工单被更正：409，说明谁在何时改了什么，不带改动的内容', async () => {
    const seen = await desk.handling()
    await desk.act('dispatcher1', seen, 'amend', { changes: { title: '新的标题', urgency: 'urgent' }, reason: '补正' })
    const { status, body } = await replyOn(seen)
    expect([status, body.code, body.message]).toEqual([409, 'staleVersion', '工单已被他人更新，请核对后重试'])
    const dispatcher = await desk.as('dispatcher1')
    expect(body.details.since).toEqual([
      {
        type: 'ticket.amended',
        label: '更正',
        at: app.clock.now().toISOString(),
        by: dispatcher.user.name,
        fields: ['title', 'urgency'],
      },
    ])
    expect(body.details.version).toBe(seen.version + 1)
    expect(JSON.stringify(body)).not.toContain('新的标题')
  })

  it('被撤回改派、热线退回、本单位同事已反馈：409', async () => {
    const recalled = await desk.handling()
    await desk.act('dispatcher1', recalled, 'recall', { reason: '派错' })
    expect((await replyOn(recalled)).body).toMatchObject({
      code: 'staleVersion',
      details: { since: [{ label: '撤回改派' }] },
    })

    const replied = await desk.handling()
    await desk.act(HANDLER, replied, 'reply', aReply(app.clock.now()))
    expect((await replyOn(replied)).body).toMatchObject({
      code: 'staleVersion',
      details: { since: [{ label: '提交办理反馈' }] },
    })
  })

  it('所见时指的是哪个单位的退单，就审哪个单位的；那件已被别人审了，不会审到另一个单位头上', async () => {
    const seen = await desk.dispatched({}, { coUnitIds: [OTHER_UNIT, TOWN] })
    const body = { reason: 'other', basis: '无此职责', suggestedUnitId: UNIT }
    await desk.act(`clerk@${OTHER_UNIT}`, seen, 'requestReturn', body)
    const two = await desk.act(`clerk@${TOWN}`, seen, 'requestReturn', body)
    await desk.act('director', two, 'approveReturn', { opinion: '同意' })
    const late = await (
      await desk.as('dispatcher1')
    ).post(`/api/tickets/${two.id}/approveReturn`, {
      version: two.version,
      opinion: '同意',
    })
    expect([late.status, late.body.code]).toEqual([409, 'staleVersion'])
    const { assignments } = ok(await desk.see('director', two)) as TicketView
    const states = assignments.map(({ unitId, status }) => [unitId, status])
    expect(states).toEqual([
      [UNIT, 'toAcknowledge'],
      [OTHER_UNIT, 'toAcknowledge'],
      [TOWN, 'returned'],
    ])
  })

  it('两个派单员同时派同一张：一个成，一个 409', async () => {
    const ticket = await desk.register()
    const clients = [await desk.as('dispatcher1'), await desk.as('dispatcher2')]
    const bodies = [aDispatch(), aDispatch({ leadUnitId: OTHER_UNIT })]
    const answers = await Promise.all(
      clients.map((client, n) => client.post(`/api/tickets/${ticket.id}/dispatch`, { version: 1, ...bodies[n] })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    const lost = answers.find(({ status }) => status === 409)
    expect(lost?.body).toMatchObject({ code: 'staleVersion', details: { since: [{ type: 'ticket.dispatched' }] } })
    expect(ok(await desk.see('director', ticket)).assignments).toHaveLength(1)
  })

  it('十个人同时催办同一张：都成，一次不少', async () => {
    const ticket = await desk.handling()
    const clients = await Promise.all(['agent1', 'dispatcher1', 'dispatcher2', 'supervisor1', 'director'].map(desk.as))
    const answers = await Promise.all(
      [...clients, ...clients].map((client) =>
        client.post(`/api/tickets/${ticket.id}/urge`, { version: ticket.version, note: '请加快' }),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200))
    expect(ok(await desk.see('director', ticket)).urgeCount).toBe(10)
  })

  it('没见过的将来版本：400', async () => {
    const ticket = await desk.dispatched()
    const answer = await (await desk.as(CLERK)).post(`/api/tickets/${ticket.id}/acknowledge`, { version: 99 })
    expect([answer.status, answer.body.details.fields]).toEqual([400, [{ path: 'version', message: '大于现有版本' }]])
  })
})
