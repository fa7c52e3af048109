import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TicketDoc } from '@hotline/server/features/ticket/ticketDocument'
import type { ExportView } from '@hotline/shared/export/export'
import { startApp, type Answer, type Client, type TestApp } from '../helpers/app'
import { eventually, NAME, NUMBER, ok, openDatabase, openDesk, OTHER_UNIT, UNIT, type Desk } from '../helpers/desk'
import { listen } from '../helpers/socket'
import { readSheet, shownMoment, type Sheet } from '../helpers/spreadsheet'

const MANY = 5_300
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

const ask = async (username: string, body: object): Promise<Answer> =>
  (await desk.as(username)).post('/api/exports', { list: 'tickets', reason: '周例会材料', ...body })

async function fetchFile(client: Client, id: string): Promise<Response> {
  return fetch(`${app.url}/api/exports/${id}/file`, { headers: { Authorization: `Bearer ${client.token}` } })
}
async function download(username: string, { id }: { id: string }): Promise<Sheet> {
  const answer = await fetchFile(await desk.as(username), id)
  expect(answer.status).toBe(200)
  return readSheet(Buffer.from(await answer.arrayBuffer()))
}
async function sheetOf(username: string, body: object): Promise<Sheet> {
  return download(username, ok(await ask(username, body)) as ExportView)
}
/** A column below its head. */
const column = ({ rows: [heads = [], ...rows] }: Sheet, label: string) => {
  const at = heads.indexOf(label)
  expect(at, `${label} 在 ${heads.join('、')}`).toBeGreaterThanOrEqual(0)
  return rows.map((row) => row[at])
}
const COLUMNS = ['no', 'title', 'excerpt', 'address', 'status', 'registeredAt', 'due', 'urgeCount', 'caller', 'number']

describe('导出', () => {
  it('列表里有什么就导出什么：列按所选的顺序，时间是日期、数是数，表头冻结，文件名带时间', async () => {
    const ticket = await desk.handling({ title: '渤海十八路夜间施工' })
    await desk.act('dispatcher1', ticket, 'urge', { note: '请加快' })
    const asked = ok(await ask('supervisor1', { columns: COLUMNS })) as ExportView
    expect(asked).toMatchObject({ state: 'direct', title: '全部工单', total: 1 })
    const answer = await fetchFile(await desk.as('supervisor1'), asked.id)
    expect(answer.headers.get('Content-Type')).toContain('spreadsheetml')
    expect(decodeURIComponent(answer.headers.get('Content-Disposition') ?? '')).toMatch(/全部工单_\d{8}_\d{4}\.xlsx$/)
    const sheet = readSheet(Buffer.from(await answer.arrayBuffer()))
    expect(sheet.isHeadFrozen).toBe(true)
    expect(sheet.rows[0]?.slice(0, 3)).toEqual(['编号', '标题', '诉求内容（前 120 字）'])
    expect(column(sheet, '编号')).toEqual([ticket.no])
    expect(column(sheet, '状态')).toEqual(['办理中'])
    expect(column(sheet, '催办次数')).toEqual([1])
    expect(column(sheet, '登记时间').map(shownMoment)).toEqual(['2026-11-20 10:00'])
    expect(sheet.formats.slice(0, 2)).toEqual(['@', '@'])
    expect(sheet.formats[5]).toBe('yyyy-mm-dd hh:mm')
  })

  it('一律脱敏：姓名、电话不在文件里，文字里的号码也不在', async () => {
    await desk.dispatched({
      title: `请回电 ${NUMBER}`,
      detail: `本人电话 ${NUMBER}，身份证 372301198001011234，请尽快处理。`,
      address: `联系 ${NUMBER} 带路`,
    })
    for (const username of ['director', `clerk@${UNIT}`]) {
      const sheet = await sheetOf(username, { columns: COLUMNS, query: { q: '请回电' } })
      const text = JSON.stringify(sheet.rows)
      expect(sheet.rows.length, username).toBeGreaterThan(0)
      for (const secret of [NUMBER, NAME, '372301198001011234']) expect(text, username).not.toContain(secret)
    }
    const sheet = await sheetOf('director', { columns: COLUMNS })
    expect(column(sheet, '联系电话')).toContain('138****1234')
  })

  it('以 = + - @ 开头的内容是文字，不是公式', async () => {
    const evil = ['=HYPERLINK("http://x")', '+1+1', '-2+3', '@SUM(A1)', '\t=1']
    for (const title of evil) await desk.register({ title: `${title}<b>&"'` })
    const sheet = await sheetOf('director', { columns: ['title', 'no'], query: { kind: 'complaint', sort: 'newest' } })
    expect(sheet.formulas).toBe(0)
    expect(sheet.formats[0]).toBe('@')
    for (const title of evil.slice(0, 4)) expect(column(sheet, '标题')).toContain(`${title}<b>&"'`)
  })

  it('单位只导出本单位的，保密件没有身份', async () => {
    const mine = await desk.dispatched({ confidentiality: 1, title: '举报维修店露天喷漆' })
    const others = await desk.dispatched({ title: '别的单位的事' }, { leadUnitId: OTHER_UNIT })
    const sheet = await sheetOf(`clerk@${UNIT}`, { columns: COLUMNS })
    expect(column(sheet, '编号')).toContain(mine.no)
    expect(column(sheet, '编号')).not.toContain(others.no)
    const row = sheet.rows.find(([no]) => no === mine.no)
    expect(row?.slice(8).filter((cell) => cell !== undefined)).toEqual([])
    expect(column(await sheetOf(`clerk@${UNIT}`, { query: { desk: 'toAcknowledge' } }), '编号')).toContain(mine.no)
  })

  it('没有的列不在其中，叫什么名字都一样', async () => {
    await desk.register({})
    const sheet = await sheetOf('supervisor1', { columns: ['no', 'phone', 'toString', 'constructor', 'status'] })
    expect(sheet.rows[0]).toEqual(['编号', '状态'])
    expect(sheet.rows.length).toBeGreaterThan(1)
  })

  it('话务员、派单员、回访员、经办人、市领导不能导出', async () => {
    for (const username of ['agent1', 'dispatcher1', 'callback1', `handler@${UNIT}`, 'cityleader', 'admin'])
      expect([username, (await ask(username, {})).status]).toEqual([username, 403])
  })

  it('用途必填并写入审计；按电话号码查到的不能导出，审计里也没有号码', async () => {
    const bare = await ask('director', { reason: ' ' })
    expect(bare.body.details.fields).toContainEqual({ path: 'reason', message: '请填写导出用途' })
    const byNumber = await ask('director', { query: { q: NUMBER } })
    expect([byNumber.status, byNumber.body.message]).toEqual([
      400,
      '按电话或证件号码查到的工单不能导出，请改用其他条件',
    ])
    const wrong = await ask('director', { query: { color: 'red' } })
    expect(wrong.status).toBe(400)
    const { id } = ok(
      await ask('director', { reason: '市长督办会材料', query: { status: 'dispatched' } }),
    ) as ExportView
    const { items } = ok(await (await desk.as('admin')).get('/api/audit?action=list.exported&pageSize=50'))
    expect(items).toContainEqual(
      expect.objectContaining({
        target: `exports/${id}`,
        actionLabel: '导出列表',
        targetLabel: '导出 全部工单',
        reason: '市长督办会材料',
        details: expect.objectContaining({ status: 'dispatched' }),
      }),
    )
    for (const list of ['calls', 'ratings', 'supervisions', 'statsUnits', 'ratingMeasures'])
      expect((await ask('director', { list, query: { q: NUMBER, total: '0' } })).status, list).toBe(400)
    const after = ok(await (await desk.as('admin')).get('/api/audit?action=list.exported&pageSize=50')).items
    expect(JSON.stringify(after)).not.toContain(NUMBER)
  })

  it('只有本人能下载，过期的没有了', async () => {
    const asked = ok(await ask('director', {})) as ExportView
    expect((await fetchFile(await desk.as('supervisor1'), asked.id)).status).toBe(404)
    expect((await app.request('GET', `/api/exports/${asked.id}/file`)).status).toBe(401)
    await database.db.collection('exports').updateOne({ _id: asked.id as never }, { $set: { expiresAt: new Date(0) } })
    expect((await fetchFile(await desk.as('director'), asked.id)).status).toBe(404)
  })

  it('统计的表和明细、好差评都能导出', async () => {
    app.clock.advance(1000)
    const measures = await sheetOf('director', { list: 'statsMeasures' })
    expect(column(measures, '指标')).toContain('受理量')
    const units = await sheetOf('director', { list: 'statsUnits' })
    expect(column(units, '承办单位').at(-1)).toBe('合计')
    expect(units.formats[3]).toBe('0.00%')
    const behind = await sheetOf('director', {
      list: 'statsTickets',
      query: { measure: 'received', part: 'numerator' },
      columns: ['no', 'kind'],
    })
    expect(behind.rows[0]).toEqual(['编号', '类型'])
    expect(behind.rows.length).toBeGreaterThan(5)
    ok(
      await (
        await desk.as(`clerk@${UNIT}`)
      ).post('/api/ratings', {
        channel: 'counter',
        unitId: UNIT,
        score: 5,
        comment: `=好评 ${NUMBER}`,
      }),
    )
    const ratings = await sheetOf(`lead@${UNIT}`, { list: 'ratings' })
    expect(column(ratings, '评分')).toEqual([5])
    expect(JSON.stringify(ratings.rows)).not.toContain(NUMBER)
    app.clock.advance(1000)
    const rated = await sheetOf('supervisor1', { list: 'ratingMeasures', query: { groupBy: 'unit' } })
    expect(column(rated, '好评率')).toEqual([1, 1])
    expect((await ask(`clerk@${UNIT}`, { list: 'ratings', query: { unitId: OTHER_UNIT } })).status).toBe(403)
  })
})

describe('五千行以上的导出', () => {
  beforeAll(async () => {
    const tickets = database.db.collection<TicketDoc>('tickets')
    const original = await desk.dispatched({ title: '批量导出的工单' })
    const doc = await tickets.findOne({ _id: original.id })
    if (!doc) throw new Error('没有工单')
    const copies = Array.from({ length: MANY }, (_, n): TicketDoc => {
      const no = String(371600200000000000n + BigInt(n))
      const { hasNews: _news, isTextStale: _stale, ...rest } = doc
      return { ...rest, _id: `copy${n}`, no, t: { ...doc.t, id: `copy${n}`, no }, keys: [{ k: `copy${n}`, h: '' }] }
    })
    await tickets.insertMany(copies)
  })

  const found = async (username: string, id: string) =>
    ok(await (await desk.as(username)).get(`/api/exports/${id}`)) as ExportView

  it('在后台生成，有进度；完成后站内通知，凭通知到“我的导出”下载', async () => {
    const ear = await listen(app, await desk.as('supervisor1'))
    const asked = ok(await ask('supervisor1', { columns: ['no', 'title', 'registeredAt'] })) as ExportView
    expect(asked.state).toBe('waiting')
    expect(asked.total).toBeGreaterThan(MANY)
    const done = await eventually(
      () => found('supervisor1', asked.id),
      ({ state }) => state === 'done',
    )
    expect(done.rows).toBe(asked.total)
    expect(done.size).toBeGreaterThan(10_000)
    const sheet = await download('supervisor1', asked)
    expect(sheet.rows.length).toBe(done.rows + 1)
    expect(new Set(column(sheet, '编号')).size).toBe(done.rows)
    await eventually(
      async () => ear.heard.filter(({ event }) => event === 'export.changed').length,
      (heard) => heard > 5,
    )
    const told = await eventually(
      async () => ok(await (await desk.as('supervisor1')).get('/api/notices')).items,
      (items) => items.length > 0,
    )
    expect(told).toContainEqual(expect.objectContaining({ title: '导出已完成', link: '/exports', isRead: false }))
    expect(ok(await (await desk.as('supervisor1')).get('/api/exports')).items[0]).toMatchObject({ id: asked.id })
    expect(ok(await (await desk.as('director')).get('/api/exports')).items).not.toContainEqual(
      expect.objectContaining({ id: asked.id }),
    )
    ear.close()
  })

  it('完成和完成的通知一起记下：进程在两步之间没了也不会少了通知', async () => {
    const stream = database.db.watch([{ $match: { 'ns.coll': { $in: ['outbox', 'exports'] } } }])
    await stream.tryNext()
    const asked = ok(await ask('director', { columns: ['no'] })) as ExportView
    await eventually(
      () => found('director', asked.id),
      ({ state }) => state === 'done',
    )
    const commits = new Map<'done' | 'notice', string>()
    while (commits.size < 2) {
      const change = await stream.next()
      if (!('txnNumber' in change) || !change.txnNumber) continue
      const commit = JSON.stringify([change.lsid, change.txnNumber])
      if (change.operationType === 'insert' && change.fullDocument.topic === 'notices') commits.set('notice', commit)
      if (change.operationType === 'update' && change.updateDescription.updatedFields?.state === 'done')
        commits.set('done', commit)
    }
    await stream.close()
    expect(commits.get('done')).toBe(commits.get('notice'))
  })

  it('生成到一半时进程没了，由别的进程重新写，旧的一半不留', async () => {
    const exports = database.db.collection<{ _id: string; fileId?: string }>('exports')
    const half = await exports.findOne({ state: 'done' } as never)
    if (!half) throw new Error('没有写完的导出')
    // As a process leaves it that dies in the middle.
    await exports.updateOne({ _id: half._id }, { $set: { state: 'running', rows: 500 } })
    const done = await eventually(
      () => exports.findOne({ _id: half._id, state: 'done', fileId: { $ne: half.fileId } } as never),
      (row) => row !== null,
    )
    const files = (await database.db.collection('exportFiles.files').find().toArray()).map(({ _id }) => String(_id))
    expect(files).toContain(done?.fileId)
    expect(files).not.toContain(half.fileId)
    expect((await download('supervisor1', { id: half._id })).rows.length).toBeGreaterThan(MANY)
  })

  it('岗位变了，原来的文件不再给他', async () => {
    const { id } = ok(await ask(`lead@${UNIT}`, { columns: ['no'] })) as ExportView
    await database.db.collection('exports').updateOne({ _id: id as never }, { $set: { sightKey: '371600|director' } })
    expect((await fetchFile(await desk.as(`lead@${UNIT}`), id)).status).toBe(403)
  })
})
