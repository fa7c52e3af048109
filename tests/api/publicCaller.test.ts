import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TicketView } from '@hotline/shared/ticket/view'
import { startApp, type TestApp } from '../helpers/app'
import { aDispatch, MATTER, NUMBER, ok, openDesk, TOWN, UNIT, type Desk } from '../helpers/desk'

let app: TestApp
let desk: Desk
beforeAll(async () => {
  app = await startApp()
  desk = openDesk(app)
})
afterAll(() => app.stop())

const post = (path: string, body: object, key: string | null = randomUUID()) =>
  app.request('POST', `/api/public${path}`, { body, key })
const mine = (overrides: object = {}) => ({
  caller: { number: '13855550001', name: '欧阳静文' },
  kind: 'complaint',
  regionCode: TOWN,
  address: '渤海十八路黄河五路',
  detail: '工地连续三晚施工到凌晨两点。',
  ...overrides,
})
const see = async (no: string) => ok(await (await desk.as('dispatcher1')).get(`/api/tickets/${no}`)) as TicketView
const idOf = async (no: string) => ({ id: (await see(no)).id })

describe('自己提交', () => {
  it('得到编号和查询码，等热线受理；受理后照常派单', async () => {
    const { no, queryCode, sentence, can } = ok(await post('/tickets', mine()))
    expect([no, queryCode]).toEqual([expect.stringMatching(/^\d{18}$/), expect.stringMatching(/^[2-9A-Z]{6}$/)])
    expect(sentence).toBe('您的诉求已收到，热线正在受理。')
    expect(can).toEqual(['withdraw'])
    const ticket = await see(no)
    expect(ticket).toMatchObject({
      status: 'registered',
      channel: 'website',
      registeredBy: { name: '诉求人' },
      contact: { number: '138****0001' },
    })
    const counts = ok(await (await desk.as('dispatcher1')).get('/api/tickets?desk=intake'))
    expect(counts.items.map((row: { no: string }) => row.no)).toContain(no)
    await desk
      .act('agent1', { id: ticket.id }, 'accept', { title: '夜间施工', matterCode: MATTER })
      .catch(() => undefined)
    await desk.act('dispatcher1', ticket, 'accept', { title: '夜间施工', matterCode: MATTER }).catch(() => undefined)
    expect((await desk.act('dispatcher1', ticket, 'dispatch', aDispatch())).status).toBe('dispatched')
  })

  it('同一请求重发，还是同一件；没有号码、内容的说明缺什么', async () => {
    const key = randomUUID()
    const first = ok(await post('/tickets', mine(), key))
    expect(ok(await post('/tickets', mine(), key))).toMatchObject({ no: first.no, queryCode: first.queryCode })
    const broken = await post('/tickets', mine({ caller: {}, address: undefined }))
    expect(broken.status).toBe(400)
    expect(broken.body.details.fields).toEqual([
      { path: 'caller.number', message: '请填写联系电话' },
      { path: 'address', message: '请写清具体地址，让人找得到' },
    ])
    expect((await post('/tickets', mine(), null)).status).toBe(400)
  })

  it('不能自定紧急程度、保密级别、被反映单位', async () => {
    for (const overrides of [
      { urgency: 'critical' },
      { confidentiality: 2, kind: 'report' },
      { accusedUnitIds: [UNIT] },
      { kind: 'rating' },
    ])
      expect((await post('/tickets', mine(overrides))).status).toBe(400)
  })

  it('可以对承办单位隐藏身份，或者匿名：单位看不到姓名、号码', async () => {
    for (const overrides of [
      { confidentiality: 1 },
      { caller: { number: '13855550003', name: '欧阳静文', isAnonymous: true } },
    ]) {
      const { no } = ok(await post('/tickets', mine(overrides)))
      const { id } = await see(no)
      await desk.act('dispatcher1', { id }, 'accept', { title: '夜间施工', matterCode: MATTER })
      await desk.act('dispatcher1', { id }, 'dispatch', aDispatch())
      const atUnit = JSON.stringify(ok(await desk.see(`clerk@${UNIT}`, { id })))
      for (const secret of ['欧阳', '1385555', '138****']) expect(atUnit).not.toContain(secret)
    }
  })

  it('可以选的区划是全市的，直到社区和村；一个位置在哪个县区', async () => {
    const { city, districts } = ok(await app.request('GET', '/api/public/regions'))
    expect(city).toEqual({ code: '371600', name: '滨州市' })
    const binzhou = districts.find(({ code }: { code: string }) => code === '371602')
    expect(binzhou.towns).toContainEqual({ code: TOWN, name: '彭李街道' })
    const towns = districts.flatMap((one: { towns: { code: string }[] }) => one.towns.map(({ code }) => code))
    expect(new Set(towns).size).toBe(towns.length)
    const below = async (code: string) => app.request('GET', `/api/public/regions/${code}/villages`)
    const { items } = ok(await below(TOWN)) as { items: { code: string; name: string }[] }
    expect(items.length).toBeGreaterThan(5)
    expect(items.every(({ code, name }) => code.startsWith(TOWN) && code.length === 12 && name)).toBe(true)
    for (const code of ['371602', '371602999']) expect((await below(code)).status).toBe(404)
    const village = items[0]?.code
    const { no } = ok(await post('/tickets', mine({ regionCode: village, address: '社区广场' })))
    expect(ok(await (await app.signIn('director')).get(`/api/tickets/${no}`)).regionCode).toBe(village)
    const at = (lng: number, lat: number) => app.request('POST', '/api/public/regions/at', { body: { lng, lat } })
    expect(ok(await at(118.0168, 37.3835))).toEqual({ districtCode: '371602', districtName: '滨城区' })
    expect(ok(await at(116.4, 39.9))).toEqual({})
    expect((await at(1, 2)).status).toBe(400)
    expect(ok(await app.request('GET', '/api/public/city'))).toMatchObject({ cityName: '滨州市', hotline: '12345' })
  })

  it('一个号码一天十件；答复丢了重发的不算', async () => {
    const caller = { number: '13855559999' }
    const key = randomUUID()
    for (let time = 0; time < 9; time += 1) ok(await post('/tickets', mine({ caller })))
    for (let time = 0; time < 3; time += 1) ok(await post('/tickets', mine({ caller }), key))
    expect((await post('/tickets', mine({ caller }))).status).toBe(429)
  })
})

describe('凭编号和查询码办事', () => {
  it('退补的自己补充，接着待受理；没有退补的不能补充', async () => {
    const { no, queryCode: code } = ok(await post('/tickets', mine({ caller: { number: '13855550002' } })))
    expect((await post(`/tickets/${no}/supplyInfo`, { code, facts: '在东北角' })).status).toBe(409)
    await desk.act('dispatcher1', await idOf(no), 'requestInfo', { missing: '请说明是哪个工地' })
    const seen = ok(await app.request('GET', `/api/public/tickets/${no}`, { headers: { 'Query-Code': code } }))
    expect(seen).toMatchObject({ missing: '请说明是哪个工地', can: ['supplyInfo', 'withdraw'] })
    expect(seen.sentence).toBe('您的诉求还缺少信息：请说明是哪个工地。请补充，或拨打 12345。')
    ok(await post(`/tickets/${no}/supplyInfo`, { code, facts: '路口东北角的工地' }))
    expect(await see(no)).toMatchObject({ status: 'registered', newFacts: [{ text: '路口东北角的工地' }] })
  })

  it('派出后可以补充新情况，单位看得到；也可以撤回，写明理由', async () => {
    const {
      id,
      no,
      queryCode: code,
    } = await desk.dispatched().then(async (ticket) => ({
      ...ticket,
      queryCode: await codeOf(ticket),
    }))
    ok(await post(`/tickets/${no}/supplement`, { code, text: '又开工了' }))
    const atUnit = ok(await desk.see(`clerk@${UNIT}`, { id })) as TicketView
    expect(atUnit.newFacts).toMatchObject([{ text: '又开工了' }])
    expect((await post(`/tickets/${no}/withdraw`, { code, reason: '' })).status).toBe(400)
    expect(ok(await post(`/tickets/${no}/withdraw`, { code, reason: '已经解决' }))).toMatchObject({
      sentence: '您已撤回该诉求。',
      can: [],
    })
    expect((await see(no)).assignments[0]?.status).toBe('recalled')
  })

  it('举报不能撤回；评价只在办结之后', async () => {
    const ticket = await desk.dispatched({ kind: 'report' })
    const code = await codeOf(ticket)
    const refused = await post(`/tickets/${ticket.no}/withdraw`, { code, reason: '算了' })
    expect([refused.status, refused.body.message]).toEqual([422, '举报不能撤回'])
    expect((await post(`/tickets/${ticket.no}/rate`, { code, score: 5 })).status).toBe(409)
    const closed = await desk.closed()
    ok(await post(`/tickets/${closed.no}/rate`, { code: await codeOf(closed), score: 5, comment: '满意' }))
    expect((await see(closed.no)).rating).toMatchObject({ score: 5, channel: 'web' })
  })

  it('查询码不对，什么也办不成', async () => {
    const ticket = await desk.dispatched()
    for (const [act, body] of [
      ['supplement', { text: '又开工了' }],
      ['withdraw', { reason: '算了' }],
      ['rate', { score: 1 }],
      ['supplyInfo', { facts: '东北角' }],
    ] as const)
      expect((await post(`/tickets/${ticket.no}/${act}`, { code: 'AAAAAA', ...body })).status).toBe(404)
    expect((await see(ticket.no)).version).toBe(ticket.version)
  })

  it('不能夹带版本、事项；同键重发只算一次', async () => {
    const ticket = await desk.dispatched()
    const code = await codeOf(ticket)
    expect((await post(`/tickets/${ticket.no}/supplement`, { code, text: '甲', version: 1 })).status).toBe(400)
    expect((await post(`/tickets/${ticket.no}/supplyInfo`, { code, facts: '甲', matterCode: MATTER })).status).toBe(400)
    const key = randomUUID()
    for (let time = 0; time < 3; time += 1)
      ok(await post(`/tickets/${ticket.no}/supplement`, { code, text: '甲' }, key))
    expect((await see(ticket.no)).newFacts).toHaveLength(1)
  })
})

async function codeOf({ id }: { id: string }): Promise<string> {
  const answer = await (
    await desk.as('dispatcher1')
  ).post(`/api/tickets/${id}/reveal`, {
    field: 'queryCode',
    reason: `核对 ${NUMBER.slice(-4)}`,
  })
  return ok(answer).queryCode
}
