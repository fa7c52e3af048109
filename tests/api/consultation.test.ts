import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TicketView } from '@hotline/shared/ticket/view'
import { startApp, type TestApp } from '../helpers/app'
import { aDispatch, COUNTY, eventually, ok, openDesk, OTHER_UNIT, TOWN, UNIT, type Desk } from '../helpers/desk'
import { aPhoto, upload } from '../helpers/files'

let app: TestApp
let desk: Desk
beforeAll(async () => {
  app = await startApp()
  desk = openDesk(app)
})
afterAll(() => app.stop())

const invitation = { topic: '工地噪音由谁牵头', unitIds: [UNIT, OTHER_UNIT] }
const conclusion = () => aDispatch({ coUnitIds: [OTHER_UNIT], basis: '会商纪要第 12 号' })
const opinion = { stance: 'lead', opinion: '由我单位牵头', basis: '三定规定第二条' }
const open = async (registration?: Record<string, unknown>) =>
  desk.act('dispatcher1', await desk.register(registration), 'openConsultation', invitation)
const countOf = async (username: string, name: string) => {
  const client = await desk.as(username)
  return ok(await client.get('/api/tickets/desk-counts'))[name] as number
}

describe('会商', () => {
  it('两个单位会商，结论一次派出，不得再退', async () => {
    const ticket = await open()
    expect(ticket.status).toBe('consulting')
    expect(ticket.unitNames[OTHER_UNIT]).toBeDefined()
    await desk.act(`clerk@${UNIT}`, ticket, 'giveOpinion', opinion)
    await desk.act(`lead@${OTHER_UNIT}`, ticket, 'giveOpinion', { stance: 'co', opinion: '可以协办' })
    const photo = ok(await upload(app, await desk.as(`handler@${UNIT}`), '现场.jpg', await aPhoto()))
    await desk.act(`handler@${UNIT}`, ticket, 'recordSiteVisit', {
      visitedAt: app.clock.now().toISOString(),
      place: '渤海十八路黄河五路',
      unitIds: [UNIT, OTHER_UNIT],
      people: '住建局李强、城管局王芳',
      findings: '现场正在浇筑混凝土',
      attachmentIds: [photo.id],
    })
    const done = await desk.act('dispatcher1', ticket, 'concludeConsultation', conclusion())
    expect(done).toMatchObject({ status: 'dispatched', leadUnitId: UNIT })
    expect(done.consultations?.[0]?.opinions).toHaveLength(2)
    expect(done.assignments.map(({ locked, lockedReason }) => [locked, lockedReason])).toEqual([
      [true, '会商确定，不得退单'],
      [true, '会商确定，不得退单'],
    ])
    const refused = await desk.tryTo(`clerk@${UNIT}`, ticket, 'requestReturn', {
      reason: 'notOurDuty',
      basis: '三定规定',
      suggestedUnitId: OTHER_UNIT,
    })
    expect([refused.status, refused.body.message]).toEqual([422, '会商确定，不得退单'])
  })

  it('受邀单位看得到、在会商邀请里；未受邀的看不到；结束后没有任务的看不到', async () => {
    const ticket = await open()
    expect((await desk.see(`handler@${OTHER_UNIT}`, ticket)).status).toBe(200)
    expect((await desk.see(`clerk@${TOWN}`, ticket)).status).toBe(404)
    const list = ok(await (await desk.as(`clerk@${OTHER_UNIT}`)).get('/api/tickets?desk=invited'))
    expect(list.items.map(({ id }: TicketView) => id)).toContain(ticket.id)
    const queue = ok(await (await desk.as('dispatcher1')).get('/api/tickets?desk=consulting'))
    expect(queue.items.map(({ id }: TicketView) => id)).toContain(ticket.id)

    await desk.act('director', ticket, 'concludeConsultation', aDispatch({ basis: '会商纪要' }))
    expect((await desk.see(`clerk@${OTHER_UNIT}`, ticket)).status).toBe(404)
  })

  it('有人发言，不耽误正在写结论的派单员', async () => {
    const ticket = await open()
    await desk.act(`clerk@${UNIT}`, ticket, 'giveOpinion', opinion)
    const dispatcher = await desk.as('dispatcher1')
    const answer = await dispatcher.post(`/api/tickets/${ticket.id}/concludeConsultation`, {
      version: ticket.version,
      ...conclusion(),
    })
    expect(answer.status).toBe(200)
  })

  it('保密举报的被反映单位不能受邀，也看不到会商', async () => {
    const secret = await desk.register({ kind: 'report', confidentiality: 2, accusedUnitIds: [UNIT] })
    const refused = await desk.tryTo('dispatcher1', secret, 'openConsultation', invitation)
    expect([refused.status, refused.body.code]).toEqual([422, 'ruleViolated'])
    await desk.act('dispatcher1', secret, 'openConsultation', { ...invitation, unitIds: [OTHER_UNIT] })
    expect((await desk.see(`lead@${UNIT}`, secret)).status).toBe(404)
    expect((await desk.see(`clerk@${COUNTY}`, secret)).status).toBe(200)
  })

  it('受邀单位的收文员收到会商邀请', async () => {
    const ticket = await open()
    const client = await desk.as(`clerk@${OTHER_UNIT}`)
    const mine = await eventually(
      async () => ok(await client.get('/api/notices')).items as { ticketId: string; title: string }[],
      (items) => items.some(({ ticketId }) => ticketId === ticket.id),
    )
    expect(mine.find(({ ticketId }) => ticketId === ticket.id)?.title).toBe('会商邀请')
  })

  it('取消后回到待派单的队列', async () => {
    const before = await countOf('dispatcher1', 'consulting')
    const ticket = await open()
    expect(await countOf('dispatcher1', 'consulting')).toBe(before + 1)
    const back = await desk.act('dispatcher1', ticket, 'cancelConsultation', { reason: '职责已明确' })
    expect(back).toMatchObject({ status: 'accepted' })
    expect(back.dispatchBy).toBeDefined()
    expect(await countOf('dispatcher1', 'consulting')).toBe(before)
  })

  it('缺议题、缺单位、缺依据，一次说全', async () => {
    const ticket = await desk.register()
    const refused = await desk.tryTo('dispatcher1', ticket, 'openConsultation', { topic: '', unitIds: [] })
    expect(refused.status).toBe(400)
    expect(refused.body.details.fields.map(({ path }: { path: string }) => path).sort()).toEqual(['topic', 'unitIds'])
  })
})
