import { createAudit } from '@hotline/server/features/audit/auditService'
import { createNotices } from '@hotline/server/features/notice/noticeService'
import { createLogger } from '@hotline/server/platform/log'
import { createOutbox } from '@hotline/server/platform/outbox'
import { CLOCK } from '@hotline/shared/actor'
import type { LimitList, ProfileView } from '@hotline/shared/limits/view'
import { randomUUID } from 'node:crypto'
import type { Db } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type Answer, type Client, type TestApp } from '../helpers/app'
import { ok, openDatabase, openDesk } from '../helpers/desk'
import { KEEPER, openKnowledge } from '../helpers/knowledge'

interface Row {
  _id: string
}

let app: TestApp
let db: Db
let close: () => Promise<void>
let director: Client
let supervisor: Client
beforeAll(async () => {
  app = await startApp()
  ;({ db, close } = await openDatabase(app))
  director = await app.signIn('director')
  supervisor = await app.signIn('supervisor1')
})
afterAll(async () => {
  await close()
  await app.stop()
})

const letters = () => db.collection<Row>('outbox')
const waiting = (topic: string) => letters().countDocuments({ topic })
const audited = (action: string) => db.collection('audit').countDocuments({ action })
/** As if the time were up that is left to the process which wrote them. */
const everybodys = () => letters().updateMany({}, { $set: { nextAt: new Date(0) } })
const arrived = () => expect.poll(() => letters().countDocuments({}), { timeout: 20_000 }).toBe(0)
/** The database takes nothing into this collection, so that what follows a commit cannot follow it. */
async function without<T>(collection: string, work: () => Promise<T>): Promise<T> {
  await db.command({ collMod: collection, validator: { $expr: false } })
  try {
    return await work()
  } finally {
    await db.command({ collMod: collection, validator: {} })
  }
}
/** A process that commits and is gone before it has delivered anything: nobody there receives. */
function dying() {
  const outbox = createOutbox(db as never, createLogger('silent'))
  const audit = createAudit(db as never, app.clock)
  const notices = createNotices(db as never, app.clock, () => undefined)
  return { transact: outbox.transact, audit, notices }
}
const notice = (key: string) => ({
  key,
  recipients: [{ role: 'director' as const }],
  kind: 'test',
  title: '测试',
  text: '',
})

describe('变更、留痕、通知一起写下', () => {
  it('提交以后进程没了：留痕和通知由别的进程补上，各一次，时间是当时的', async () => {
    const { transact, audit, notices } = dying()
    await transact(async (tx) => {
      await db.collection<Row>('things').insertOne({ _id: '一' }, { session: tx.session as never })
      audit.appendWith(tx, { actor: CLOCK, action: 'test.died', target: 'things/一', details: { n: 1 } })
      notices.sendWith(tx, [notice('died')])
    }).catch(() => undefined)
    expect(await db.collection<Row>('things').countDocuments()).toBe(1)
    expect([await waiting('audit'), await waiting('notices')]).toEqual([1, 1])
    const copies = await letters().find().toArray()
    const then = app.clock.now()
    app.clock.advance(60_000)

    await everybodys()
    await arrived()
    const told = { recipient: 'role:director', kind: 'test' }
    expect(await db.collection('audit').findOne({ action: 'test.died' })).toMatchObject({ at: then, details: { n: 1 } })
    expect(await db.collection('notices').findOne(told)).toMatchObject({ at: then })

    // Whoever brought them died before he had put them away.
    await letters().insertMany(copies)
    await everybodys()
    await arrived()
    expect(await audited('test.died')).toBe(1)
    expect(await db.collection('notices').countDocuments(told)).toBe(1)
    expect(ok(await director.get('/api/audit/verify'))).toMatchObject({ isIntact: true })
  })

  it('没有提交成功的，什么也不留', async () => {
    const { transact, audit, notices } = dying()
    const failing = transact(async (tx) => {
      await db.collection<Row>('things').insertOne({ _id: '二' }, { session: tx.session as never })
      audit.appendWith(tx, { actor: CLOCK, action: 'test.refused', target: 'things/二' })
      notices.sendWith(tx, [notice('refused')])
      throw new Error('改主意了')
    })
    await expect(failing).rejects.toThrow('改主意了')
    expect(await db.collection<Row>('things').countDocuments({ _id: '二' })).toBe(0)
    expect(await letters().countDocuments()).toBe(0)
  })

  it('一封送不到的不挡住别的，也不会丢', async () => {
    const { transact, audit } = dying()
    await transact(async (tx) => {
      tx.post('unknown', { text: '没有人收' })
      audit.appendWith(tx, { actor: CLOCK, action: 'test.behind', target: 'things/三' })
    })
    await everybodys()
    await expect.poll(() => audited('test.behind'), { timeout: 20_000 }).toBe(1)
    await expect.poll(() => letters().findOne({ topic: 'unknown' })).toMatchObject({ tries: 1 })
    await letters().deleteMany({ topic: 'unknown' })
  })
})

describe('审计写不进去的时候', () => {
  const put = (path: string, body: unknown) => app.request('PUT', `/api${path}`, { token: director.token, body })
  const YEAR = { year: 2028, off: ['2028-01-03'], work: [], source: '国务院办公厅通知' }
  const SAVES: [string, string, () => Promise<Answer>][] = [
    [
      '时限方案存新版',
      'limits.saved',
      async () => {
        const { profile, versions } = ok(await director.get('/api/limits/anyang-2021')) as ProfileView
        const { id: _id, version, ...content } = profile
        const changed = { ...content, resolve: [{ limit: { unit: 'workdays', n: 4 } }] }
        const basedOn = versions[0]?.version ?? version
        return director.post('/api/limits/anyang-2021/versions', { profile: changed, basedOn, note: '按会议纪要' })
      },
    ],
    [
      '选定本市方案',
      'limits.applied',
      async () => {
        const { seq } = ok(await director.get('/api/limits')) as LimitList
        const body = { id: 'anyang-2021', version: 1, basedOn: seq, note: '按会议纪要', isForOpen: true }
        return director.post('/api/limits/apply', body)
      },
    ],
    [
      '存日历草稿',
      'calendar.drafted',
      () => director.post('/api/calendar/drafts', { calendar: YEAR, basedOn: 0, note: '按会议纪要' }),
    ],
    [
      '公布日历',
      'calendar.published',
      () => director.post('/api/calendar/publish', { calendar: YEAR, basedOn: 1, note: '按会议纪要' }),
    ],
    [
      '话务数值',
      'calls.numbersSaved',
      () => put('/call-settings/numbers', { version: 1, wrapUpSeconds: 90, lostHours: 6 }),
    ],
    ['交换机令牌', 'calls.exchangeAdded', () => director.post('/api/call-settings/exchanges', { name: '主机房' })],
    [
      '停用单位',
      'unit.closed',
      async () => (await app.signIn('admin')).post('/api/units/371602010/close', { reason: '撤并' }),
    ],
    ['启用单位', 'unit.opened', async () => (await app.signIn('admin')).post('/api/units/371602010/open')],
    [
      '值班表',
      'roster.saved',
      () =>
        supervisor.post('/api/roster/2027-03-01/duties', {
          version: 0,
          duties: [{ post: 'leader', name: '李明', title: '副市长' }],
        }),
    ],
    [
      '新账号',
      'user.created',
      async () =>
        (await app.signIn('admin')).post('/api/users', {
          username: 'outbox1',
          name: '赵新',
          roles: ['agent'],
          unitId: '371600-12345',
          password: 'Sudden-Rain-88',
        }),
    ],
  ]

  beforeAll(async () => {
    await app.signIn('admin')
  })

  it.each(SAVES)('%s：变更照样生效，留痕随后补上，一条不少', async (_what, action, save) => {
    const before = await audited(action)
    const answer = await without('audit', save)
    expect([answer.status < 300, answer.body.message]).toEqual([true, undefined])
    expect(await waiting('audit')).toBe(1)
    expect(await audited(action)).toBe(before)
    await everybodys()
    await arrived()
    expect(await audited(action)).toBe(before + 1)
  })

  it('补上以后散列链完好', async () => {
    expect(ok(await director.get('/api/audit/verify'))).toMatchObject({ isIntact: true })
  })
})

describe('会话结束不了的时候', () => {
  const OWN = 'Hotline@12345'
  const own = (username: string) => app.signIn(username, OWN)
  const statusOf = async ({ token }: Client) => (await app.request('GET', '/api/me', { token })).status
  const renewed = async ({ cookie }: Client) =>
    (await app.request('POST', '/api/auth/refresh', { headers: { Cookie: cookie } })).status

  it.each([
    ['重置密码', 'reset-password', { password: 'Given-Moon-31' }],
    ['停用账号', 'disable', {}],
  ])('%s也不生效：不留下改了密码、停了账号还续得上的会话', async (_what, act, body) => {
    const admin = await app.signIn('admin')
    const person = await own('handler@371623')
    const refused = await without('sessions', () => admin.post(`/api/users/${person.user.id}/${act}`, body))
    expect([refused.status, await statusOf(person)]).toEqual([500, 200])
    expect((await own('handler@371623')).user).not.toHaveProperty('mustChangePassword')
  })

  it('修改密码也一样；改成了，别处的会话同时结束，自己的还在', async () => {
    const here = await own('handler@371621')
    const there = await own('handler@371621')
    const change = () => here.post('/api/me/password', { currentPassword: OWN, newPassword: 'Quiet-River-77' })
    expect([(await without('sessions', change)).status, await statusOf(here)]).toEqual([500, 200])
    ok(await change())
    expect([await renewed(here), await renewed(there)]).toEqual([200, 401])
  })
})

describe('通知写不进去的时候', () => {
  it('知识送审、双随机抽取和评分的通知随后补上', async () => {
    const desk = openDesk(app)
    const k = openKnowledge(app)
    const inspector = await app.signIn('inspector')
    await desk.closed()
    const draft = await k.draft()
    await everybodys()
    await arrived()
    const day = app.clock.now().toISOString().slice(0, 10)
    const round = { name: '十一月检查', kind: 'handling', from: day, to: day, sample: { by: 'count', n: 1 } }
    await without('notices', async () => {
      await k.act('agent1', draft.id, 'submit')
      ok(await supervisor.post('/api/inspections/rounds', { ...round, inspectorIds: [inspector.user.id] }))
    })
    expect(await waiting('notices')).toBe(2)
    await everybodys()
    await arrived()
    const titles = async (client: Client) =>
      ok(await client.get('/api/notices')).items.map(({ title }: { title: string }) => title)
    expect(await titles(await app.signIn(KEEPER))).toContain('知识待审核')
    expect(await titles(inspector)).toContain('抽到您检查：十一月检查')
  })
})

describe('提交了而答复丢了的请求', () => {
  it('同一幂等键再来：告诉他上次已经完成，不再做一次', async () => {
    const key = randomUUID()
    const body = { name: '备用机房' }
    ok(await director.post('/api/call-settings/exchanges', body, { key }))
    const lost = {
      $set: { state: 'committed', startedAt: new Date(0) },
      $unset: { body: '' as const, status: '' as const },
    }
    await db.collection<Row>('idempotencyKeys').updateOne({ _id: `${director.user.id}:${key}` }, lost)
    const again = await director.post('/api/call-settings/exchanges', body, { key })
    expect(again).toMatchObject({ status: 409, body: { message: '这项操作上次已经完成，请刷新后查看结果' } })
    expect(await db.collection('ctiExchanges').countDocuments({ name: '备用机房' })).toBe(1)
  })
})
