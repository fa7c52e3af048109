import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../helpers/app'
import { aDispatch, aRegistration, MATTER, ok, openDesk, OTHER_UNIT, TOWN, UNIT, type Desk } from '../helpers/desk'

let app: TestApp
let desk: Desk
beforeAll(async () => {
  app = await startApp()
  desk = openDesk(app)
})
afterAll(() => app.stop())

const asked = (overrides: Record<string, unknown> = {}) => ({
  kind: 'complaint',
  urgency: 'general',
  matterCode: MATTER,
  regionCode: TOWN,
  leadUnitId: UNIT,
  limit: { kind: 'profile' },
  ...overrides,
})
const preview = async (overrides?: Record<string, unknown>) =>
  ok(await (await desk.as('dispatcher1')).post('/api/deadlines/preview', asked(overrides)))

describe('时限预览', () => {
  it.each([
    ['按规定', {}, {}],
    ['手工缩短', { limit: { kind: 'workdays', n: 2 } }, {}],
    ['按小时', { limit: { kind: 'hours', n: 6 } }, {}],
    ['紧急', { urgency: 'urgent' }, {}],
    ['疑难', { complexity: 'difficult' }, {}],
    ['咨询', { kind: 'inquiry' }, {}],
    ['有协办', { isMultiUnit: true }, { coUnitIds: [OTHER_UNIT] }],
    ['派给目录之外的单位', { leadUnitId: '371602-JY' }, {}],
  ])('%s：预览什么，派出后就是什么', async (_label, change, units) => {
    const { limit, leadUnitId } = asked(change)
    const expected = await preview(change)
    const { kind, urgency, complexity } = asked(change) as Record<string, unknown>
    const ticket = await desk.dispatched({ kind, urgency, complexity }, { leadUnitId, limit, ...units })
    const [lead] = ticket.assignments
    expect([lead?.resolveBy, lead?.acknowledgeBy, lead?.returnBy]).toEqual([
      expected.resolve.by,
      expected.acknowledge.by,
      expected.return.by,
    ])
    expect(lead?.explain).toEqual(expected.resolve.explain)
    expect(lead?.limitFrom).toBe(expected.from)
    expect(expected.resolve.explain.join('')).toMatch(/[\u4e00-\u9fff]/)
  })

  it('手工只能缩短，不能放宽', async () => {
    const wished = asked({ limit: { kind: 'workdays', n: 60 } })
    const refused = await (await desk.as('dispatcher1')).post('/api/deadlines/preview', wished)
    expect([refused.status, refused.body.code, refused.body.details.standard.unit]).toEqual([
      422,
      'ruleViolated',
      'workdays',
    ])
    const body = aDispatch({ limit: wished.limit })
    const dispatch = await desk.tryTo('dispatcher1', await desk.register(), 'dispatch', body)
    expect([dispatch.status, dispatch.body.message]).toEqual([422, refused.body.message])
  })

  it('跨入假期尚未公布的年份，标为暂定', async () => {
    app.clock.set('2026-12-28T10:00:00+08:00')
    expect((await preview()).resolve.isProvisional).toBe(true)
    app.clock.set('2026-11-20T10:00:00+08:00')
    expect((await preview()).resolve.isProvisional).toBe(false)
  })

  it('填错的一次说全；未登录 401，承办单位 403', async () => {
    const wrong = await (
      await desk.as('dispatcher1')
    ).post('/api/deadlines/preview', { kind: 'x', urgency: '', limit: { kind: 'hours', n: 0 }, unit: 1 })
    expect(wrong.status).toBe(400)
    expect(wrong.body.details.fields.map(({ path }: { path: string }) => path).sort()).toEqual(
      ['kind', 'limit.n', 'unit', 'urgency'].sort(),
    )
    const stranger = await app.request('POST', '/api/deadlines/preview', { body: asked() })
    const clerk = await (await desk.as(`clerk@${UNIT}`)).post('/api/deadlines/preview', asked())
    expect([stranger.status, clerk.status]).toEqual([401, 403])
  })
})

describe('没有登录', () => {
  it('工单的每条路都是 401，说法相同', async () => {
    const { id, no } = await desk.register()
    const routes: [string, string, unknown?][] = [
      ['GET', '/api/tickets'],
      ['GET', '/api/tickets/desk-counts'],
      ['GET', `/api/tickets/${id}`],
      ['GET', `/api/tickets/${no}`],
      ['POST', '/api/tickets', aRegistration()],
      ['POST', `/api/tickets/${id}/dispatch`, { version: 1, ...aDispatch() }],
      ['POST', `/api/tickets/${id}/reveal`, { field: 'contact', reason: '联系诉求人' }],
      ['POST', '/api/callers/lookup', { number: '13800001234' }],
    ]
    for (const [method, path, body] of routes)
      for (const token of [undefined, 'x.y.z']) {
        const answer = await app.request(method, path, { body, token })
        expect([path, answer.status, answer.body.code]).toEqual([path, 401, 'unauthenticated'])
        expect(JSON.stringify(answer.body)).not.toContain(no)
      }
  })
})
