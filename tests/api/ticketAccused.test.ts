import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TicketRow, TicketView } from '@hotline/shared/ticket/view'
import { startApp, type TestApp } from '../helpers/app'
import { aDispatch, COUNTY, eventually, ok, openDatabase, openDesk, TOWN, UNIT, type Desk } from '../helpers/desk'
import { listen } from '../helpers/socket'

let app: TestApp
let desk: Desk
beforeAll(async () => {
  app = await startApp()
  desk = openDesk(app)
})
afterAll(() => app.stop())

/** A report against 滨城区's housing bureau, kept secret from it; the city's bureau looks into it. */
const CITY_UNIT = '371600-ZJ'
const report = { kind: 'report', confidentiality: 2, title: '举报住建局某科长收受好处' }
const ids = (body: { items: TicketRow[] }) => body.items.map(({ id }) => id)

async function seesNothing(person: string, { id, no }: Pick<TicketView, 'id' | 'no'>) {
  const client = await desk.as(person)
  for (const name of [id, no]) {
    const answer = await client.get(`/api/tickets/${name}`)
    expect([person, answer.status, answer.body.message]).toEqual([person, 404, '没有这张工单，或您无权查看'])
  }
  for (const query of ['', '?q=收受好处', `?q=${no}`, '?kind=report', `?unitId=${CITY_UNIT}`, `?matterCode=010501`]) {
    const list = ok(await client.get(`/api/tickets${query}`))
    expect([person, query, ids(list).includes(id)]).toEqual([person, query, false])
  }
  const urge = await client.post(`/api/tickets/${id}/urge`, { version: 1 })
  const reveal = await client.post(`/api/tickets/${id}/reveal`, { field: 'contact', reason: '联系诉求人' })
  expect([urge.status, reveal.status]).toEqual([404, 404])
}

describe('举报保密', () => {
  it('被反映单位及其下级：列表、搜索、标识、编号、操作、推送，都如同没有这张工单', async () => {
    const accused = [`clerk@${COUNTY}`, `lead@${COUNTY}`, `clerk@${UNIT}`, `handler@${TOWN}`, `countyadmin@${COUNTY}`]
    const ears = await Promise.all(accused.map(async (person) => listen(app, await desk.as(person))))
    const watcher = await listen(app, await desk.as(`clerk@${CITY_UNIT}`))
    const ticket = await desk.dispatched({ ...report, accusedUnitIds: [COUNTY] }, { leadUnitId: CITY_UNIT })
    for (const person of accused) await seesNothing(person, ticket)
    for (const ear of ears) expect(await ear.follow(ticket.id)).toBe(false)
    expect(await watcher.follow(ticket.id)).toBe(true)
    await desk.act(`clerk@${CITY_UNIT}`, ticket, 'acknowledge')
    await eventually(
      async () => watcher.heard,
      (heard) => heard.length >= 2,
    )
    for (const ear of [...ears, watcher]) ear.close()
    expect(ears.flatMap(({ heard }) => heard)).toEqual([])
  })

  it('兼任话务员的，凭编号也打不开；话务员打得开', async () => {
    const account = {
      username: 'both.roles',
      name: '诸葛明',
      roles: ['agent', 'clerk'],
      unitId: UNIT,
      password: 'Rain-2026-lamp',
    }
    ok(await (await desk.as('admin')).post('/api/users', account))
    const both = await app.signInFirst(account.username, account.password)
    const secret = await desk.dispatched({ ...report, accusedUnitIds: [COUNTY] }, { leadUnitId: CITY_UNIT })
    expect((await both.get(`/api/tickets/${secret.no}`)).status).toBe(404)
    expect((await (await desk.as('agent2')).get(`/api/tickets/${secret.no}`)).status).toBe(200)
  })

  it('评价的整改工单也派不到被反映单位', async () => {
    const secret = await desk.closed({ ...report, accusedUnitIds: [COUNTY] }, { leadUnitId: CITY_UNIT })
    const { queryCode } = ok(
      await (
        await desk.as('agent1')
      ).post(`/api/tickets/${secret.id}/reveal`, { field: 'queryCode', reason: '告知诉求人' }),
    )
    ok(await app.request('POST', `/api/public/tickets/${secret.no}/rate`, { body: { code: queryCode, score: 1 } }))
    const director = await desk.as('director')
    const item = await eventually(
      async () => ok(await director.get('/api/ratings')).items[0],
      (found) => found?.rectification !== undefined,
    )
    const rectification = ok(await desk.see('director', { id: item.rectification.ticketId })) as TicketView
    expect(rectification).toMatchObject({ leadUnitId: CITY_UNIT, accusedUnitIds: [COUNTY] })
    await desk.act('dispatcher1', rectification, 'recall', { reason: '改派' })
    const answer = await desk.tryTo('dispatcher1', rectification, 'dispatch', aDispatch())
    expect(answer.body.message).toContain('是被反映单位，不得承办')
  })

  it('派不到被反映单位或其下级，无论主办、协办、抄送', async () => {
    const ticket = await desk.register({ ...report, accusedUnitIds: [COUNTY] })
    const tries = [{ leadUnitId: UNIT }, { coUnitIds: [TOWN] }, { copyUnitIds: [COUNTY] }]
    for (const units of tries) {
      const answer = await desk.tryTo('dispatcher1', ticket, 'dispatch', aDispatch({ leadUnitId: CITY_UNIT, ...units }))
      expect([answer.status, answer.body.code]).toEqual([422, 'ruleViolated'])
      expect(answer.body.message).toContain('是被反映单位，不得承办')
    }
  })

  it('候选单位中没有被反映单位', async () => {
    const path = `/api/catalogue/candidates?matterCode=010501&regionCode=${TOWN}&limit=20&accused=`
    const dispatcher = await desk.as('dispatcher1')
    const unitsOf = async (accused: string) =>
      ok(await dispatcher.get(path + accused)).items.map(({ unitId }: { unitId: string }) => unitId)
    expect(await unitsOf('')).toContain(UNIT)
    const left = await unitsOf(COUNTY)
    expect(left.length).toBeGreaterThan(0)
    expect(left.filter((unitId: string) => unitId.startsWith(COUNTY))).toEqual([])
  })

  it('办理中才查明反映的就是承办单位：改为保密后它当即看不见，也再收不到任何推送和消息', async () => {
    const ticket = await desk.handling({ title: '某科长 13512345678 吃拿卡要', kind: 'report' })
    const ear = await listen(app, await desk.as(`clerk@${UNIT}`))
    const superior = await listen(app, await desk.as(`clerk@${COUNTY}`))
    expect(await ear.follow(ticket.id)).toBe(true)
    const { db, close } = await openDatabase(app)
    const notices = () =>
      db.collection('notices').countDocuments({ ticketId: ticket.id, recipient: { $regex: `^unit:${UNIT}` } })
    await eventually(notices, (count) => count > 0)
    await desk.act('dispatcher1', ticket, 'amend', {
      changes: { confidentiality: 2, accusedUnitIds: [UNIT] },
      reason: '反映对象为承办单位',
    })
    // What it was told before is taken out of its post.
    await eventually(notices, (count) => count === 0)
    ear.heard.length = 0
    await seesNothing(`clerk@${UNIT}`, ticket)
    await seesNothing(`lead@${UNIT}`, ticket)
    superior.heard.length = 0
    await desk.act('supervisor1', ticket, 'urge', { note: '请热线改派' })
    await eventually(
      async () => superior.heard,
      (heard) => heard.length > 0,
    )
    await eventually(
      () => db.collection('tickets').countDocuments({ no: ticket.no, hasNews: true }),
      (waiting) => waiting === 0,
    )
    expect(await notices()).toBe(0)
    expect(ear.heard).toEqual([])
    expect(ok(await desk.see(`clerk@${COUNTY}`, ticket)).id).toBe(ticket.id)
    await desk.act('dispatcher1', ticket, 'recall', { reason: '改派' })
    for (const one of [ear, superior]) one.close()
    await close()
  })

  it('消息里的标题不带电话号码', async () => {
    await desk.dispatched({ title: '请回电 13512345678' })
    const clerk = await desk.as(`clerk@${UNIT}`)
    const items = async () => JSON.stringify(ok(await clerk.get('/api/notices')).items)
    await eventually(items, (text) => text.includes('135****5678'))
    expect(await items()).not.toContain('13512345678')
  })
})

describe('别的单位', () => {
  it('看不到派给他人的工单；上级看得到下级的', async () => {
    const ticket = await desk.dispatched()
    await seesNothing('clerk@371603-ZJ', ticket)
    await seesNothing('clerk@371602-CG', ticket)
    await seesNothing(`clerk@${TOWN}`, ticket)
    const superior = await desk.as(`clerk@${COUNTY}`)
    expect(ids(ok(await superior.get('/api/tickets')))).toContain(ticket.id)
    expect(ok(await superior.get(`/api/tickets/${ticket.id}`)).can).toEqual(['urge'])
  })

  it('没有派出去的，哪个单位都看不到；话务员只见自己登记的', async () => {
    const ticket = await desk.register()
    await seesNothing(`clerk@${UNIT}`, ticket)
    await seesNothing(`clerk@${COUNTY}`, ticket)
    const other = await desk.as('agent2')
    expect((await other.get(`/api/tickets/${ticket.id}`)).status).toBe(404)
    expect(ids(ok(await other.get('/api/tickets')))).not.toContain(ticket.id)
    expect(ids(ok(await (await desk.as('agent1')).get('/api/tickets')))).toContain(ticket.id)
  })

  it('系统管理员、知识库管理员一张也看不到', async () => {
    const ticket = await desk.dispatched()
    for (const person of ['admin', 'knowledge']) {
      const client = await desk.as(person)
      expect(ok(await client.get('/api/tickets'))).toEqual({ items: [], total: 0, isTotalCapped: false })
      expect((await client.get(`/api/tickets/${ticket.id}`)).status).toBe(404)
      const ear = await listen(app, client)
      expect(await ear.follow(ticket.id)).toBe(false)
      ear.close()
    }
  })

  it('没有令牌、令牌是假的，套接字连不上', async () => {
    for (const token of ['', 'x.y.z']) await expect(listen(app, { token })).rejects.toThrow('unauthenticated')
  })
})
