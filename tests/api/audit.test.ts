import { createAnchorStore } from '@hotline/server/features/audit/auditAnchor'
import { createAuditKeeper } from '@hotline/server/features/audit/auditKeeper'
import { createAudit } from '@hotline/server/features/audit/auditService'
import { createFixedClock } from '@hotline/server/platform/clock'
import { createCrypto } from '@hotline/server/platform/crypto'
import { createLogger } from '@hotline/server/platform/log'
import { CLOCK } from '@hotline/shared/actor'
import type { AuditView } from '@hotline/shared/audit/audit'
import { MongoClient, type Db } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FRIDAY, startApp, type TestApp } from '../helpers/app'
import { eventually, ok, openDesk, type Desk } from '../helpers/desk'

interface Row {
  _id: number
  actorName: string
  hash: string
}

let app: TestApp
let desk: Desk
let client: MongoClient
let db: Db
beforeAll(async () => {
  app = await startApp()
  desk = openDesk(app)
  client = await MongoClient.connect(app.uri)
  db = client.db()
})
afterAll(async () => {
  await client.close()
  await app.stop()
})

const verdict = async () => ok(await (await app.signIn('admin')).get('/api/audit/verify'))
const find = async (query: string) => ok(await (await app.signIn('director')).get(`/api/audit?${query}`)).items
const newest = () => db.collection<Row>('audit').findOne({}, { sort: { _id: -1 } })
const anchored = () => db.collection<{ _id: string; seq: number }>('anchors').findOne({ _id: 'audit' })

describe('审计日志', () => {
  it('登录、停用账号都留痕，新的在前，可按对象查', async () => {
    const admin = await app.signIn('admin')
    const { user } = await app.signIn('clerk@371602')
    await admin.post(`/api/users/${user.id}/disable`)
    const { body } = await admin.get(`/api/audit?target=users/${user.id}`)
    expect(body.items.map((item: AuditView) => item.action)).toEqual(['user.disabled', 'auth.signedIn'])
    expect(body.items[0]).toMatchObject({ actorName: admin.user.name, details: { username: 'clerk@371602' } })
    expect(body.items[0]).toMatchObject({ actionLabel: '停用账号', at: '2026-11-20T02:00:00.000Z' })
  })

  it('可按人、事项、工单编号、时间查', async () => {
    const ticket = await desk.register()
    await (await desk.as('agent2')).get(`/api/tickets/${ticket.no}`)
    const agent = (await desk.as('agent2')).user
    for (const query of [`ticket=${ticket.no}`, `ticket=${ticket.id}`])
      expect(await find(query)).toMatchObject([{ action: 'ticket.openedByNumber', actorId: agent.id }])
    const byName = await find(`person=${encodeURIComponent(agent.name)}&action=ticket.openedByNumber`)
    expect(byName).toMatchObject([{ actorName: agent.name, unitName: expect.stringContaining('热线') as string }])
    expect(await find('person=查无此人')).toEqual([])
    expect(await find('from=2026-11-21')).toEqual([])
    expect((await find('from=2026-11-20&to=2026-11-20')).length).toBeGreaterThan(0)
  })

  it('按来电号码查询、在列表里搜号码，都记下查的人和号码的掩码', async () => {
    const agent = await desk.as('agent1')
    ok(await agent.post('/api/callers/lookup', { number: '13912340000' }))
    ok(await agent.get('/api/tickets?q=139-1234-0001'))
    ok(await agent.get('/api/tickets?q=夜间施工'))
    const entries = await find(`action=caller.lookedUp&actorId=${agent.user.id}`)
    expect(entries.map(({ details }: AuditView) => details)).toEqual([
      { number: '139****0001', total: 0 },
      { number: '139****0000', total: 0 },
    ])
    expect(JSON.stringify(entries)).not.toMatch(/13912340000|1391234/)
  })

  it('只有系统管理员和主任能看', async () => {
    expect((await (await app.signIn('director')).get('/api/audit')).status).toBe(200)
    for (const username of ['agent1', 'supervisor1', 'clerk@371603']) {
      expect((await (await app.signIn(username)).get('/api/audit')).status).toBe(403)
      expect((await (await app.signIn(username)).get('/api/audit/verify')).status).toBe(403)
    }
  })

  it('多个进程同时追加，一条不少，链不断', async () => {
    const clock = createFixedClock(FRIDAY)
    const before = (await verdict()).count
    const processes = [1, 2, 3].map(() => createAudit(db as never, clock))
    await Promise.all(
      processes.flatMap((audit, process) =>
        Array.from({ length: 20 }, (_, n) =>
          audit.append({ actor: CLOCK, action: 'test', target: `p${process}/${n}` }),
        ),
      ),
    )
    expect(await verdict()).toMatchObject({ isIntact: true, count: before + 60 })
    expect(await db.collection('audit').distinct('target', { action: 'test' })).toHaveLength(60)
  })

  it('锚点随后跟上，说到第几条', async () => {
    const { count } = await verdict()
    await createAudit(db as never, createFixedClock(FRIDAY)).append({ actor: CLOCK, action: 'test', target: 'x' })
    await (await app.signIn('agent1')).post('/api/callers/lookup', { number: '13912340002' })
    await eventually(anchored, (anchor) => anchor?.seq === count + 2)
    expect((await verdict()).sentence).toBe(`链完整至第 ${count + 2} 条，与锚点一致`)
  })

  it('改一条、删中间一条、删最后一条，都会被发现', async () => {
    const audit = db.collection<Row>('audit')
    const third = (await audit.findOne({ _id: 3 })) as Row
    await audit.updateOne({ _id: 3 }, { $set: { actorName: '别人' } })
    expect(await verdict()).toMatchObject({ isIntact: false, count: 2, brokenAt: 3, why: '第 3 条被改动过' })
    await audit.deleteOne({ _id: 3 })
    expect(await verdict()).toMatchObject({ isIntact: false, brokenAt: 3, why: '缺第 3 条' })
    await audit.insertOne(third)
    const last = (await newest()) as Row
    await audit.deleteOne({ _id: last._id })
    expect((await verdict()).sentence).toBe(`链在第 ${last._id} 条断开：缺最后一条（第 ${last._id} 条）`)
    await audit.insertOne(last)
    expect(await verdict()).toMatchObject({ isIntact: true, count: last._id, anchoredTo: last._id })
  })

  it('库里的锚点改不得：改回旧的、伪造的都看得出', async () => {
    const anchors = db.collection<{ _id: string; seq: number; signature: string }>('anchors')
    const real = (await anchors.findOne({ _id: 'audit' })) as { _id: string; seq: number; signature: string }
    await anchors.updateOne({ _id: 'audit' }, { $set: { seq: real.seq - 1 } })
    expect(await verdict()).toMatchObject({ isIntact: false, why: '锚点的签名不对，有人改过锚点' })
    await anchors.updateOne({ _id: 'audit' }, { $unset: { signature: '' } })
    expect(await verdict()).toMatchObject({ isIntact: false, why: '锚点的签名不对，有人改过锚点' })
    await anchors.replaceOne({ _id: 'audit' }, real)
    expect((await verdict()).isIntact).toBe(true)
  })

  it('末尾被删、又接上新记录：锚点不越过断处，错误只报一次', async () => {
    const audit = db.collection<Row>('audit')
    const log: string[] = []
    const keeper = createAuditKeeper({
      db: db as never,
      store: createAnchorStore(db as never, createCrypto(app.config.secrets), ''),
      clock: createFixedClock(FRIDAY),
      logger: createLogger('error', { write: (line) => void log.push(line) }),
    })
    await keeper.start()
    const before = (await anchored())?.seq as number
    const last = (await newest()) as Row
    await audit.deleteOne({ _id: last._id })
    const other = createAudit(db as never, createFixedClock(FRIDAY))
    for (const target of ['y', 'z']) await other.append({ actor: CLOCK, action: 'test', target })
    await keeper.stop()
    await keeper.stop()
    expect((await anchored())?.seq).toBe(before)
    expect(log.filter((line) => line.includes('散列链断了'))).toHaveLength(1)
    expect(await keeper.verify()).toMatchObject({ isIntact: false, brokenAt: last._id })
  })
})
