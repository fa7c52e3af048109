import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RatingItem, RatingMeasures } from '@hotline/shared/rating/view'
import type { TicketView } from '@hotline/shared/ticket/view'
import { startApp, type Answer, type TestApp } from '../helpers/app'
import {
  COUNTY,
  eventually,
  NAME,
  ok,
  openDatabase,
  openDesk,
  OTHER_UNIT,
  TOWN,
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

const PHONE = '13905431188'
const aRating = (overrides: object = {}) => ({
  channel: 'counter',
  unitId: UNIT,
  window: '3 号窗口',
  item: '施工许可',
  score: 1,
  comment: '窗口人员态度生硬',
  isNamed: true,
  contact: { name: '欧阳静文', phone: PHONE },
  ...overrides,
})

async function give(username: string, body: object, key?: string): Promise<Answer> {
  return (await desk.as(username)).post('/api/ratings', body, key ? { key } : {})
}
async function list(username: string, query = ''): Promise<RatingItem[]> {
  return ok(await (await desk.as(username)).get(`/api/ratings${query}`)).items
}
const rated = (id: string, isSo: (item: RatingItem) => boolean) =>
  eventually(
    async () => (await list('supervisor1', '?pageSize=100')).find((item) => item.id === id),
    (item) => item !== undefined && isSo(item),
  ) as Promise<RatingItem>
async function measures(username: string, query = ''): Promise<RatingMeasures> {
  // A period ends before its last moment.
  app.clock.advance(1000)
  return ok(await (await desk.as(username)).get(`/api/ratings/measures${query}`))
}
const valuesOf = (stats: RatingMeasures['total']) => Object.fromEntries(stats.map(({ id, value }) => [id, value]))

/** The rectification ticket of a rating, as the supervisor sees it. */
async function ticketOf(ratingId: string): Promise<TicketView> {
  const { rectification } = await rated(ratingId, (item) => item.rectification !== undefined)
  return ok(await desk.see('supervisor1', { id: rectification!.ticketId }))
}

const RECTIFIED = { cause: '业务不熟', measures: '组织培训', result: '已当面致歉' }
const PASS = { isPassed: true, opinion: '同意' }

describe('好差评', () => {
  it('窗口差评：登记、受理并派给被评价单位，整改、回访、办结，好差评台账同步', async () => {
    const { id } = ok(await give(`clerk@${UNIT}`, aRating())) as RatingItem
    const ticket = await ticketOf(id)
    expect(ticket).toMatchObject({
      status: 'dispatched',
      kind: 'rating',
      channel: 'rating',
      leadUnitId: UNIT,
      needsCallback: true,
      rated: { ratingId: id, score: 1, unitId: UNIT, window: '3 号窗口', isNamed: true },
      registeredBy: { userId: 'system' },
    })
    // 5 workdays from Friday 2026-11-20.
    expect(ticket.resolveBy).toBe('2026-11-27T16:00:00.000Z')
    const handler = `handler@${UNIT}`
    await desk.act(`clerk@${UNIT}`, ticket, 'acknowledge')
    const seen = ok(await desk.see(handler, ticket)) as TicketView
    expect(seen.can).toContain('rectify')
    expect(seen.can).not.toContain('reply')
    await desk.act(handler, ticket, 'rectify', RECTIFIED)
    await desk.act(`lead@${UNIT}`, ticket, 'reviewByUnit', PASS)
    expect((await desk.act('dispatcher1', ticket, 'reviewByHotline', PASS)).status).toBe('callback')
    await rated(id, (item) => item.state === 'rectified')
    await desk.act('callback1', ticket, 'recordCallback', {
      method: 'phone',
      solved: 'yes',
      contactedByUnit: true,
      satisfaction: { result: 4, attitude: 4, agent: 5 },
    })
    const done = await rated(id, (item) => item.rectification?.status === 'closed')
    expect(done).toMatchObject({ state: 'rectified', score: 1, unitName: '滨城区住房和城乡建设局' })
    expect(done.rectification?.calledBackAt).toBeDefined()
  })

  it('评价人的姓名、号码只封存在整改工单旁，台账里没有', async () => {
    const { id } = ok(await give(`clerk@${UNIT}`, aRating({ comment: `请回电 ${PHONE}` }))) as RatingItem
    await ticketOf(id)
    const row = await eventually(
      () => database.db.collection<{ _id: string; sealed?: unknown }>('ratings').findOne({ _id: id }),
      (found) => found !== null && found.sealed === undefined,
    )
    expect(JSON.stringify(row)).not.toContain('欧阳静文')
    for (const username of ['supervisor1', `clerk@${UNIT}`, 'cityleader'])
      expect(JSON.stringify(await list(username))).not.toContain(PHONE)
    expect(await revealed(id)).toBe(PHONE)
  })

  it('好评只计数，不留联系方式；默认好评不算主动评价', async () => {
    const good = ok(await give(`clerk@${OTHER_UNIT}`, aRating({ unitId: OTHER_UNIT, score: 5 }))) as RatingItem
    ok(await give(`clerk@${OTHER_UNIT}`, aRating({ unitId: OTHER_UNIT, score: 5, isActive: false })))
    expect(good.state).toBeUndefined()
    const row = await database.db.collection<{ _id: string }>('ratings').findOne({ _id: good.id })
    expect(row).not.toHaveProperty('sealed')
    const { total } = await measures(`lead@${OTHER_UNIT}`)
    expect(valuesOf(total)).toMatchObject({ valid: 2, good: 2, bad: 0, goodRate: 100, activeRate: 50 })
  })

  it('匿名差评整改后不回访，直接办结', async () => {
    const { id } = ok(
      await give('agent1', aRating({ channel: 'phone', isNamed: false, contact: undefined })),
    ) as RatingItem
    const ticket = await ticketOf(id)
    expect(ticket).toMatchObject({ isAnonymous: true, needsCallback: false, hasContact: false })
    await desk.act(`clerk@${UNIT}`, ticket, 'acknowledge')
    await desk.act(`handler@${UNIT}`, ticket, 'rectify', RECTIFIED)
    await desk.act(`lead@${UNIT}`, ticket, 'reviewByUnit', PASS)
    expect(await desk.act('dispatcher1', ticket, 'reviewByHotline', PASS)).toMatchObject({
      status: 'closed',
      outcome: 'noCallback',
    })
    await rated(id, (item) => item.state === 'rectified')
  })

  it('同一评价器编号只计一次，同一请求重发也只一次', async () => {
    const body = aRating({ externalNo: 'PJQ-0001' })
    const first = ok(await give(`clerk@${UNIT}`, body, 'rating-key-0001')) as RatingItem
    const again = ok(await give(`clerk@${UNIT}`, body, 'rating-key-0001')) as RatingItem
    const other = ok(await give(`clerk@${UNIT}`, body, 'rating-key-0002')) as RatingItem
    expect([again.id, other.id]).toEqual([first.id, first.id])
    const { no } = await ticketOf(first.id)
    expect(await database.db.collection('tickets').countDocuments({ 't.rated.ratingId': first.id }), no).toBe(1)
  })

  it('并发十次同一评价，只有一条评价、一张整改工单', async () => {
    const body = aRating({ externalNo: 'PJQ-0002' })
    const answers = await Promise.all(Array.from({ length: 10 }, () => give(`clerk@${UNIT}`, body)))
    const [id, ...others] = [...new Set(answers.map((answer) => (ok(answer) as RatingItem).id))]
    expect(others).toEqual([])
    await ticketOf(id!)
    expect(await database.db.collection('tickets').countDocuments({ 't.rated.ratingId': id })).toBe(1)
  })

  it('登记后、派单前进程中断的，由任务接着做完', async () => {
    const { id } = ok(await give(`clerk@${UNIT}`, aRating())) as RatingItem
    const ticket = await ticketOf(id)
    // As a killed process leaves it: the ticket is there, the note that it is done is not.
    await database.db.collection<{ _id: string }>('ratings').updateOne({ _id: id }, { $set: { isWanting: true } })
    await eventually(
      () => database.db.collection<{ _id: string; isWanting?: boolean }>('ratings').findOne({ _id: id }),
      (row) => row !== null && row.isWanting === undefined,
    )
    expect(await database.db.collection('tickets').countDocuments({ 't.rated.ratingId': id })).toBe(1)
    expect((ok(await desk.see('supervisor1', ticket)) as TicketView).assignments).toHaveLength(1)
  })

  it('误评申诉认定后办结，原评价保留，台账记误评', async () => {
    const { id } = ok(await give(`clerk@${UNIT}`, aRating())) as RatingItem
    const ticket = await ticketOf(id)
    await desk.act(`clerk@${UNIT}`, ticket, 'appealRating', { reason: '评价人误触评价器' })
    const queue = ok(await (await desk.as('supervisor1')).get('/api/tickets?desk=ratingReview'))
    expect(queue.items.map((row: { id: string }) => row.id)).toContain(ticket.id)
    await rated(id, (item) => item.rectification?.hasAppeal === true)
    const judged = await desk.act('supervisor1', ticket, 'judgeRating', { verdict: 'misrated', reason: '监控属实' })
    expect(judged).toMatchObject({ status: 'closed', outcome: 'misrated', rated: { score: 1 } })
    expect(await rated(id, (item) => item.state === 'misrated')).toMatchObject({ score: 1 })
  })

  it('自己提交、热线直接答复的，评价记在答复的单位；热线自己的差评由热线答复整改', async () => {
    const body = {
      caller: { number: '13855557171', name: '欧阳静文' },
      kind: 'inquiry',
      regionCode: TOWN,
      address: '渤海十八路黄河五路',
      detail: '想问夜间施工许可怎么查。',
    }
    const { no, queryCode } = ok(await app.request('POST', '/api/public/tickets', { body, key: 'own-rating-0001' }))
    const answered = await desk.act('dispatcher1', ok(await desk.see('dispatcher1', { id: no })), 'answer', {
      answer: '可在住建局网站查询。',
    })
    const said = { code: queryCode, score: 1, comment: '答非所问' }
    expect((await app.request('POST', `/api/public/tickets/${no}/rate`, { body: said })).status).toBeLessThan(300)
    const item = await eventually(
      async () => (await list('supervisor1', '?pageSize=100')).find(({ ticketId }) => ticketId === answered.id),
      (found) => found?.rectification !== undefined,
    )
    expect(item).toMatchObject({ score: 1, state: 'rectifying' })
    const rectification = await ticketOf(item!.id)
    expect(rectification).toMatchObject({ status: 'accepted', rated: { ticketId: answered.id } })
    await desk.act('dispatcher1', rectification, 'answer', { answer: '已重新答复并致歉。' })
    expect((await rated(item!.id, ({ state }) => state === 'rectified')).rectification?.rectifiedAt).toBeDefined()
  })

  it('诉求人对办结的工单给差评，自动生成整改工单派给原承办单位，只能评一次', async () => {
    const ticket = await desk.closed()
    const { queryCode } = await codeOf(ticket.id)
    const path = `/api/public/tickets/${ticket.no}/rate`
    const body = { code: queryCode, score: 2, comment: '没有真正解决', isNamed: true }
    expect((await app.request('POST', path, { body })).status).toBeLessThan(300)
    const item = await eventually(
      async () => (await list('supervisor1', '?pageSize=100')).find(({ ticketId }) => ticketId === ticket.id),
      (found) => found?.rectification !== undefined,
    )
    const rectification = ok(await desk.see('supervisor1', { id: item!.rectification!.ticketId })) as TicketView
    expect(rectification).toMatchObject({ leadUnitId: ticket.leadUnitId, rated: { ticketId: ticket.id, score: 2 } })
    expect(rectification.detail).toContain(ticket.no)
    expect((await app.request('POST', path, { body })).status).toBe(422)
  })

  it('保密、匿名工单的评价里写到诉求人姓名的，单位的台账和整改工单里都没有；工单上的原话不变', async () => {
    const ticket = await desk.closed({ confidentiality: 1 })
    const { queryCode } = await codeOf(ticket.id)
    const path = `/api/public/tickets/${ticket.no}/rate`
    const body = { code: queryCode, score: 1, comment: `我是${NAME}，没人管` }
    expect((await app.request('POST', path, { body })).status).toBeLessThan(300)
    const atUnit = await eventually(
      async () => (await list(`lead@${UNIT}`, '?pageSize=100')).find(({ ticketId }) => ticketId === ticket.id),
      (item) => item?.rectification !== undefined,
    )
    expect(atUnit?.comment).toBe('我是***，没人管')
    const rectification = ok(await desk.see(`clerk@${UNIT}`, { id: atUnit!.rectification!.ticketId }))
    expect(JSON.stringify(rectification)).not.toContain(NAME)
    expect(ok(await desk.see('dispatcher1', ticket)).rating.comment).toContain(NAME)
  })
})

describe('谁能录、谁能看', () => {
  it('话务员录电话评价，收文员录本单位和下级的窗口评价，别人不能录', async () => {
    expect((await give('agent1', aRating())).status).toBe(403)
    expect((await give(`clerk@${UNIT}`, aRating({ channel: 'phone' }))).status).toBe(403)
    expect((await give(`clerk@${UNIT}`, aRating({ unitId: OTHER_UNIT }))).body.message).toBe(
      '只能录入本单位及下级单位的评价',
    )
    expect((await give(`clerk@${COUNTY}`, aRating({ unitId: TOWN, score: 4 }))).status).toBe(201)
    expect((await give('supervisor1', aRating())).status).toBe(403)
  })

  it('内容不完整的逐项说明', async () => {
    const answer = await give(`clerk@${UNIT}`, aRating({ score: 7, contact: undefined }))
    expect(answer.status).toBe(400)
    expect((await give(`clerk@${UNIT}`, aRating({ contact: undefined }))).body.details.fields).toEqual([
      { path: 'contact', message: '实名评价须留联系电话' },
    ])
    expect((await give('agent1', aRating({ channel: 'phone', unitId: 'nowhere' }))).status).toBe(400)
    expect((await give(`clerk@${UNIT}`, aRating({ ratedAt: '2026-12-01T10:00:00+08:00' }))).status).toBe(400)
  })

  it('单位只见本单位及下级，督办员、市领导见全市，话务员、管理员不看', async () => {
    expect((await list(`lead@${UNIT}`)).every(({ unitId }) => unitId === UNIT)).toBe(true)
    expect(new Set((await list(`lead@${COUNTY}`, '?pageSize=100')).map(({ unitId }) => unitId))).toEqual(
      new Set([UNIT, OTHER_UNIT, TOWN]),
    )
    expect((await list('cityleader')).length).toBeGreaterThan(0)
    for (const username of ['agent1', 'admin'])
      expect((await (await desk.as(username)).get('/api/ratings')).status).toBe(403)
    expect((await (await desk.as(`lead@${UNIT}`)).get(`/api/ratings?unitId=${OTHER_UNIT}`)).status).toBe(403)
  })

  it('按单位、按月分列，合计等于各行之和', async () => {
    const byUnit = await measures('director', '?groupBy=unit')
    const sum = byUnit.items.reduce((n, { measures: own }) => n + (valuesOf(own).valid as number), 0)
    expect(sum).toBe(valuesOf(byUnit.total).valid)
    expect(byUnit.items.map(({ name }) => name)).toContain('滨城区住房和城乡建设局')
    const byMonth = await measures('director', '?groupBy=month')
    expect(byMonth.items.map(({ key }) => key)).toEqual(['2026-11'])
    const bad = await list('director', '?grade=bad&pageSize=100')
    const counts = valuesOf(byUnit.total) as { bad: number; misrated: number }
    expect(bad).toHaveLength(counts.bad + counts.misrated)
  })

  it('列表和计数都走索引，不在内存里排序', async () => {
    const { db } = database
    await db.command({ profile: 2 })
    const queries = ['', '?grade=bad', '?grade=good', '?state=rectifying', '?channel=kiosk', '?grade=bad&channel=web']
    for (const person of ['director', `clerk@${UNIT}`]) for (const query of queries) await list(person, query)
    await db.command({ profile: 0 })
    const asked = await db
      .collection<{ planSummary?: string; hasSortStage?: boolean; op: string }>('system.profile')
      .find({ ns: `${db.databaseName}.ratings`, op: { $in: ['query', 'command'] } })
      .toArray()
    expect(asked.length).toBeGreaterThanOrEqual(24)
    expect(asked.filter(({ planSummary }) => planSummary?.includes('COLLSCAN'))).toEqual([])
    expect(asked.filter(({ hasSortStage }) => hasSortStage)).toEqual([])
  })
})

async function codeOf(ticketId: string): Promise<{ queryCode: string }> {
  return ok(
    await (
      await desk.as('agent1')
    ).post(`/api/tickets/${ticketId}/reveal`, { field: 'queryCode', reason: '告知诉求人' }),
  )
}

async function revealed(ratingId: string): Promise<string> {
  const { id } = await ticketOf(ratingId)
  const body = { field: 'contact', reason: '回访评价人' }
  const contact = ok(await (await desk.as('callback1')).post(`/api/tickets/${id}/reveal`, body))
  return contact.phone
}
