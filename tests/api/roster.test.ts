import type { DutyView, RosterDay } from '@hotline/shared/roster/roster'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../helpers/app'
import { ok, openDatabase, UNIT } from '../helpers/desk'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.stop())

const at = (text: string) => new Date(`${text.replace(' ', 'T')}:00+08:00`)
const post = async (who: string, path: string, body: object) => (await app.signIn(who)).post(`/api/roster${path}`, body)
const days = async (who: string, from: string, to = from): Promise<RosterDay[]> =>
  ok(await (await app.signIn(who)).get(`/api/roster?from=${from}&to=${to}`)).items
const duties = async (who: string, day: string) => (await days(who, day))[0]?.duties ?? []
const now = async (who: string): Promise<DutyView[]> => ok(await (await app.signIn(who)).get('/api/roster/now')).items

const LEADER = { post: 'leader', name: '李明', title: '副市长', phone: '0543-3160001' }
const NIGHT = { post: 'shift', name: '王芳', from: '18:00', to: '08:00' }

describe('值班表', () => {
  it('督办员写定一天；话务员看得到是谁，看不到电话；库里没有明文', async () => {
    const written = ok(await post('supervisor1', '/2027-03-01/duties', { version: 0, duties: [NIGHT, LEADER] }))
    expect(written).toMatchObject({ day: '2027-03-01', version: 1 })
    expect((await duties('director', '2027-03-01')).map(({ name, phone }) => [name, phone])).toEqual([
      ['李明', '0543-3160001'],
      ['王芳', undefined],
    ])
    expect((await duties('agent1', '2027-03-01')).map(({ name, phone }) => [name, phone])).toEqual([
      ['李明', undefined],
      ['王芳', undefined],
    ])
    const { db, close } = await openDatabase(app)
    const stored = await db.collection('roster').findOne({ _id: '2027-03-01' as never })
    await close()
    expect(stored?.duties).toHaveLength(2)
    expect(JSON.stringify(stored)).not.toContain('3160001')
    const audited = ok(await (await app.signIn('director')).get('/api/audit?action=roster.saved'))
    expect(audited.items[0]).toMatchObject({ reason: '编排值班', details: { days: ['2027-03-01'] } })
  })

  it('保存和导入的回答里有电话，也不以明文留在库里', async () => {
    ok(await post('supervisor1', '/2027-02-01/duties', { version: 0, duties: [{ ...LEADER, phone: '0543-3167788' }] }))
    const line = '2027-02-02\t带班领导\t李明\t0543-3167799'
    expect(ok(await post('supervisor1', '/import', { text: line }))).toMatchObject({
      isSaved: true,
      days: ['2027-02-02'],
    })
    const { db, close } = await openDatabase(app)
    const kept = await db.collection('idempotencyKeys').find().toArray()
    await close()
    expect(kept.some(({ route }) => String(route).endsWith('/roster/import'))).toBe(true)
    expect(JSON.stringify(kept)).not.toMatch(/31677(88|99)/)
  })

  it('一个电话无法解密，值班表照样看得到', async () => {
    ok(await post('supervisor1', '/2027-02-05/duties', { version: 0, duties: [LEADER] }))
    const { db, close } = await openDatabase(app)
    await db.collection('roster').updateOne({ _id: '2027-02-05' as never }, { $set: { 'duties.0.phone': '读不懂' } })
    await close()
    const [leader] = await duties('director', '2027-02-05')
    expect([leader?.name, leader?.phone]).toEqual(['李明', undefined])
  })

  it('别人刚改过的不覆盖；缺项逐项说明；没有权限的拒绝', async () => {
    const stale = await post('director', '/2027-03-01/duties', { version: 0, duties: [] })
    expect([stale.status, stale.body.code]).toEqual([409, 'staleVersion'])
    const bad = await post('director', '/2027-03-02/duties', {
      version: 0,
      duties: [{ post: 'section', name: '', phone: '无', from: '8点' }],
    })
    expect(bad.status).toBe(400)
    expect(bad.body.details.fields.map(({ path }: { path: string }) => path).sort()).toEqual(
      ['duties.0.from', 'duties.0.name', 'duties.0.phone', 'duties.0.section'].sort(),
    )
    expect((await post('agent1', '/2027-03-02/duties', { version: 0, duties: [] })).status).toBe(403)
    expect((await (await app.signIn(`clerk@${UNIT}`)).get('/api/roster/now')).status).toBe(403)
    expect((await (await app.signIn('director')).get('/api/roster?from=2027-01-01&to=2027-12-31')).status).toBe(400)
    expect((await (await app.signIn('director')).get('/api/roster?from=2027-02-30&to=2027-03-01')).status).toBe(400)
  })

  it('此刻谁当班：夜班到次日早上，交接那一刻换人', async () => {
    app.clock.set(at('2027-03-01 23:00'))
    expect((await now('dispatcher1')).map(({ name }) => name)).toEqual(['李明', '王芳'])
    app.clock.set(at('2027-03-02 07:59'))
    expect((await now('dispatcher1')).map(({ name }) => name)).toEqual(['王芳'])
    app.clock.set(at('2027-03-02 08:00'))
    expect(await now('dispatcher1')).toEqual([])
  })

  it('照抄上周：已有安排的不动，说明替换的才换；电话跟着过去', async () => {
    ok(await post('director', '/2027-03-08/duties', { version: 0, duties: [NIGHT] }))
    const kept = ok(await post('director', '/copy', { from: '2027-03-01', to: '2027-03-08', days: 7 }))
    expect(kept).toEqual({ days: [], skipped: ['2027-03-08'] })
    const input = { from: '2027-03-01', to: '2027-03-08', days: 7, replaces: true }
    expect(ok(await post('director', '/copy', input))).toEqual({ days: ['2027-03-08'], skipped: [] })
    expect(await duties('director', '2027-03-08')).toMatchObject([{ name: '李明', phone: '0543-3160001' }, {}])
  })

  it('粘贴导入：有一行不对就一行都不存，说出是哪一行；改好再导入，全部存下', async () => {
    const lines = ['2027-04-05\t带班领导\t李明\t0543-3160001', '2027-04-06\t门卫\t王芳']
    const refused = ok(await post('supervisor1', '/import', { text: lines.join('\n') }))
    expect(refused).toMatchObject({
      isSaved: false,
      lines: [{ n: 1 }, { n: 2, problem: expect.stringContaining('门卫') }],
    })
    expect(await duties('director', '2027-04-05')).toEqual([])
    const text = lines.join('\n').replace('门卫', '巡查人')
    expect(ok(await post('supervisor1', '/import', { text, isCheck: true }))).toMatchObject({ isSaved: false })
    expect(await duties('director', '2027-04-05')).toEqual([])
    expect(ok(await post('supervisor1', '/import', { text }))).toMatchObject({
      isSaved: true,
      days: ['2027-04-05', '2027-04-06'],
    })
    expect((await days('director', '2027-04-05', '2027-04-06')).flatMap((day) => day.duties)).toMatchObject([
      { name: '李明', phone: '0543-3160001' },
      { name: '王芳', post: 'patrol' },
    ])
    expect((await post('supervisor1', '/import', { text: '日期\t岗位' })).status).toBe(400)
  })

  it('巡查记录记在当天，一次请求只记一次；晚于现在的不收', async () => {
    app.clock.set(at('2027-05-01 15:00'))
    const director = await app.signIn('director')
    const body = { at: '2027-05-01T10:30:00+08:00', place: '话务大厅', found: '两席示忙超时', handedTo: '班长' }
    const key = { key: 'patrol-once-0001' }
    const first = ok(await director.post('/api/roster/2027-05-01/patrols', body, key))
    expect(ok(await director.post('/api/roster/2027-05-01/patrols', body, key))).toEqual(first)
    const [day] = await days('shiftlead', '2027-05-01')
    expect(day?.patrols).toEqual([first])
    expect(first).toMatchObject({ place: '话务大厅', byName: director.user.name })
    // What is written afterwards for the day keeps it.
    ok(await director.post('/api/roster/2027-05-01/duties', { version: day?.version, duties: [LEADER] }))
    expect((await days('shiftlead', '2027-05-01'))[0]).toMatchObject({ version: 1, patrols: [first] })
    const later = await director.post('/api/roster/2027-05-01/patrols', { ...body, at: '2027-05-01T15:01:00+08:00' })
    expect([later.status, later.body.message]).toEqual([400, '巡查时间不能晚于现在'])
    expect((await post('agent1', '/2027-05-01/patrols', body)).status).toBe(403)
  })
})
