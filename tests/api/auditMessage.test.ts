import { messageMigrations } from '@hotline/server/features/message/messageFeature'
import {
  createMessages,
  RECORDING_ADAPTER,
  type MessageAdapter,
  type OutboundMessage,
} from '@hotline/server/features/message/messageService'
import { createNotices, type NewNotice } from '@hotline/server/features/notice/noticeService'
import { createFixedClock } from '@hotline/server/platform/clock'
import { createCrypto } from '@hotline/server/platform/crypto'
import type { Live } from '@hotline/server/platform/live'
import { createLogger } from '@hotline/server/platform/log'
import { migrate } from '@hotline/server/platform/migrations'
import { connectMongo, type Database } from '@hotline/server/platform/mongo'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FRIDAY, startApp, type TestApp } from '../helpers/app'
import { freshDatabase } from '../helpers/database'

const logger = createLogger('silent')
const clock = createFixedClock(FRIDAY)
const touch = async () => {}
let app: TestApp
let database: Database
beforeAll(async () => {
  app = await startApp({ clock })
  database = await connectMongo(app.uri, logger)
})
afterAll(async () => {
  await database.close()
  await app.stop()
})

const result = (key: string, to = '13912345678'): OutboundMessage => ({ key, purpose: 'result', to, text: '已办结' })

describe('对外消息', () => {
  const fresh = freshDatabase()
  let outbox: Database
  beforeAll(async () => {
    outbox = await connectMongo(fresh.uri, logger)
    await migrate(outbox.db, messageMigrations, logger)
  })
  afterAll(async () => {
    await outbox.close()
    await fresh.drop()
  })
  const messagesBy = (adapter: MessageAdapter, { db } = outbox) =>
    createMessages({ db, crypto: createCrypto(app.config.secrets), clock, adapter, logger })

  it('管理员看到发了什么，看不到号码和查询码；库里也没有明文', async () => {
    const text = '您的诉求已登记，编号 371600261120000001，查询码 K7M2QX，有疑问请拨 0543-3161234'
    const message: OutboundMessage = { key: 't1:registered', purpose: 'registered', to: '138 0000 1234', text }
    await messagesBy(RECORDING_ADAPTER, database).enqueue([{ ...message, secrets: ['K7M2QX'] }])
    const admin = await app.signIn('admin')
    const [shown] = (await admin.get('/api/messages')).body.items
    expect(shown).toMatchObject({ id: 't1:registered', to: '138****1234', state: 'sent', adapter: '仅记录' })
    expect(shown.text).toContain('编号 371600261120000001，查询码 ******')
    expect(JSON.stringify(await database.db.collection('messages').findOne({}))).not.toMatch(
      /K7M2QX|13800001234|3161234/,
    )
    expect((await (await app.signIn('director')).get('/api/messages')).status).toBe(403)
  })

  it('同一件事只发一次；两个进程抢着发，也是每条一次', async () => {
    const sent: string[] = []
    const gateway: MessageAdapter = { name: '短信', send: async ({ key }) => void sent.push(key) }
    const keys = Array.from({ length: 20 }, (_, n) => `many${n}`)
    for (let n = 0; n < 2; n += 1) await messagesBy(gateway).enqueue(keys.map((key) => result(key)))
    const counts = await Promise.all([1, 2].map(() => messagesBy(gateway).sendDue(touch)))
    expect(sent.sort()).toEqual(keys.sort())
    expect(counts.reduce((sum, count) => sum + count)).toBe(20)
  })

  it('发不出去的隔得越来越久再试，十二次后放下，不挡住别的', async () => {
    const attempts: string[] = []
    const gateway = messagesBy({
      name: '坏网关',
      send: async ({ key, to }) => {
        attempts.push(key)
        if (key === 'poison') throw new Error(`网关拒绝 ${to}`)
      },
    })
    await gateway.enqueue([result('poison'), result('healthy')])
    for (let n = 0; n < 14; n += 1) {
      await gateway.sendDue(touch)
      clock.advance(7 * 3600_000)
    }
    const rows = outbox.db.collection<{ _id: string }>('messages')
    expect(attempts.filter((key) => key === 'poison')).toHaveLength(12)
    expect(attempts.filter((key) => key === 'healthy')).toHaveLength(1)
    expect(await rows.findOne({ _id: 'poison' })).toMatchObject({ state: 'failed', lastError: '网关拒绝 139****5678' })
    expect(await rows.findOne({ _id: 'healthy' })).toMatchObject({ state: 'sent', attempts: 1 })
  })
})

describe('站内消息', () => {
  const notice = (key: string, recipients: NewNotice['recipients']): NewNotice => ({
    key,
    recipients,
    kind: 'ticket.dispatched',
    title: '新派工单',
    text: '夜间施工噪音',
    ticketId: 't1',
  })
  const hints: string[] = []
  const hint: Live['hint'] = (rooms, ..._event) => {
    hints.push(...rooms)
  }
  const send = (...notices: NewNotice[]) => createNotices(database.db, clock, hint).send(notices)

  it('发给单位、单位中的角色、热线角色、个人，各人只见自己的', async () => {
    const clerk = await app.signIn('clerk@371602-ZJ')
    const lead = await app.signIn('lead@371602-ZJ')
    const stranger = await app.signIn('clerk@371602-CG')
    await send(
      notice('t1:1', [{ unitId: '371602-ZJ' }]),
      notice('t1:2', [{ unitId: '371602-ZJ', role: 'unitLead' }]),
      notice('t1:3', [{ role: 'dispatcher' }]),
      notice('t1:4', [{ userId: clerk.user.id }]),
    )
    expect(hints).toEqual(['unit:371602-ZJ', 'unit:371602-ZJ', 'role:dispatcher', `user:${clerk.user.id}`])
    const count = async (client: typeof clerk) => (await client.get('/api/notices/unread')).body.count
    expect([await count(clerk), await count(lead), await count(stranger)]).toEqual([2, 2, 0])
    expect(await count(await app.signIn('dispatcher1'))).toBe(1)
  })

  it('重复发送不重复出现', async () => {
    await send(notice('t2:1', [{ unitId: '371603' }]))
    await send(notice('t2:1', [{ unitId: '371603' }]))
    const clerk = await app.signIn('clerk@371603')
    expect((await clerk.get('/api/notices')).body.items).toHaveLength(1)
  })

  it('一个人已读，同事那里还是未读；别人的消息标不了', async () => {
    await send(notice('t3:1', [{ unitId: '371621' }]))
    const [clerk, handler] = [await app.signIn('clerk@371621'), await app.signIn('handler@371621')]
    const [{ id }] = (await clerk.get('/api/notices')).body.items
    expect((await clerk.post(`/api/notices/${encodeURIComponent(id)}/read`)).status).toBe(200)
    expect((await clerk.get('/api/notices?unread=true')).body.total).toBe(0)
    expect((await handler.get('/api/notices')).body.items[0].isRead).toBe(false)
    const stranger = await app.signIn('clerk@371622')
    expect((await stranger.post(`/api/notices/${encodeURIComponent(id)}/read`)).status).toBe(404)
    await handler.post('/api/notices/read-all')
    expect((await handler.get('/api/notices/unread')).body).toEqual({ count: 0, isCapped: false })
  })
})
