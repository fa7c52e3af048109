import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type Client, type TestApp } from '../helpers/app'
import { BUREAU, COUNTY, COUNTY_BUREAU, OTHER } from './statsScene'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.stop())

const PATHS = ['live', 'measures', 'units', 'tickets?measure=received']
const statuses = (client: Client) =>
  Promise.all(PATHS.map(async (path) => (await client.get(`/api/stats/${path}`)).status))

describe('谁能看统计', () => {
  it.each(['supervisor1', 'director', 'shiftlead', 'inspector', 'cityleader', 'dispatcher1'])(
    '%s 看全市',
    async (name) => {
      const client = await app.signIn(name)
      expect(await statuses(client)).toEqual([200, 200, 200, 200])
      expect((await client.get('/api/stats/measures')).body.scope).toBe('city')
      expect((await client.get(`/api/stats/measures?unitId=${OTHER}`)).body.scope).toBe('unit')
    },
  )

  it.each([`lead@${BUREAU}`, `head@${BUREAU}`, `clerk@${BUREAU}`, `countyadmin@${COUNTY}`])(
    '%s 看本单位及下级',
    async (name) => {
      const client = await app.signIn(name)
      expect(await statuses(client)).toEqual([200, 200, 200, 200])
      const { body } = await client.get('/api/stats/measures')
      expect([body.scope, body.unitId]).toEqual(['unit', client.user.unitId])
      for (const path of ['measures', 'units', 'tickets']) {
        const other = await client.get(
          `/api/stats/${path}?unitId=${OTHER}&${path === 'tickets' ? 'measure=received' : ''}`,
        )
        expect([path, other.status, other.body.code]).toEqual([path, 403, 'forbidden'])
        expect(
          (await client.get(`/api/stats/${path}?unitId=371600${path === 'tickets' ? '&measure=received' : ''}`)).status,
        ).toBe(403)
      }
    },
  )

  it('区县可看下级，下级不可看区县', async () => {
    const county = await app.signIn(`countyadmin@${COUNTY}`)
    expect((await county.get(`/api/stats/measures?unitId=${COUNTY_BUREAU}`)).status).toBe(200)
    const bureau = await app.signIn(`lead@${COUNTY_BUREAU}`)
    expect((await bureau.get(`/api/stats/measures?unitId=${COUNTY}`)).status).toBe(403)
  })

  it.each(['agent1', 'admin', 'callback1', 'knowledge', `handler@${BUREAU}`])('%s 不能看', async (name) => {
    expect(await statuses(await app.signIn(name))).toEqual([403, 403, 403, 403])
  })

  it('未登录不能看', async () => {
    for (const path of PATHS) expect((await app.request('GET', `/api/stats/${path}`)).status).toBe(401)
  })
})

describe('空库', () => {
  it('没有可数的，率是空的而不是零', async () => {
    const supervisor = await app.signIn('supervisor1')
    const { items } = (await supervisor.get('/api/stats/measures')).body
    expect(items).toHaveLength(20)
    for (const { id, numerator, denominator, value } of items)
      expect([id, numerator, denominator, value]).toEqual([
        id,
        0,
        id === 'received' ? null : 0,
        id === 'received' ? 0 : null,
      ])
    const units = (await supervisor.get('/api/stats/units')).body
    expect(units.items).toEqual([])
    expect(units.total).toMatchObject({ started: 0, closeRate: null, onTimeRate: null })
  })

  it('没有分母的指标，分母背后没有工单', async () => {
    const supervisor = await app.signIn('supervisor1')
    const { body } = await supervisor.get('/api/stats/tickets?measure=received&part=denominator')
    expect(body).toMatchObject({ items: [], total: 0, count: 0 })
  })

  it('缺指标、指标不存在、页码不对，都说在哪里', async () => {
    const supervisor = await app.signIn('supervisor1')
    for (const [query, path] of [
      ['', 'measure'],
      ['measure=happiness', 'measure'],
      ['measure=received&page=0', 'page'],
      ['measure=received&part=half', 'part'],
    ] as const) {
      const { status, body } = await supervisor.get(`/api/stats/tickets?${query}`)
      expect([query, status, body.details.fields[0].path]).toEqual([query, 400, path])
    }
  })

  it('接口文档里有这四个', async () => {
    const { paths } = (await app.request('GET', '/api/openapi.json')).body
    expect(Object.keys(paths).filter((path) => path.startsWith('/api/stats'))).toEqual([
      '/api/stats/live',
      '/api/stats/measures',
      '/api/stats/units',
      '/api/stats/tickets',
    ])
    const names = paths['/api/stats/tickets'].get.parameters.map(({ name }: { name: string }) => name)
    expect(names).toEqual(expect.arrayContaining(['measure', 'part', 'from', 'to', 'unitId', 'page', 'pageSize']))
  })
})
