import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../helpers/app'
import { COUNTY, eventually, ok, openDatabase, openDesk, OTHER_UNIT, TOWN, UNIT, type Desk } from '../helpers/desk'

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

const HOUR = 3_600_000
const NIGHT = 14 * HOUR
const PHONES = { [UNIT]: '0543-3160001', [COUNTY]: '0543-3160002', [TOWN]: '13900000003' }
const setPhone = async (username: string, unitId: string, phone: string) =>
  (await desk.as(username)).post(`/api/units/${unitId}/duty-phone`, { phone })
const phoneOf = async (username: string, unitId: string) =>
  (await desk.as(username)).get(`/api/units/${unitId}/duty-phone`)

async function alertsOf({ id }: { id: string }) {
  await eventually(
    () => database.db.collection('tickets').countDocuments({ _id: id as never, hasNews: true }),
    (count) => count === 0,
    '没有通知完',
  )
  const rows = await database.db.collection('messages').find({ ticketId: id, purpose: 'dutyAlert' }).toArray()
  return rows.map(({ _id }) => String(_id).split(':').at(-1)).sort()
}

describe('值班电话', () => {
  it('由系统管理员、热线主任设置；密封保存，单位名录里没有；取消以后没有了', async () => {
    for (const [unitId, phone] of Object.entries(PHONES)) ok(await setPhone('director', unitId, phone))
    expect(ok(await phoneOf('admin', UNIT))).toEqual({ phone: PHONES[UNIT] })
    for (const username of [`lead@${UNIT}`, 'dispatcher1', 'agent1']) {
      expect((await setPhone(username, UNIT, '110')).status).toBe(403)
      expect((await phoneOf(username, UNIT)).status).toBe(403)
    }
    expect(JSON.stringify(await database.db.collection('unitPhones').find().toArray())).not.toContain('3160001')
    expect(JSON.stringify(ok(await (await desk.as('admin')).get('/api/units')))).not.toContain('3160001')
    const wrong = await setPhone('admin', UNIT, '没有')
    expect([wrong.status, wrong.body.details.fields[0].message]).toEqual([400, '值班电话格式不正确'])
    expect((await setPhone('admin', 'X', '12345')).status).toBe(404)
    ok(await setPhone('admin', OTHER_UNIT, '3161234'))
    ok(await setPhone('admin', OTHER_UNIT, ''))
    expect(ok(await phoneOf('admin', OTHER_UNIT))).toEqual({})
  })

  it('紧急工单在非工作时间派到的，通知主办、协办的值班电话；工作时间、一般工单不通知', async () => {
    const urgent = { urgency: 'urgent' }
    expect(await alertsOf(await desk.dispatched(urgent))).toEqual([])
    app.clock.advance(NIGHT)
    expect(await alertsOf(await desk.dispatched())).toEqual([])
    const both = await desk.dispatched(urgent, { coUnitIds: [COUNTY], copyUnitIds: [TOWN] })
    expect(await alertsOf(both)).toEqual([COUNTY, UNIT])
    const { items } = ok(await (await desk.as('admin')).get('/api/messages?pageSize=100'))
    const told = items.find(({ text }: { text: string }) => text.startsWith(`紧急工单 ${both.no} 已派至您单位`))
    expect(told.text).toMatch(/请于 .+ 前签收。$/)
  })

  it('夜里下派到街道的，街道的值班电话也通知', async () => {
    const ticket = await desk.handling({ urgency: 'urgent', matterCode: '050401' }, { leadUnitId: COUNTY })
    const task = { unitId: TOWN, task: '到场处置', standard: '报送处置情况', limit: { kind: 'profile' } }
    expect(await alertsOf(await desk.act(`clerk@${COUNTY}`, ticket, 'delegate', task))).toEqual([TOWN, COUNTY].sort())
  })
})
