import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type Answer, type Client, type TestApp } from '../helpers/app'

const UNIT = '371602-ZJ'
let app: TestApp
let people: Record<'agent' | 'dispatcher' | 'clerk' | 'handler' | 'admin', Client>
beforeAll(async () => {
  app = await startApp()
  people = {
    agent: await app.signIn('agent1'),
    dispatcher: await app.signIn('dispatcher1'),
    clerk: await app.signIn(`clerk@${UNIT}`),
    handler: await app.signIn(`handler@${UNIT}`),
    admin: await app.signIn('admin'),
  }
})
afterAll(() => app.stop())

function ok(answer: Answer): Answer['body'] {
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300)
  return answer.body
}

describe('停用有在办工单的账号', () => {
  it('先移交，再停用', async () => {
    const { agent, dispatcher, clerk, handler, admin } = people
    const [{ code }] = (await agent.post('/api/matters/suggest', { title: '夜间施工噪音' })).body.items
    const ticket = ok(
      await agent.post('/api/tickets', {
        channel: 'phone',
        caller: { number: '13800001234', name: '张三', type: 'person', isAnonymous: false },
        confidentiality: 0,
        kind: 'complaint',
        matterCode: code,
        regionCode: '371602005',
        address: '渤海十八路黄河五路',
        title: '夜间施工噪音',
        detail: '工地半夜施工',
        urgency: 'general',
        needsReply: true,
        needsCallback: true,
        isPublicAllowed: false,
      }),
    )
    const act = async (client: Client, command: string, body: object) => {
      const { version } = ok(await client.get(`/api/tickets/${ticket.id}`))
      return ok(await client.post(`/api/tickets/${ticket.id}/${command}`, { version, ...body }))
    }
    const work = { leadUnitId: UNIT, task: '核实夜间施工', standard: '停止夜间施工', limit: { kind: 'profile' } }
    await act(dispatcher, 'dispatch', work)
    await act(clerk, 'acknowledge', {})
    await act(clerk, 'assignHandler', { handlerId: handler.user.id })
    const refused = await admin.post(`/api/users/${handler.user.id}/disable`)
    expect([refused.status, refused.body.message]).toEqual([422, '还有 1 件在办工单，请先移交再停用'])
    const moved = await admin.patch(`/api/users/${handler.user.id}`, { roles: ['clerk'] })
    expect([moved.status, moved.body.message]).toEqual([422, '还有 1 件在办工单，请先移交再调整单位或岗位'])
    await act(dispatcher, 'recall', { reason: '派错单位' })
    ok(await admin.post(`/api/users/${handler.user.id}/disable`))
  })
})
