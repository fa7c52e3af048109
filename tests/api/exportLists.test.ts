import { dayOf } from '@hotline/shared/calendar/day'
import type { ExportView } from '@hotline/shared/export/export'
import type { InspectionView, RoundView } from '@hotline/shared/inspection/inspection'
import { FIRST_SHEETS } from '@hotline/shared/inspection/sheet'
import { weekOf, type MeetingView } from '@hotline/shared/meeting/meeting'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type Answer, type TestApp } from '../helpers/app'
import { COUNTY, NAME, NUMBER, ok, openDesk, OTHER_UNIT, UNIT, type Desk } from '../helpers/desk'
import { KEEPER, openKnowledge } from '../helpers/knowledge'
import { readSheet, shownMoment, type Sheet } from '../helpers/spreadsheet'

let app: TestApp
let desk: Desk
beforeAll(async () => {
  app = await startApp()
  desk = openDesk(app)
})
afterAll(() => app.stop())

const as = (who: string) => app.signIn(who)
const ask = async (who: string, list: string, query: object): Promise<Answer> =>
  (await as(who)).post('/api/exports', { list, query, reason: '月度检查材料' })
async function sheetOf(who: string, list: string, query: object = {}): Promise<Sheet & { title: string }> {
  const { id, title, total } = ok(await ask(who, list, query)) as ExportView
  const { token } = await as(who)
  const answer = await fetch(`${app.url}/api/exports/${id}/file`, { headers: { Authorization: `Bearer ${token}` } })
  expect(answer.status).toBe(200)
  const sheet = readSheet(Buffer.from(await answer.arrayBuffer()))
  expect(sheet.rows.length - 1, '说的行数就是写的行数').toBe(total)
  return { ...sheet, title }
}
/** Rows by their heads. */
const recordsOf = ({ rows: [heads = [], ...rows] }: Sheet) =>
  rows.map((row) => Object.fromEntries(heads.map((head, at) => [String(head), row[at]])))
async function refused(list: string, query: object, people: readonly string[]): Promise<void> {
  for (const who of people) expect([who, (await ask(who, list, query)).status]).toEqual([who, 403])
}

describe('账号', () => {
  it('管理员导出全部账号，电话脱敏；区县管理员只有本区县的；按号码查的不收', async () => {
    const admin = await as('admin')
    const person = { username: 'wangfang9', name: '王芳芳', roles: ['clerk'], unitId: UNIT, password: 'Hotline@54321' }
    ok(await admin.post('/api/users', { ...person, jobNo: 'B209', phone: NUMBER }))
    const sheet = await sheetOf('admin', 'users')
    expect(sheet.title).toBe('账号')
    const rows = recordsOf(sheet)
    const { items } = ok(await admin.get('/api/users?pageSize=100'))
    expect(rows.slice(0, 100).map((row) => row['账号'])).toEqual(
      items.map((item: { username: string }) => item.username),
    )
    expect(rows.find((row) => row['账号'] === 'wangfang9')).toMatchObject({
      ...{ 姓名: '王芳芳', 工号: 'B209', 岗位: '收文员', 电话: '138****1234', 状态: '正常' },
    })
    expect(JSON.stringify(sheet.rows)).not.toContain(NUMBER)
    expect(recordsOf(await sheetOf('admin', 'users', { q: '王芳芳', role: 'clerk' }))).toHaveLength(1)
    const own = recordsOf(await sheetOf(`countyadmin@${COUNTY}`, 'users')).map((row) => row['账号'])
    expect(own).toContain('wangfang9')
    expect(own).not.toContain('admin')
    expect((await ask(`countyadmin@${COUNTY}`, 'users', { unitId: '371600-MZ' })).status).toBe(403)
    expect((await ask('admin', 'users', { q: NUMBER })).status).toBe(400)
    expect((await ask('admin', 'users', { color: 'red' })).status).toBe(400)
  })

  it('主任、收文员看得到同事，也不导出账号', () => refused('users', {}, ['director', 'supervisor1', `clerk@${UNIT}`]))
})

describe('审计日志', () => {
  it('有谁、何时、做了什么、为什么，新的在前；理由里的号码脱敏', async () => {
    const ticket = await desk.handling()
    const reveal = { field: 'contactNumber', reason: `来电人 ${NUMBER} 要求回电` }
    ok(await (await as('director')).post(`/api/tickets/${ticket.id}/reveal`, reveal))
    const [row] = recordsOf(await sheetOf('admin', 'audit', { action: 'ticket.revealed' }))
    expect(row).toMatchObject({ 事项: '查看诉求人明文', 对象: `工单 ${ticket.no}` })
    expect(row?.['理由']).toBe('来电人 138****1234 要求回电')
    const rows = recordsOf(
      await sheetOf('director', 'audit', { from: dayOf(app.clock.now()), action: 'auth.signedIn' }),
    )
    expect(rows.length).toBeGreaterThan(1)
    const numbers = rows.map((one) => Number(one['序号']))
    expect(numbers).toEqual([...numbers].sort((a, b) => b - a))
    expect(recordsOf(await sheetOf('director', 'audit', { ticket: ticket.no })).map((one) => one['对象'])).toEqual([
      `工单 ${ticket.no}`,
    ])
    expect((await ask('director', 'audit', { person: NUMBER })).status).toBe(400)
    expect((await ask('director', 'audit', { target: NUMBER })).status).toBe(400)
    // The export is itself an entry, and no part of what was asked for before it stood there.
    expect(recordsOf(await sheetOf('admin', 'audit', { action: 'list.exported' })).length).toBeGreaterThan(2)
    const said = ok(await (await as('admin')).get('/api/audit?action=list.exported&pageSize=50')).items
    expect(JSON.stringify(said)).not.toContain(NUMBER)
  })

  it('督办员、单位不看审计，也不导出', () => refused('audit', {}, ['supervisor1', 'shiftlead', `lead@${UNIT}`]))
})

describe('知识条目', () => {
  it('哪个台就导出哪个台；没有发布的，不该看的人看不到', async () => {
    const k = openKnowledge(app)
    await k.published({ question: '供暖报停怎么办？' })
    await k.draft({ question: '尚未核定的口径？' })
    const sheet = await sheetOf(`clerk@${UNIT}`, 'articles')
    expect(sheet.title).toBe('知识库（全部条目）')
    expect(recordsOf(sheet).find((row) => row['问题'] === '供暖报停怎么办？')).toMatchObject({
      ...{ 状态: '已发布', 版本: 1, 使用次数: 0, 待处理反馈: 0 },
    })
    expect(JSON.stringify(sheet.rows)).not.toContain('尚未核定的口径')
    expect(JSON.stringify((await sheetOf(KEEPER, 'articles')).rows)).toContain('尚未核定的口径')
    expect(recordsOf(await sheetOf(KEEPER, 'articles', { q: '供暖报停', state: 'published' }))).toHaveLength(1)
    expect((await ask(`clerk@${UNIT}`, 'articles', { desk: 'review' })).status).toBe(403)
    expect((await ask(KEEPER, 'articles', { q: NUMBER })).status).toBe(400)
  })

  it('话务员、派单员、市领导、管理员不导出', () =>
    refused('articles', {}, ['agent1', 'dispatcher1', 'cityleader', 'admin', `handler@${UNIT}`]))
})

describe('双随机检查', () => {
  const points = FIRST_SHEETS.find(({ kind }) => kind === 'handling')?.items ?? []

  it('一轮的每一件带分数；被检查单位只有本单位已评的，保密件的诉求人不在其中，检查人不具名', async () => {
    const secret = await desk.closed({ confidentiality: 1, title: `${NUMBER} 反映扰民` })
    const other = await desk.closed({}, { leadUnitId: OTHER_UNIT })
    const inspectorId = (await as('inspector')).user.id
    const day = dayOf(app.clock.now())
    const draw = { name: '十一月检查', kind: 'handling', from: day, to: day, sample: { by: 'percent', n: 100 } }
    const supervisor = await as('supervisor1')
    const round: RoundView = ok(
      await supervisor.post('/api/inspections/rounds', { ...draw, inspectorIds: [inspectorId] }),
    )
    const inspector = await as('inspector')
    const items: InspectionView[] = ok(await inspector.get(`/api/inspections?roundId=${round.id}`)).items
    const one = items.find(({ no }) => no === secret.no)
    if (!one) throw new Error('没有抽到')
    const scores = points.map(({ key, max }, at) => ({
      key,
      points: at ? max : max - 5,
      words: at ? '' : '只说已转办',
    }))
    const said = { opinion: `${NAME}再次反映，电话 ${NUMBER}`, demand: `向${NAME}说明`, rectifyBy: '2027-12-31' }
    const score = { version: one.version, scores, ...said }
    ok(await inspector.post(`/api/inspections/${encodeURIComponent(one.id)}/score`, score))

    const all = recordsOf(await sheetOf('supervisor1', 'inspections', { roundId: round.id }))
    expect(all.map((row) => row['工单编号']).sort()).toEqual([secret.no, other.no].sort())
    expect(all.find((row) => row['工单编号'] === other.no)).toMatchObject({ 状态: '待评分' })
    const scored = all.find((row) => row['工单编号'] === secret.no)
    expect(scored).toMatchObject({ 检查轮次: '十一月检查', 得分: 95, 结论: '合格', 检查人: inspector.user.name })
    expect(scored?.['分项得分']).toContain(
      `${points[0]?.label} ${Number(points[0]?.max) - 5}/${points[0]?.max}（只说已转办）`,
    )
    expect(JSON.stringify(all)).not.toContain(NUMBER)

    const his = await sheetOf(`clerk@${UNIT}`, 'inspections', { desk: 'inspected' })
    expect(recordsOf(his)).toMatchObject([{ 工单编号: secret.no, 检查人: '质检', 得分: 95, 整改期限: '2027-12-31' }])
    expect(JSON.stringify(his.rows)).not.toContain(NAME)
    expect(JSON.stringify(his.rows)).not.toContain(NUMBER)
    expect(recordsOf(await sheetOf(`clerk@${OTHER_UNIT}`, 'inspections', { desk: 'inspected' }))).toEqual([])
    await refused('inspections', { roundId: round.id }, [`clerk@${UNIT}`, 'cityleader', 'agent1', 'dispatcher1'])
    await refused('inspections', { desk: 'toReview' }, ['inspector'])
    expect((await ask('supervisor1', 'inspections', {})).status).toBe(400)
  })
})

describe('值班表', () => {
  it('一段时间的值班和巡查；电话只给可以打的人', async () => {
    const supervisor = await as('supervisor1')
    const leader = { post: 'leader', name: '李明', title: '副市长', phone: '0543-3160001' }
    const night = { post: 'shift', name: '王芳', from: '18:00', to: '08:00' }
    const today = dayOf(app.clock.now())
    ok(await supervisor.post('/api/roster/2026-03-01/duties', { version: 0, duties: [night, leader] }))
    ok(await supervisor.post('/api/roster/2026-04-01/duties', { version: 0, duties: [leader] }))
    const patrol = {
      at: app.clock.now().toISOString(),
      place: '话务大厅',
      found: `${NUMBER} 无人接听`,
      handedTo: '班长',
    }
    ok(await supervisor.post(`/api/roster/${today}/patrols`, patrol))
    const march = { from: '2026-03-01', to: '2026-03-31' }
    const sheet = await sheetOf('supervisor1', 'roster', march)
    expect(sheet.title).toBe('值班表（2026-03-01 至 2026-03-31）')
    expect(recordsOf(sheet)).toEqual([
      {
        ...{ 日期: '2026-03-01', 星期: '周日', 岗位: '带班领导', 板块: undefined, 姓名: '李明' },
        ...{ 职务: '副市长', 电话: '0543-3160001', 起: '00:00', 止: '24:00' },
      },
      expect.objectContaining({ 岗位: '值班员', 姓名: '王芳', 起: '18:00', 止: '08:00' }),
    ])
    const unable = recordsOf(await sheetOf('inspector', 'roster', march))
    expect(unable.map((row) => [row['姓名'], row['电话']])).toEqual([
      ['李明', undefined],
      ['王芳', undefined],
    ])
    const [round] = recordsOf(await sheetOf('shiftlead', 'patrols', { from: today, to: today }))
    expect(round).toMatchObject({ 巡查地点: '话务大厅', 巡查情况: '138****1234 无人接听', 移交: '班长' })
    expect(shownMoment(round?.['巡查时间'])).toContain(today)
    for (const list of ['roster', 'patrols'])
      await refused(list, march, ['agent1', 'dispatcher1', 'cityleader', `clerk@${UNIT}`, 'admin'])
    expect((await ask('supervisor1', 'roster', { from: '2026-01-01', to: '2026-12-31' })).status).toBe(400)
  })
})

describe('周例会清单', () => {
  it('一周的清单按议程的次序，写着缘由、议定事项、落实；移除的不在其中；文字里的号码脱敏', async () => {
    const week = weekOf(app.clock.now())
    const [first, second] = [await desk.register(), await desk.register({ title: '施工占道' })]
    const director = await as('director')
    const post = async (path: string, body: object): Promise<MeetingView> =>
      ok(await director.post(`/api/meetings/${week}${path}`, body))
    const added = await post('/items', { version: 0, no: first.no, reason: `多人反映，来电 ${NUMBER}` })
    const both = await post('/items', { version: added.version, no: second.no, reason: '议题相同' })
    const [mine, his] = both.items
    const edit = { problem: '施工方拒不停工', demand: '三日内停工整改', unitId: UNIT, deadline: '2027-12-31' }
    const edited = await post(`/items/${mine?.id}`, { version: both.version, ...edit })
    await post(`/items/${his?.id}/remove`, { version: edited.version, reason: '已另行协调' })
    const rows = recordsOf(await sheetOf('supervisor1', 'meeting', { week }))
    expect(rows).toMatchObject([
      {
        ...{ 序号: 1, 工单编号: first.no, 列入缘由: '提请', 提请理由: '多人反映，来电 138****1234', 第几次上会: 1 },
        ...{ 议定事项: '三日内停工整改', 完成期限: '2027-12-31', 落实: '未落实' },
      },
    ])
    await refused('meeting', { week }, ['shiftlead', 'inspector', 'cityleader', 'agent1', `lead@${UNIT}`])
    expect((await ask('director', 'meeting', { week: dayOf(new Date('2026-11-24T04:00:00Z')) })).status).toBe(400)
    expect((await ask('director', 'meeting', {})).status).toBe(400)
  })
})
