import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LimitProfile } from '@hotline/shared/limits/profile'
import type { LimitList, ProfileView } from '@hotline/shared/limits/view'
import { startApp, type Client, type TestApp } from '../helpers/app'
import { eventually, ok, openDesk, type Desk } from '../helpers/desk'

let app: TestApp
let second: TestApp
let desk: Desk
let director: Client
beforeAll(async () => {
  app = await startApp()
  second = await startApp({ beside: app })
  desk = openDesk(app)
  director = await app.signIn('director')
})
afterAll(async () => {
  await second.stop()
  await app.stop()
})

const list = async (client = director) => ok(await client.get('/api/limits')) as LimitList
const read = async (id: string) => ok(await director.get(`/api/limits/${id}`)) as ProfileView
const contentOf = ({ id: _id, version: _version, ...content }: LimitProfile) => content
const choose = async (id: string, version = 1, more: object = {}) =>
  director.post('/api/limits/apply', {
    id,
    version,
    basedOn: (await list()).seq,
    note: '市政府常务会议通过',
    isForOpen: false,
    ...more,
  })

describe('时限方案', () => {
  it('各地预设都在，写明出处；本市现行的是默认方案', async () => {
    const { items, active } = await list()
    expect(items.length).toBeGreaterThanOrEqual(20)
    expect(items.map(({ id }) => id)).toEqual(expect.arrayContaining(['default', 'lvliang-2024', 'sichuan-2026']))
    expect(items.find(({ id }) => id === 'lvliang-2024')?.source).toContain('吕梁市 2024')
    expect([active.profile, active.name]).toEqual([{ id: 'default', version: 1 }, '滨州市默认时限'])
  })

  it('存为新的一版，旧版不变；差别逐项说明；记审计', async () => {
    const { profile } = await read('lvliang-2024')
    const changed = { ...contentOf(profile), resolve: [{ limit: { unit: 'workdays', n: 4 } }] }
    const body = { profile: changed, basedOn: 1, note: '按市里的会议纪要' }
    const saved = ok(await director.post('/api/limits/lvliang-2024/versions', body)) as ProfileView
    expect([saved.profile.version, saved.versions.map(({ version }) => version)]).toEqual([2, [2, 1]])
    expect(saved.versions[0]).toMatchObject({ note: '按市里的会议纪要', byName: director.user.name })
    const old = ok(await director.get('/api/limits/lvliang-2024?version=1')) as ProfileView
    expect(old.profile).toEqual(profile)
    const { changes } = ok(await director.get('/api/limits/lvliang-2024/diff?from=1&to=2'))
    expect(changes).toContainEqual({
      path: 'resolve.各类诉求',
      label: '办理时限：各类诉求',
      from: '5 个工作日',
      to: '4 个工作日',
    })
    const audit = ok(await director.get('/api/audit?action=limits.saved'))
    expect(audit.items[0]).toMatchObject({ target: 'limits/lvliang-2024', reason: '按市里的会议纪要' })
    expect(audit.items[0].details.changes.join()).toContain('5 个工作日 → 4 个工作日')
  })

  it('两人先后改同一版，后到的被告知；没有差别的不存', async () => {
    const { profile } = await read('anyang-2021')
    const body = (n: number) => ({
      profile: { ...contentOf(profile), resolve: [{ limit: { unit: 'workdays', n } }] },
      basedOn: 1,
      note: '改一处',
    })
    const [one, two] = await Promise.all([
      director.post('/api/limits/anyang-2021/versions', body(6)),
      (await second.signIn('director')).post('/api/limits/anyang-2021/versions', body(7)),
    ])
    expect([one.status, two.status].sort()).toEqual([201, 409])
    const newest = await read('anyang-2021')
    const same = { profile: contentOf(newest.profile), basedOn: 2, note: '没有改' }
    expect((await director.post('/api/limits/anyang-2021/versions', same)).body.message).toContain('没有差别')
  })

  it('同一幂等键重发，只存一版', async () => {
    const { profile } = await read('jinan-2018')
    const body = { profile: { ...contentOf(profile), archiveDays: 60 }, basedOn: 1, note: '归档延长' }
    const key = 'limits-jinan-once'
    ok(await director.post('/api/limits/jinan-2018/versions', body, { key }))
    ok(await director.post('/api/limits/jinan-2018/versions', body, { key }))
    expect((await read('jinan-2018')).versions).toHaveLength(2)
  })

  it('不合理的，逐项指出', async () => {
    const { profile } = await read('default')
    const bad = {
      ...contentOf(profile),
      dueTime: '25:00',
      scoreWeights: { response: 1, solved: 1, satisfied: 1 },
      resolve: [{ urgency: 'urgent', limit: { unit: 'workdays', n: 1 } }],
    }
    const answer = await director.post('/api/limits/default/versions', { profile: bad, basedOn: 1, note: '试试' })
    expect(answer.status).toBe(400)
    expect(answer.body.details.fields.map(({ path }: { path: string }) => path)).toEqual(
      expect.arrayContaining(['profile.dueTime', 'profile.scoreWeights.response', 'profile.resolve.0.limit']),
    )
  })

  it('主任之外的人不能改；热线人员可以看；承办单位和管理员不看', async () => {
    const body = { id: 'lvliang-2024', version: 1, basedOn: 1, note: '不该成功', isForOpen: false }
    for (const username of ['dispatcher1', 'agent1']) {
      const client = await app.signIn(username)
      expect((await client.get('/api/limits')).status).toBe(200)
      for (const path of ['/api/limits/apply', '/api/limits/preview', '/api/limits/lvliang-2024/versions'])
        expect([username, path, (await client.post(path, body)).status]).toEqual([username, path, 403])
    }
    for (const username of ['clerk@371602-ZJ', 'admin'])
      expect((await (await app.signIn(username)).get('/api/limits')).status).toBe(403)
  })

  it('选用吕梁 2024：新派的工单按它的时限，本进程立即，另一进程两秒内；先前的不动', async () => {
    const before = await desk.handling({ kind: 'inquiry' })
    const applied = ok(await choose('lvliang-2024'))
    expect(applied).toMatchObject({ choice: { profile: { id: 'lvliang-2024', version: 1 }, name: '吕梁市 2024' } })
    expect(applied.job).toBeUndefined()
    const fresh = await desk.handling({ kind: 'inquiry' })
    expect(fresh.assignments[0]).toMatchObject({
      limit: { unit: 'workdays', n: 3 },
      limitFrom: 'profile',
      rules: { profileId: 'lvliang-2024', profileVersion: 1 },
    })
    expect(fresh.assignments[0]?.explain[0]).toBe('时限方案“吕梁市 2024”规定 3 个工作日')
    await eventually(
      async () => (await openDesk(second).dispatched({ kind: 'inquiry' })).assignments[0]?.rules?.profileId,
      (id) => id === 'lvliang-2024',
    )
    const kept = ok(await desk.see('director', before))
    expect(kept.assignments[0]).toMatchObject({ limit: { n: 5 }, resolveBy: before.assignments[0]?.resolveBy })
    const preview = ok(
      await (
        await app.signIn('dispatcher1')
      ).post(
        '/api/deadlines/preview',
        { kind: 'inquiry', urgency: 'general', limit: { kind: 'profile' } },
        { key: null },
      ),
    )
    expect(preview.limit).toEqual({ unit: 'workdays', n: 3 })
  })

  it('别人刚选过的，不会被旧页面盖掉', async () => {
    const { seq } = await list()
    ok(await choose('sichuan-2026'))
    const stale = await choose('default', 1, { basedOn: seq })
    expect([stale.status, stale.body.code]).toEqual([409, 'staleVersion'])
    expect((await list()).active.name).toBe('四川省 2026')
  })

  it('施行日期在以后的，到那天零时才用', async () => {
    const { profile } = await read('default')
    const later = { ...contentOf(profile), effectiveFrom: '2026-12-01', rework: { unit: 'workdays', n: 4 } }
    ok(await director.post('/api/limits/default/versions', { profile: later, basedOn: 1, note: '十二月起' }))
    ok(await choose('default', 2))
    expect(await list()).toMatchObject({
      active: { name: '四川省 2026' },
      upcoming: { profile: { id: 'default', version: 2 } },
    })
    app.clock.set('2026-11-30T23:59:00+08:00')
    expect((await desk.dispatched()).assignments[0]?.rules?.profileId).toBe('sichuan-2026')
    app.clock.set('2026-12-01T00:00:00+08:00')
    expect((await desk.dispatched()).assignments[0]?.rules).toMatchObject({ profileId: 'default', profileVersion: 2 })
  })
})
