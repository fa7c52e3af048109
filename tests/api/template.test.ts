import type { TemplateView } from '@hotline/shared/template/template'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../helpers/app'
import { ok, openDatabase, OTHER_UNIT, UNIT } from '../helpers/desk'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.stop())

const add = async (username: string, body: object) =>
  (await app.signIn(username)).post('/api/templates', {
    ...{ kind: 'publicReply', scope: 'personal', title: '路灯已修', text: '{诉求人称谓}：路灯已于{今天}修好。' },
    ...body,
  })
const list = async (username: string, kind = 'publicReply'): Promise<TemplateView[]> =>
  ok(await (await app.signIn(username)).get(`/api/templates?kind=${kind}`)).items
const titles = async (username: string) =>
  (await list(username)).filter(({ scope }) => scope !== 'city').map(({ title }) => title)

describe('常用语与模板', () => {
  it('全市的人人都有；个人的只有本人看得到，单位的只有本单位', async () => {
    expect((await list(`handler@${UNIT}`)).some(({ scope }) => scope === 'city')).toBe(true)
    ok(await add(`handler@${UNIT}`, { title: '我的' }))
    ok(await add(`clerk@${UNIT}`, { title: '单位的', scope: 'unit' }))
    expect((await titles(`handler@${UNIT}`)).toSorted()).toEqual(['单位的', '我的'].toSorted())
    expect(await titles(`clerk@${UNIT}`)).toEqual(['单位的'])
    expect(await titles(`clerk@${OTHER_UNIT}`)).toEqual([])
  })

  it('经办人不能写单位的，单位不能写全市的，说明原因', async () => {
    const unit = await add(`handler@${UNIT}`, { scope: 'unit' })
    expect([unit.status, unit.body.message]).toEqual([403, '您的岗位不能新增本单位的常用语'])
    expect((await add(`head@${UNIT}`, { scope: 'city' })).status).toBe(403)
    const one = ok(await add('director', { scope: 'city', title: '主任写的' }))
    const handler = await app.signIn(`handler@${UNIT}`)
    const refused = await handler.patch(`/api/templates/${one.id}`, { title: '改', text: '改' })
    expect([refused.status, refused.body.message]).toEqual([403, '您不能修改全市的常用语，可以另存为个人的'])
    const other = await app.signIn(`clerk@${OTHER_UNIT}`)
    const his = (await list(`handler@${UNIT}`)).find(({ title }) => title === '我的')
    expect((await other.post(`/api/templates/${his?.id}/use`)).status).toBe(404)
  })

  it('用得多的排在前面；修改、删除', async () => {
    const handler = await app.signIn(`handler@${UNIT}`)
    const one = ok(await add(`handler@${UNIT}`, { title: '常用的' }))
    ok(await handler.post(`/api/templates/${one.id}/use`))
    ok(await handler.post(`/api/templates/${one.id}/use`))
    expect((await list(`handler@${UNIT}`))[0]).toMatchObject({ id: one.id, myUses: 2, uses: 2, canEdit: true })
    const changed = ok(await handler.patch(`/api/templates/${one.id}`, { title: '改过的', text: '新的内容' }))
    expect(changed).toMatchObject({ title: '改过的', text: '新的内容', updatedByName: handler.user.name })
    ok(await handler.post(`/api/templates/${one.id}/remove`))
    expect((await handler.patch(`/api/templates/${one.id}`, { title: 'a', text: 'b' })).status).toBe(404)
  })

  it('缺项、太长、重复提交', async () => {
    const bad = await add(`handler@${UNIT}`, { kind: 'nothing', title: ' ', text: 'x'.repeat(5001) })
    expect(bad.body.details.fields).toEqual([
      { path: 'kind', message: '请选择用在哪里' },
      { path: 'title', message: '请填写名称' },
      { path: 'text', message: '内容最多 5000 个字' },
    ])
    const handler = await app.signIn(`handler@${UNIT}`)
    const body = { kind: 'handling', scope: 'personal', title: '一次', text: '一次' }
    const [first, second] = [
      await handler.post('/api/templates', body, { key: 'same-template' }),
      await handler.post('/api/templates', body, { key: 'same-template' }),
    ]
    expect(second.body.id).toBe(first.body.id)
    expect((await app.request('GET', '/api/templates')).status).toBe(401)
  })

  it('按所有者查，用得上索引', async () => {
    const { db, close } = await openDatabase(app)
    const plan = await db
      .collection('templates')
      .find({ ownerId: { $in: ['a', 'b', 'city'] }, kind: 'handling' })
      .explain('queryPlanner')
    expect(JSON.stringify(plan.queryPlanner.winningPlan)).toContain('IXSCAN')
    await close()
  })
})

describe('法规依据', () => {
  it('按事项列出派单目录和责任清单里的依据，也可按词查', async () => {
    const handler = await app.signIn(`handler@${UNIT}`)
    const ofMatter = ok(await handler.get('/api/bases?matterCode=010103')).items
    expect(ofMatter[0]).toMatchObject({ isOfMatter: true, text: expect.stringContaining('《物业管理条例》') })
    const byWord = ok(await handler.get(`/api/bases?q=${encodeURIComponent('燃气')}`)).items
    expect(byWord.length).toBeGreaterThan(0)
    expect((await handler.get('/api/bases?unit=1')).status).toBe(400)
    expect((await app.request('GET', '/api/bases')).status).toBe(401)
  })
})
