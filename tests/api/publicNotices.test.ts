import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../helpers/app'
import { ok, openDesk, type Desk } from '../helpers/desk'

let app: TestApp
let desk: Desk
beforeAll(async () => {
  app = await startApp()
  desk = openDesk(app)
})
afterAll(() => app.stop())

const NOTICE = { title: '供水管道检修', text: '11 月 22 日 8 时至 18 时，彭李街道部分小区停水。' }
const shown = async () =>
  ok(await app.request('GET', '/api/public/notices')).items.map(({ title }: typeof NOTICE) => title)

describe('公众公告', () => {
  it('主任发布，人人看得到，只看到标题、内容、日期；过了截止日期不再显示', async () => {
    const director = await desk.as('director')
    const { until, byName, state } = ok(await director.post('/api/city-notices', { ...NOTICE, until: '2026-11-22' }))
    expect([until, byName.length > 0, state]).toEqual(['2026-11-22', true, 'shown'])
    const [seen] = ok(await app.request('GET', '/api/public/notices')).items
    expect(Object.keys(seen).sort()).toEqual(['at', 'id', 'text', 'title'])
    app.clock.set('2026-11-22T23:59:00+08:00')
    expect(await shown()).toEqual([NOTICE.title])
    app.clock.set('2026-11-23T00:01:00+08:00')
    expect(await shown()).toEqual([])
    expect(ok(await director.get('/api/city-notices')).items[0].state).toBe('ended')
  })

  it('撤下的不再显示，不能撤两次；最多显示五条，新的在前', async () => {
    const director = await desk.as('director')
    for (let n = 1; n <= 6; n += 1) {
      app.clock.advance(60_000)
      ok(await director.post('/api/city-notices', { ...NOTICE, title: `公告${n}` }))
    }
    expect(await shown()).toEqual(['公告6', '公告5', '公告4', '公告3', '公告2'])
    const [newest] = ok(await director.get('/api/city-notices')).items
    expect(ok(await director.post(`/api/city-notices/${newest.id}/withdraw`)).state).toBe('withdrawn')
    expect((await director.post(`/api/city-notices/${newest.id}/withdraw`)).status).toBe(404)
    expect(await shown()).toEqual(['公告5', '公告4', '公告3', '公告2', '公告1'])
  })

  it('别的岗位不能写；缺什么、日期已过，说明白', async () => {
    for (const person of ['agent1', 'supervisor1', 'cityleader', 'admin']) {
      const one = await desk.as(person)
      expect((await one.post('/api/city-notices', NOTICE)).status).toBe(403)
      expect((await one.get('/api/city-notices')).status).toBe(403)
    }
    const director = await desk.as('director')
    const empty = await director.post('/api/city-notices', { title: ' ', text: '' })
    expect(empty.body.details.fields).toEqual([
      { path: 'title', message: '请填写标题' },
      { path: 'text', message: '请填写内容' },
    ])
    const past = await director.post('/api/city-notices', { ...NOTICE, until: '2026-11-01' })
    expect([past.status, past.body.message]).toEqual([400, '截止日期已经过去'])
  })
})
