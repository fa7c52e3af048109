import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SavedView, ViewsAnswer } from '@hotline/shared/view/savedView'
import { startApp, type Answer, type TestApp } from '../helpers/app'
import { COUNTY, NUMBER, ok, openDatabase, openDesk, OTHER_UNIT, UNIT, type Desk } from '../helpers/desk'

let app: TestApp
let desk: Desk

beforeAll(async () => {
  app = await startApp()
  desk = openDesk(app)
})
afterAll(() => app.stop())

const save = async (username: string, body: object): Promise<Answer> =>
  (await desk.as(username)).post('/api/views', { name: '超期投诉', query: { overdue: 'true' }, ...body })
const seen = async (username: string): Promise<ViewsAnswer> => ok(await (await desk.as(username)).get('/api/views'))
const namesOf = async (username: string) => (await seen(username)).items.map(({ name }) => name)

describe('保存的视图', () => {
  it('条件、列和名称存在账号上，可改名、改列、删除', async () => {
    const columns = [{ id: 'no' }, { id: 'title', width: 300 }]
    const view = ok(await save('dispatcher1', { columns })) as SavedView
    expect((await seen('dispatcher1')).items).toEqual([
      { ...view, name: '超期投诉', query: { overdue: 'true' }, columns, isMine: true },
    ])
    const me = await desk.as('dispatcher1')
    ok(await me.patch(`/api/views/${view.id}`, { name: '超期的' }))
    expect(await namesOf('dispatcher1')).toEqual(['超期的'])
    ok(await me.post(`/api/views/${view.id}/remove`))
    expect(await namesOf('dispatcher1')).toEqual([])
  })

  it('别人看不到，也改不了', async () => {
    const view = ok(await save('callback1', {})) as SavedView
    expect(await namesOf('callback2')).toEqual([])
    const other = await desk.as('callback2')
    expect((await other.patch(`/api/views/${view.id}`, { name: '抢来的' })).status).toBe(404)
    expect((await other.post(`/api/views/${view.id}/remove`)).status).toBe(404)
  })

  it('主任共享给岗位，单位负责人共享给本单位及下级；别人不能共享', async () => {
    ok(await save('director', { name: '督办专用', audience: { roles: ['supervisor'] } }))
    ok(await save(`head@${COUNTY}`, { name: '本区在办', audience: { isForUnit: true } }))
    expect(await namesOf('supervisor1')).toContain('督办专用')
    expect(await namesOf('agent1')).not.toContain('督办专用')
    expect(await namesOf(`clerk@${COUNTY}`)).toContain('本区在办')
    expect(await namesOf(`clerk@${UNIT}`)).toContain('本区在办')
    expect(await namesOf('clerk@371603-ZJ')).not.toContain('本区在办')
    expect((await save('agent1', { audience: { isForUnit: true } })).status).toBe(403)
    expect((await save(`head@${UNIT}`, { audience: { roles: ['clerk'] } })).status).toBe(403)
    expect((await seen('supervisor1')).items[0]).toMatchObject({ isMine: false, ownerName: expect.any(String) })
  })

  it('每人每个列表记住列、行数、默认视图和顺序', async () => {
    const me = await desk.as('supervisor1')
    const ids = []
    for (const name of ['甲', '乙', '丙']) ids.push((ok(await save('supervisor1', { name })) as SavedView).id)
    ok(await me.post('/api/views/shape', { pageSize: 50, defaultViewId: ids[1], order: [ids[2], ids[0], ids[1]] }))
    ok(await me.post('/api/views/shape', { columns: [{ id: 'title', width: 420 }, { id: 'due' }] }))
    const { items, shape } = await seen('supervisor1')
    expect(items.map(({ name }) => name).slice(0, 3)).toEqual(['丙', '甲', '乙'])
    expect(shape).toMatchObject({
      pageSize: 50,
      defaultViewId: ids[1],
      columns: [{ id: 'title', width: 420 }, { id: 'due' }],
    })
    expect((await seen('director')).shape).toEqual({})
  })

  it('视图里不存号码，列名和条件不能乱填', async () => {
    for (const [body, path] of [
      [{ query: { q: NUMBER } }, 'query'],
      // As the search takes it for the number that it is.
      [{ query: { q: '138.0000.1234' } }, 'query'],
      [{ query: { q: '１３８００００１２３４' } }, 'query'],
      [{ query: { q: '371602198801011234' } }, 'query'],
      [{ query: { 'a\u0000b': '1' } }, 'query.a\u0000b'],
      [{ name: ' ' }, 'name'],
      [{ columns: [{ id: 'phone' }] }, 'columns.0.id'],
      [{ columns: [{ id: 'no' }, { id: 'no' }] }, 'columns'],
      [{ columns: [] }, 'columns'],
    ] as const) {
      const answer = await save('director', body)
      expect([answer.status, answer.body.details.fields.map((field: { path: string }) => field.path)]).toEqual([
        400,
        [path],
      ])
    }
  })

  it('查视图走索引', async () => {
    const database = await openDatabase(app)
    const filter = {
      list: 'tickets',
      $or: [{ ownerId: 'x' }, { sharedWith: { $in: ['role:director', `unit:${OTHER_UNIT}`] } }],
    }
    const plan = await database.db.collection('savedViews').find(filter).sort({ at: 1 }).explain('queryPlanner')
    expect(JSON.stringify(plan.queryPlanner.winningPlan)).not.toContain('COLLSCAN')
    for (const wanted of [
      { ownerId: 'x' },
      { state: { $in: ['waiting', 'running'] } },
      { expiresAt: { $lt: new Date() } },
    ]) {
      const found = await database.db.collection('exports').find(wanted).explain('queryPlanner')
      expect(JSON.stringify(found.queryPlanner.winningPlan), JSON.stringify(wanted)).not.toContain('COLLSCAN')
    }
    await database.close()
  })
})
