import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../helpers/app'
import { aDispatch, aRegistration, ok, openDesk, type Desk } from '../helpers/desk'

let app: TestApp
let desk: Desk
beforeAll(async () => {
  app = await startApp()
  desk = openDesk(app)
})
afterAll(() => app.stop())

const DEEP = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
const ODD = [
  { $gt: '' },
  { $ne: null },
  ['a'],
  null,
  1,
  true,
  '',
  '\u0000',
  '\ud800',
  '$where',
  '__proto__',
  'constructor',
]

describe('乱写的请求', () => {
  it('查询条件里的运算符、数组、怪字符，得不到更多，也不出内部错误', async () => {
    const ticket = await desk.register()
    const clerk = await desk.as('clerk@371602-CG')
    const lists = ['tickets', 'users', 'units', 'regions', 'notices', 'stats/tickets', 'catalogue/candidates', 'audit']
    const fields = ['q', 'status', 'unitId', 'regionCode', 'matterCode', 'from', 'desk', 'page', 'parent', 'measure']
    for (const list of lists)
      for (const field of fields)
        for (const query of [`${field}[$ne]=x`, `${field}=a&${field}=b`, `${field}=%00`, `${field}=%F0%9F%92%A9$`]) {
          const answer = await clerk.get(`/api/${list}?${query}`)
          expect([list, query, answer.status < 500]).toEqual([list, query, true])
          expect(JSON.stringify(answer.body)).not.toContain(ticket.id)
        }
    for (const id of ['[object Object]', '%00', '$ne', '__proto__', '%E0%A4%A', 'a'.repeat(3000)])
      for (const path of ['tickets', 'users', 'units', 'regions'])
        expect((await clerk.get(`/api/${path}/${id}`)).status).toBeLessThan(500)
  })

  it('请求体每个字段换成怪东西：要么收下，要么 4xx，从不是内部错误', async () => {
    const [agent, dispatcher] = [await desk.as('agent1'), await desk.as('dispatcher1')]
    for (const field of Object.keys(aRegistration()))
      for (const odd of ODD) {
        const answer = await agent.post('/api/tickets', aRegistration({ [field]: odd }))
        expect([field, odd, answer.status < 500]).toEqual([field, odd, true])
      }
    const ticket = await desk.register()
    for (const field of [...Object.keys(aDispatch()), 'assignmentId', 'version', 'coUnitIds'])
      for (const odd of ODD) {
        const answer = await dispatcher.post(`/api/tickets/${ticket.id}/dispatch`, {
          version: 1,
          ...aDispatch({ [field]: odd }),
        })
        expect([field, odd, answer.status < 500]).toEqual([field, odd, true])
      }
    for (const odd of ODD)
      expect(
        (await app.request('POST', '/api/auth/sign-in', { body: { username: odd, password: odd } })).status,
      ).not.toBe(500)
  })

  it('十万层括号是有效的 JSON，不是有效的请求', async () => {
    const clerk = await desk.as('clerk@371602-ZJ')
    for (const path of [
      '/api/notices/read-all',
      '/api/me/password',
      '/api/tickets',
      '/api/tickets/x/dispatch',
      '/api/matters/suggest',
    ]) {
      const answer = await clerk.post(path, `{"a":${DEEP}}`)
      expect([path, answer.status]).toEqual([path, expect.toSatisfy((status: number) => status >= 400 && status < 500)])
    }
    ok(await clerk.get('/api/me'))
  })
})
