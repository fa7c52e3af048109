import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type Client, type TestApp } from '../helpers/app'

let app: TestApp
let agent: Client
beforeAll(async () => {
  app = await startApp()
  agent = await app.signIn('agent1')
})
afterAll(() => app.stop())

const codes = (items: { code: string }[]) => items.map((item) => item.code)

describe('区划', () => {
  it('未登录看不到', async () => {
    expect((await app.request('GET', '/api/regions')).status).toBe(401)
  })
  it('从城市逐级向下', async () => {
    const city = (await agent.get('/api/regions')).body.items
    expect(city).toEqual([{ code: '371600', name: '滨州市', fullName: '滨州市', level: 'city', hasChildren: true }])
    expect((await agent.get('/api/regions?parent=371600')).body.items).toHaveLength(10)
    const zone = (await agent.get('/api/regions?parent=371600Z01')).body.items
    expect(zone.map((region: { name: string }) => region.name)).toEqual(['杜店街道', '沙河街道', '里则街道'])
  })
  it('按首字母和名称查找到村', async () => {
    expect(codes((await agent.get('/api/regions?q=plj')).body.items)).toContain('371602005')
    const byName = (await agent.get(`/api/regions?q=${encodeURIComponent('彭家社区')}`)).body.items
    expect(byName[0].fullName).toBe('滨城区彭李街道彭家社区居委会')
  })
  it('一处区划带着它的路径；没有的就是没有', async () => {
    const { body } = await agent.get('/api/regions/371602010')
    expect(body.path).toEqual(['371600', '371602', '371600Z01', '371602010'])
    expect((await agent.get('/api/regions/999999')).status).toBe(404)
    expect((await agent.get('/api/regions?limit=0&q=a')).status).toBe(400)
  })
})

describe('承办单位', () => {
  it('全部单位上级在前', async () => {
    const { items } = (await agent.get('/api/units')).body
    expect(items.length).toBeGreaterThan(200)
    const seen = new Set<string | null>([null])
    for (const { id, parentId } of items) {
      expect(seen.has(parentId), id).toBe(true)
      seen.add(id)
    }
  })
  it('按名称、简称、职责查找，名称在前', async () => {
    const { items } = (await agent.get(`/api/units?q=${encodeURIComponent('滨城区住')}`)).body
    expect(items[0].id).toBe('371602-ZJ')
    const inside = (await agent.get(`/api/units?within=371602&q=${encodeURIComponent('住')}`)).body.items
    for (const { id } of inside) expect(id).toMatch(/^371602/)
  })
  it('按拼音首字母查找，全称、简称都行', async () => {
    for (const q of ['bcqzjj', 'bczjj', 'bcqzfhcxjsj', 'bcq 物业'])
      expect((await agent.get(`/api/units?q=${encodeURIComponent(q)}`)).body.items[0].id, q).toBe('371602-ZJ')
  })
  it('下级和单个', async () => {
    const { items } = (await agent.get('/api/units?parent=371600-12345')).body
    expect(items).toHaveLength(6)
    expect((await agent.get('/api/units/371602')).body.name).toBe('滨城区人民政府')
    expect((await agent.get('/api/units/x')).status).toBe(404)
  })
})

describe('事项', () => {
  it('三级俱全，未变时回 304', async () => {
    const first = await agent.get('/api/matters')
    const levels = first.body.items.map((matter: { level: number }) => matter.level)
    expect([1, 2, 3].every((level) => levels.includes(level))).toBe(true)
    const etag = first.headers.get('ETag') ?? ''
    const again = await app.request('GET', '/api/matters', {
      token: agent.token,
      headers: { 'If-None-Match': etag, 'Cache-Control': 'max-age=0' },
    })
    expect(again.status).toBe(304)
  })
  it('按群众的话推荐事项', async () => {
    const input = { title: '工地夜间施工噪音扰民', detail: '渤海十八路工地半夜十二点还在施工，吵得睡不着觉' }
    const { items } = (await agent.post('/api/matters/suggest', input)).body
    expect(items[0].fullName).toMatch(/施工/)
    expect(items[0].hits.length).toBeGreaterThan(0)
  })
})

describe('派单目录', () => {
  const leafOf = async (text: string): Promise<string> => {
    const { items } = (await agent.post('/api/matters/suggest', { title: text })).body
    return items[0].code
  }
  const ask = async (query: string) => (await agent.get(`/api/catalogue/candidates?${query}`)).body.items

  it('给出由优到次的承办单位、理由和四明确', async () => {
    const items = await ask(`matterCode=${await leafOf('夜间施工噪音')}&regionCode=371602005`)
    expect(items[0].unitId).toMatch(/^371602/)
    expect(items[0].reasons[0]).toMatch(/^目录：.*×滨城区$/)
    for (const field of ['unitName', 'task', 'standard', 'basis', 'ruleId']) expect(items[0][field]).toBeTruthy()
    const scores = items.map((item: { score: number }) => item.score)
    expect(scores).toEqual([...scores].sort((a, b) => b - a))
  })
  it('功能区的街道归功能区；被诉单位及其下级不在其列', async () => {
    const code = await leafOf('夜间施工噪音')
    const [first] = await ask(`matterCode=${code}&regionCode=371602010`)
    expect(first.unitId).toMatch(/^371600Z01/)
    const others = await ask(`matterCode=${code}&regionCode=371602010&accused=371600Z01`)
    for (const { unitId } of others) expect(unitId).not.toMatch(/^371600Z01/)
  })
  it('没有的事项、区划被指出', async () => {
    expect((await agent.get('/api/catalogue/candidates?matterCode=000000')).body.details.fields[0].path).toBe(
      'matterCode',
    )
    expect((await agent.get('/api/catalogue/candidates')).status).toBe(400)
  })
})

describe('接口文档', () => {
  it('每条路由都在，模式与校验用的是同一份', async () => {
    const { body } = await app.request('GET', '/api/openapi.json')
    expect(body.openapi).toBe('3.1.0')
    const signIn = body.paths['/api/auth/sign-in'].post
    expect(signIn.requestBody.content['application/json'].schema.required).toEqual(['username', 'password'])
    expect(signIn.security).toEqual([])
    const create = body.paths['/api/users'].post
    expect(create.parameters.map((parameter: { name: string }) => parameter.name)).toContain('Idempotency-Key')
    expect(create.responses['201']).toBeDefined()
    const page = await app.request('GET', '/api/docs')
    expect(page.body).toContain('接口文档')
  })
  it('不存在的接口回 JSON', async () => {
    const answer = await agent.get('/api/nothing/here')
    expect([answer.status, answer.body.code]).toEqual([404, 'notFound'])
    expect(answer.body.requestId).toBe(answer.headers.get('X-Request-Id'))
  })
  it('存活、就绪、指标', async () => {
    expect((await app.request('GET', '/livez')).status).toBe(200)
    expect((await app.request('GET', '/readyz')).status).toBe(200)
    expect((await app.request('GET', '/metrics')).body).toContain('http_request_seconds_bucket')
    expect((await app.request('GET', '/metrics', { headers: { 'X-Forwarded-For': '1.2.3.4' } })).status).toBe(404)
  })
})
