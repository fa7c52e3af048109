import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type Client, type TestApp } from '../helpers/app'
import { eventually, ok, OTHER_UNIT, openDesk, UNIT, type Desk } from '../helpers/desk'

let app: TestApp
let beside: TestApp
let desk: Desk
let admin: Client
beforeAll(async () => {
  app = await startApp()
  beside = await startApp({ beside: app })
  desk = openDesk(app)
  admin = await app.signIn('admin')
})
afterAll(async () => {
  await beside.stop()
  await app.stop()
})

const RECEIVER = '371602-JT'
const leadOf = async (ticket: { id: string }) => ok(await desk.see('director', ticket)).leadUnitId
const close = (body: object, id = UNIT) => admin.post(`/api/units/${id}/close`, { reason: '机构改革', ...body })

describe('停用有在办工单的单位：一步移交', () => {
  it('没有说由谁接手的不停用；有下级在用的、热线自己的不停用', async () => {
    await desk.handling()
    const refused = await close({})
    expect([refused.status, refused.body.message]).toEqual([422, '还有 1 件在办工单，请选择接手单位，一并移交后停用'])
    expect(refused.body.details.openWork).toBe(1)
    expect((await close({}, '371602')).body.message).toMatch(/^下级单位.*还在用，请先停用下级$/)
    expect((await close({}, '371600-12345')).body.message).toContain('不能停用')
    expect((await close({ reason: '' })).status).toBe(400)
    expect((await close({ handOverTo: UNIT })).body.message).toBe('接手的不能是它自己')
    const dispatcher = await app.signIn('dispatcher1')
    expect((await dispatcher.post(`/api/units/${UNIT}/close`, { reason: '试' })).status).toBe(403)
  })

  it('有一件接不了的，全都不动，说明是哪件、为什么', async () => {
    const both = await desk.dispatched({}, { coUnitIds: [RECEIVER] })
    const refused = await close({ handOverTo: RECEIVER })
    expect(refused.status).toBe(422)
    expect(refused.body.details.tickets).toEqual([{ no: both.no, reason: '滨城区交通运输局已承办本件' }])
    expect(ok(await admin.get(`/api/units/${UNIT}`)).isOpen).toBe(true)
    expect(await leadOf(both)).toBe(UNIT)
    await desk.act('dispatcher1', both, 'recall', { reason: '重新确定协办' })
  })

  it('移交后停用：在办、待审、待回访的都到接手单位，时限不变；候选不再有它；别的进程也知道', async () => {
    const handling = await desk.handling()
    const inCallback = await desk.inCallback()
    const before = ok(await desk.see('director', handling))
    const { handedOver, unit } = ok(await close({ handOverTo: RECEIVER }))
    expect([handedOver, unit.isOpen]).toEqual([3, false])
    expect(await leadOf(handling)).toBe(RECEIVER)
    expect(await leadOf(inCallback)).toBe(RECEIVER)
    const after = ok(await desk.see(`clerk@${RECEIVER}`, handling))
    expect([after.status, after.resolveBy]).toEqual([before.status, before.resolveBy])
    expect(after.history.at(-1)).toMatchObject({
      type: 'ticket.handedOver',
      fromUnitId: UNIT,
      reason: '滨城区住房和城乡建设局停用：机构改革',
    })
    expect((await desk.see(`clerk@${UNIT}`, handling)).status).toBe(404)
    const ask = async (client: Client) =>
      ok(await client.get('/api/catalogue/candidates?matterCode=010501&regionCode=371602005')).items[0].unitId
    expect(await ask(admin)).not.toBe(UNIT)
    const there = await beside.signIn('admin')
    await eventually(
      () => ask(there),
      (unitId) => unitId !== UNIT,
    )
    const { items } = ok(await (await app.signIn('director')).get('/api/audit?action=unit.closed'))
    expect(items[0]).toMatchObject({ target: `units/${UNIT}`, reason: '机构改革', details: { handOverTo: RECEIVER } })
    expect((await close({})).body.message).toBe('该单位已停用')
  })

  it('可以再启用', async () => {
    expect(ok(await admin.post(`/api/units/${UNIT}/open`)).unit.isOpen).toBe(true)
    expect((await admin.post(`/api/units/${UNIT}/open`)).status).toBe(422)
  })
})

describe('停用有在办工单的账号：一步移交同事', () => {
  it('交给本单位的经办人；别的单位的、不是经办人的不行', async () => {
    const handler = await app.signIn(`handler@${OTHER_UNIT}`)
    const colleague = await app.signIn(`handler2@${OTHER_UNIT}`).catch(() => undefined)
    const clerk = await app.signIn(`clerk@${OTHER_UNIT}`)
    const ticket = await desk.handling({}, { leadUnitId: OTHER_UNIT })
    await desk.act(`clerk@${OTHER_UNIT}`, ticket, 'assignHandler', { handlerId: handler.user.id })
    const disable = (handOverTo?: string) => admin.post(`/api/users/${handler.user.id}/disable`, { handOverTo })
    expect((await disable()).body.message).toBe('还有 1 件在办工单，请先移交再停用')
    expect((await disable(clerk.user.id)).body.message).toContain('接手人不是该单位在岗的经办人员')
    expect((await disable(handler.user.id)).body.message).toBe('接手的不能是他自己')
    const receiver =
      colleague?.user.id ??
      ok(
        await admin.post('/api/users', {
          username: 'second-handler',
          name: '李接手',
          roles: ['handler'],
          unitId: OTHER_UNIT,
          password: 'Xk7-mountain-pass',
        }),
      ).id
    // An account that was made a moment ago can take over at once.
    expect((await disable(receiver)).status).toBe(200)
    const after = ok(await desk.see('director', ticket))
    expect(after.assignments[0]).toMatchObject({ unitId: OTHER_UNIT, handlerId: receiver, status: 'handling' })
  })
})
