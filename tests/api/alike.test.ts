import type { AlikeAnswer } from '@hotline/shared/ticket/alikeView'
import type { TicketView } from '@hotline/shared/ticket/view'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../helpers/app'
import {
  aCaller,
  aDispatch,
  eventually,
  ok,
  openDatabase,
  openDesk,
  OTHER_UNIT,
  UNIT,
  type Desk,
} from '../helpers/desk'

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

const NOISE = {
  matterCode: '010501',
  title: '工地夜间施工噪音',
  detail: '工地连续三晚浇筑混凝土到凌晨两点，孩子没法睡觉。',
}
const STALL = {
  matterCode: '020101',
  title: '占道经营',
  detail: '学校门口流动摊贩占道经营，油烟呛人，放学时车辆过不去。',
}

const fed = () =>
  eventually(
    () => database.db.collection('tickets').countDocuments({ isTextStale: true }),
    (stale) => stale === 0,
  )
const ask = async (username: string, body: object): Promise<AlikeAnswer> =>
  ok(await (await desk.as(username)).post('/api/tickets/alike', body))
const unitOf = ({ units }: AlikeAnswer, unitId: string) => units.find((unit) => unit.unitId === unitId)
const ticketOf = ({ tickets }: AlikeAnswer, { no }: TicketView) => tickets.find((ticket) => ticket.no === no)

describe('相似工单的办理情况', () => {
  let closed: TicketView
  beforeAll(async () => {
    closed = await desk.closed({ ...NOISE, caller: aCaller({ name: '欧阳静文' }) })
    await desk.closed({ ...NOISE, detail: `${NOISE.detail}打过两次电话。` })
    await desk.closed({ ...STALL }, { leadUnitId: OTHER_UNIT })
    await fed()
  })

  it('说得出是哪个事项、该谁办、以前怎样答复，各有理由和把握', async () => {
    const answer = await ask('dispatcher1', { detail: `${NOISE.detail}请尽快处理`, regionCode: '371602005' })
    expect(answer.matters[0]).toMatchObject({ code: '010501', count: 2, of: 2, path: expect.stringContaining('>') })
    expect(answer.matters[0]?.reason).toContain('2 件相似工单中 2 件属此事项')
    expect(answer.matters[0]?.confidence).toBeGreaterThan(0.6)
    expect(answer.units[0]).toMatchObject({ unitId: UNIT, count: 2, of: 2, share: 1 })
    expect(ticketOf(answer, closed)).toMatchObject({
      answerExcerpt: '您反映的夜间施工已停止。',
      unitName: expect.stringContaining('滨城区'),
    })
    expect(ticketOf(answer, closed)?.similarity).toBeGreaterThan(0.6)
    expect(answer.tickets.map(({ title }) => title)).not.toContain(STALL.title)
  })

  it('最像的在前；以前的办理单位在别的县区，换成本地的同类单位', async () => {
    const answer = await ask('dispatcher1', { ...NOISE, regionCode: '371623' })
    expect(unitOf(answer, UNIT)).toBeUndefined()
    expect(unitOf(answer, '371623-ZJ')).toMatchObject({ count: 2 })
    const likeness = answer.tickets.map(({ similarity }) => similarity)
    expect(likeness).toEqual([...likeness].sort((a, b) => b - a))
  })

  it('话务员看到别人登记的办结件的公开答复，没有诉求人的任何信息；单位不能问', async () => {
    const spoken = await desk.inReview(
      { ...NOISE, title: '欧阳静文反映夜间施工', caller: aCaller({ name: '欧阳静文', number: '13900007777' }) },
      {},
    )
    await desk.act(`lead@${UNIT}`, spoken, 'reviewByUnit', { isPassed: false, opinion: '请写明' })
    await desk.act(`handler@${UNIT}`, spoken, 'reply', {
      ...{ isFactual: 'yes', contacted: 'yes', contactedAt: app.clock.now().toISOString(), contactMethod: 'phone' },
      ...{ contactNumber: '13900007777', solved: 'yes', handling: '已责令整改' },
      publicReply: '欧阳静文女士您好，工地已停工，如有问题请拨打13811112222。',
    })
    await desk.act(`lead@${UNIT}`, spoken, 'reviewByUnit', { isPassed: true, opinion: '同意' })
    await desk.act('dispatcher1', spoken, 'reviewByHotline', { isPassed: true, opinion: '同意' })
    await desk.act('callback1', spoken, 'recordCallback', {
      ...{ method: 'phone', solved: 'yes', contactedByUnit: true },
      satisfaction: { result: 5, attitude: 5, agent: 5 },
    })
    await fed()
    const answer = await ask('agent2', { ...NOISE })
    const found = ticketOf(answer, spoken)
    expect(found?.answerExcerpt).toContain('工地已停工')
    expect(JSON.stringify(answer)).not.toMatch(/欧阳|静文|13811112222|13900007777/)
    const refused = await (await desk.as(`clerk@${UNIT}`)).post('/api/tickets/alike', NOISE)
    expect([refused.status, refused.body.code]).toEqual([403, 'forbidden'])
  })

  it('采用以前的答复，取的是全文，分段照旧，同样隐去诉求人；保密的、没办结的、单位都取不到', async () => {
    const paragraph = '经现场核查，施工单位已停止夜间施工并签订承诺书，监理单位每晚巡查，社区每周回访。'
    const publicReply =
      Array.from({ length: 9 }, (_, n) => `${n + 1}. ${paragraph}`).join('\n') + '欧阳静文女士请放心。'
    const asked = await desk.register({ ...NOISE, caller: aCaller({ name: '欧阳静文' }) })
    const long = await desk.act('agent1', asked, 'answer', { answer: publicReply })
    await fed()
    const listed = ticketOf(await ask('agent2', { ...NOISE }), long)
    expect(listed?.answerExcerpt).toHaveLength(161)
    const whole = async (username: string, { id }: { id: string }) =>
      (await desk.as(username)).get(`/api/tickets/${id}/answered`)
    const { answer } = ok(await whole('agent2', long)) as { answer: string }
    expect(answer.split('\n')).toHaveLength(9)
    expect(answer).toContain(`9. ${paragraph}`)
    expect(answer).not.toMatch(/欧阳|静文/)

    expect((await whole(`clerk@${UNIT}`, long)).status).toBe(403)
    const hidden = await desk.closed({ ...NOISE, confidentiality: 1 })
    const open = await desk.register({ ...NOISE })
    for (const { id } of [hidden, open, { id: 'nobody' }])
      expect((await whole('agent2', { id })).body).toMatchObject({ code: 'notFound' })
  })

  it('并了单的，采用答复时并进来的诉求人也隐去', async () => {
    const lamps = { ...NOISE, title: '路灯不亮', detail: '小区东门外三盏路灯都不亮，老人晚上出门看不见路，容易摔倒。' }
    const asked = await desk.register({ ...lamps, caller: aCaller({ name: '欧阳静文' }) })
    const second = await desk.register({ ...lamps, caller: aCaller({ name: '司马青山', number: '13955556666' }) })
    await desk.act('dispatcher1', second, 'merge', { mainId: asked.no, reason: '同一处' })
    const main = ok(await desk.see('agent1', asked)) as TicketView
    await desk.act('agent1', main, 'answer', { answer: '欧阳静文女士、司马青山先生，路灯今晚修好。' })
    await fed()
    const dispatcher = await desk.as('dispatcher1')
    const { answer } = ok(await dispatcher.get(`/api/tickets/${asked.id}/answered`)) as { answer: string }
    expect(answer).toContain('路灯今晚修好')
    expect(JSON.stringify([answer, await ask('dispatcher1', lamps)])).not.toMatch(/静文|青山/)
  })

  it('退单后改派的，算最后办理的单位；退单记在退单的单位名下', async () => {
    const matter = {
      matterCode: '030101',
      title: '井盖丢失',
      detail: '长江路人行道上的雨水井盖丢失三天，晚上看不见容易掉下去。',
    }
    const returned = await desk.dispatched(matter)
    await desk.act(`clerk@${UNIT}`, returned, 'requestReturn', {
      ...{ reason: 'notOurDuty', basis: '三定规定第三条', suggestedUnitId: OTHER_UNIT },
    })
    await desk.act('dispatcher1', returned, 'approveReturn', { opinion: '属实' })
    await desk.act('dispatcher1', returned, 'dispatch', aDispatch({ leadUnitId: OTHER_UNIT }))
    await desk.act(`clerk@${OTHER_UNIT}`, returned, 'acknowledge')
    await fed()
    const { units, records } = await ask('dispatcher1', { ...matter, regionCode: '371602005' })
    const shares = Object.fromEntries(units.map(({ unitId, count }) => [unitId, count]))
    expect(shares[OTHER_UNIT]).toBe(1)
    expect(shares[UNIT] ?? 0).toBe(0)
    expect(records.find(({ unitId }) => unitId === UNIT)).toMatchObject({
      handled: 0,
      sent: 1,
      returned: 1,
      returnRate: 1,
    })
    expect(records.find(({ unitId }) => unitId === OTHER_UNIT)).toMatchObject({
      handled: 1,
      of: 1,
      share: 1,
      returned: 0,
    })
  })

  it('本地此事项的办理记录：办过几件、按时几件', async () => {
    const { records, recordDays } = await ask('dispatcher1', { matterCode: '010501', regionCode: '371602005' })
    const own = records.find(({ unitId }) => unitId === UNIT)
    expect(recordDays).toBe(180)
    expect(own).toMatchObject({ share: 1, returnRate: 0, onTimeRate: 1 })
    expect(own?.ended).toBeGreaterThanOrEqual(2)
  })

  it('保密件从不出现，也不参与计算，对谁都一样', async () => {
    const detail = '举报某工地夜间施工偷排泥浆到护城河，晚上十点以后有罐车进出，车牌看不清。'
    for (const confidentiality of [1, 2])
      await desk.closed({ ...NOISE, kind: 'report', detail, title: '偷排泥浆', confidentiality })
    await fed()
    for (const who of ['dispatcher1', 'agent1', 'director']) {
      const answer = await ask(who, { title: '偷排泥浆', detail, regionCode: '371602005' })
      expect(answer.tickets.map(({ title }) => title)).not.toContain('偷排泥浆')
      expect(answer.matters.every(({ of }) => of <= 3)).toBe(true)
    }
  })

  it('被反映的单位及其下级从不建议', async () => {
    const body = { ...NOISE, regionCode: '371602005' }
    expect(unitOf(await ask('agent1', body), UNIT)).toBeDefined()
    expect(unitOf(await ask('agent1', { ...body, accusedUnitIds: [UNIT] }), UNIT)).toBeUndefined()
  })

  it('问一张已有的工单：不拿它和自己比；看不到的工单不能问', async () => {
    const ticket = await desk.register({ ...NOISE })
    await fed()
    const answer = await ask('dispatcher1', { ticketId: ticket.id })
    expect(ticketOf(answer, ticket)).toBeUndefined()
    expect(answer.units[0]?.unitId).toBe(UNIT)
    const hidden = await (await desk.as('agent3')).post('/api/tickets/alike', { ticketId: ticket.id })
    expect(hidden.status).toBe(404)
  })

  it('待派的同类：同事项、目录建议同一单位；别的县区、别的事项不算，已派的不算', async () => {
    const draft = { ...NOISE, matterCode: '010503', title: '工地围挡倾斜' }
    const first = await desk.register(draft)
    const second = await desk.register({ ...draft, regionCode: '371602001' })
    await desk.register({ ...draft, regionCode: '371623' })
    await desk.register({ ...draft, matterCode: '010501' })
    await desk.dispatched(draft)
    const kin = ok(await (await desk.as('dispatcher1')).get(`/api/tickets/${first.id}/kin`))
    expect(kin.items.map(({ no }: TicketView) => no).sort()).toEqual([first.no, second.no].sort())
    expect(kin.unitName).toContain('滨城区')
    expect((await (await desk.as('agent1')).get(`/api/tickets/${first.id}/kin`)).status).toBe(403)
  })

  it('地图上同地点的以往工单：只给热线，由近及远，保密的没有', async () => {
    const at = (lng: number, lat: number) => ({ matterCode: '020503', location: { lng, lat } })
    const near = await desk.register(at(118.002, 37.38))
    const nearer = await desk.register(at(118.001, 37.38))
    await desk.register(at(118.2, 37.38))
    await desk.register({ ...at(118.001, 37.38), kind: 'report', confidentiality: 2 })
    const body = { ...at(118, 37.38), regionCode: '371602005' }
    expect((await ask('dispatcher1', body)).nearby.map(({ no }) => no)).toEqual([nearer.no, near.no])
    expect((await ask('agent1', body)).nearby).toEqual([])
  })

  it('打字打到一半也能问', async () => {
    expect(await ask('agent1', {})).toMatchObject({ matters: [], units: [], tickets: [], records: [] })
    expect((await ask('agent1', { detail: '工' })).tickets).toEqual([])
    expect((await ask('agent1', { matterCode: '999999', regionCode: '999999', detail: '不知道' })).records).toEqual([])
  })
})
