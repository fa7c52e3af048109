import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type Client, type TestApp } from '../helpers/app'
import { eventually, MATTER, ok, openDatabase, openDesk, type Desk } from '../helpers/desk'

let app: TestApp
let beside: TestApp
let desk: Desk
let director: Client
let dispatcher: Client
beforeAll(async () => {
  app = await startApp()
  beside = await startApp({ beside: app })
  desk = openDesk(app)
  director = await app.signIn('director')
  dispatcher = await app.signIn('dispatcher1')
})
afterAll(async () => {
  await beside.stop()
  await app.stop()
})

type Body = Record<string, unknown>
const aRule = (overrides: Body = {}): Body => ({
  matterCode: MATTER,
  regionCode: '371621',
  lead: { kind: 'countyBureau', suffix: 'HB' },
  cityUnitId: '371600-HB',
  basis: '惠民县职责调整文件',
  standard: '现场监测并处理',
  ...overrides,
})
const newest = async (): Promise<number> => ok(await director.get('/api/catalogue/rules?pageSize=1')).newestVersion
const save = async (changes: Body[], base?: number, note = '职责调整') =>
  director.post('/api/catalogue/versions', { base: base ?? (await newest()), changes, note })
const firstFor = async (query: string, client = dispatcher) =>
  ok(await client.get(`/api/catalogue/candidates?${query}`)).items[0]
const HUIMIN = `matterCode=${MATTER}&regionCode=371621101`

describe('派单目录：查', () => {
  it('热线各岗位可看，可按事项、区划、单位、文字查；承办单位和话务员不看', async () => {
    const all = ok(await dispatcher.get('/api/catalogue/rules?pageSize=100'))
    expect([all.version, all.total, all.items.length]).toEqual([1, 311, 100])
    expect(all.items[0]).toMatchObject({ id: 'R01', regionName: '全市', leadText: '属地住建局', state: 'current' })
    const found = async (query: string) => ok(await dispatcher.get(`/api/catalogue/rules?${query}`))
    expect((await found('q=夜间施工')).items.map(({ id }: { id: string }) => id)).toEqual(['R010501'])
    for (const { matterCode } of (await found('matterCode=010501&pageSize=100')).items)
      expect('010501'.startsWith(matterCode)).toBe(true)
    for (const { regionCode } of (await found('regionCode=371623101&pageSize=100')).items)
      expect([undefined, '371623']).toContain(regionCode)
    expect((await found('unitId=371600-GJJ')).items[0]).toMatchObject({ matterCode: '0106' })
    expect((await found('state=ended')).total).toBe(0)
    for (const name of ['agent1', 'clerk@371602-ZJ'])
      expect((await (await app.signIn(name)).get('/api/catalogue/rules')).status).toBe(403)
  })
  it('各县区都有的部门可供选择', async () => {
    const { items } = ok(await dispatcher.get('/api/catalogue/county-bureaus'))
    expect(items).toContainEqual({ suffix: 'ZJ', text: '属地住建局' })
  })
})

describe('派单目录：改', () => {
  it('主任可改，派单员不可', async () => {
    const body = { base: 1, changes: [{ type: 'add', rule: aRule() }], note: '职责调整' }
    expect((await dispatcher.post('/api/catalogue/versions', body)).status).toBe(403)
    expect((await dispatcher.post('/api/catalogue/check', { base: 1, changes: body.changes })).status).toBe(403)
  })

  it('先检查：改变哪些事项×地点，有无冲突；检查不写入', async () => {
    const checked = ok(
      await director.post('/api/catalogue/check', { base: 1, changes: [{ type: 'add', rule: aRule() }] }),
    )
    expect(checked.problems).toEqual([])
    expect(checked.effect.leads).toBeGreaterThan(10)
    expect(checked.effect.samples[0]).toMatchObject({
      matterName: '夜间施工噪音',
      before: { unitName: '惠民县住房和城乡建设局' },
      after: { unitName: '滨州市生态环境局惠民分局' },
    })
    expect(checked.texts).toEqual(['新增“夜间施工噪音”×惠民县，主办属地生态环境分局'])
    expect(await newest()).toBe(1)
  })

  it('保存是新的一版：候选立即跟着变，另一个进程随后也变；旧版照旧可看；有审计', async () => {
    expect((await firstFor(HUIMIN)).unitId).toBe('371621-ZJ')
    expect(ok(await save([{ type: 'add', rule: aRule() }])).version).toBe(2)
    expect(await firstFor(HUIMIN)).toMatchObject({
      unitId: '371621-HB',
      ruleId: `R${MATTER}@371621`,
      catalogueVersion: 2,
    })
    const there = await beside.signIn('dispatcher1')
    await eventually(
      () => firstFor(HUIMIN, there),
      ({ catalogueVersion }) => catalogueVersion === 2,
    )
    expect(ok(await dispatcher.get(`/api/catalogue/rules?version=1&q=惠民`)).total).toBe(0)
    expect(ok(await dispatcher.get(`/api/catalogue/rules?q=惠民`)).total).toBe(1)
    const [last] = ok(await dispatcher.get('/api/catalogue/versions')).items
    expect(last).toMatchObject({ version: 2, note: '职责调整', authorName: director.user.name })
    const audit = ok(await director.get('/api/audit?action=catalogue.saved'))
    expect(audit.items[0]).toMatchObject({ target: 'catalogue/2', reason: '职责调整' })
  })

  it('有冲突的不保存，逐条说明', async () => {
    const base = await newest()
    const answer = await save([
      { type: 'add', rule: aRule({ lead: { kind: 'bureau', unitId: '371600-NO' }, regionCode: '371622' }) },
      { type: 'add', rule: aRule({ lead: { kind: 'county' } }) },
    ])
    expect([answer.status, answer.body.code]).toEqual([422, 'ruleViolated'])
    const messages = answer.body.details.problems.map(({ message }: { message: string }) => message)
    expect(messages[0]).toBe('“夜间施工噪音”×阳信县：主办 371600-NO 不存在')
    expect(messages[1]).toContain('有两条主办不同、时间重叠')
    expect(await newest()).toBe(base)
    expect((await save([])).status).toBe(400)
    expect((await save([{ type: 'add', rule: aRule({ validFrom: '2027-02-30' }) }])).body.details.fields[0].path).toBe(
      'changes.0.rule.validFrom',
    )
  })

  it('两人同时改：后到的知道是谁改了什么，不会盖掉', async () => {
    const base = await newest()
    const end = (id: string) => [{ type: 'end', id, validTo: '2027-12-31' }]
    const answers = await Promise.all([
      director.post('/api/catalogue/versions', { base, changes: end('R010502'), note: '甲' }),
      (await beside.signIn('director')).post('/api/catalogue/versions', { base, changes: end('R010504'), note: '乙' }),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
    const stale = answers.find(({ status }) => status === 409)
    expect(stale?.body).toMatchObject({ code: 'staleVersion', details: { versions: [{ version: base + 1 }] } })
    expect(stale?.body.details.versions[0].changes[0]).toMatch(/到 2027-12-31 为止$/)
    // 边写边查的，也说得出别人做了什么
    const checked = await director.post('/api/catalogue/check', { base, changes: end('R010506') })
    expect([checked.status, checked.body.details.versions]).toEqual([409, stale?.body.details.versions])
  })

  it('同一幂等键重发不生成两版', async () => {
    const base = await newest()
    const body = { base, changes: [{ type: 'borderMargin', metres: 250 }], note: '边界' }
    const both = [await director.post('/api/catalogue/versions', body, { key: 'same-key-1' })]
    both.push(await director.post('/api/catalogue/versions', body, { key: 'same-key-1' }))
    expect(both.map(({ body: { version } }) => version)).toEqual([base + 1, base + 1])
    expect(await newest()).toBe(base + 1)
  })
})

describe('每次派单记下目录版本、哪一条、为什么', () => {
  it('按目录派的记条目；自选单位的记明是人选的', async () => {
    const version = await newest()
    const byCatalogue = await desk.dispatched()
    expect(byCatalogue.assignments[0]).toMatchObject({
      ruleId: 'R010501',
      catalogueVersion: version,
      ruleReason: '目录：夜间施工噪音×滨城区',
    })
    const byHand = await desk.dispatched({}, { leadUnitId: '371602-JY' })
    expect(byHand.assignments[0]).toMatchObject({
      catalogueVersion: version,
      ruleReason: '不在目录推荐之列，由派单人员选定',
    })
    expect(byHand.assignments[0]?.ruleId).toBeUndefined()
  })

  it('更正地点后目录指向别处：问一声，不自己移；维持后不再问', async () => {
    const ticket = await desk.dispatched()
    const changes = { regionCode: '371621101', address: '孙武街道' }
    const amended = await desk.act('dispatcher1', ticket, 'amend', { changes, reason: '属地登错' })
    expect(amended).toMatchObject({
      leadUnitId: '371602-ZJ',
      suggestion: { leadUnitId: '371621-HB', reason: '目录：夜间施工噪音×惠民县' },
    })
    expect(amended.can).toContain('keepUnit')
    const kept = await desk.act('dispatcher1', ticket, 'keepUnit', { opinion: '项目跨界，仍由滨城区办理' })
    expect([kept.suggestion, kept.leadUnitId]).toEqual([undefined, '371602-ZJ'])
  })

  it('目录写明是法定的时限：先于派单时指定的，派给谁都一样；预览说的就是派出的', async () => {
    const lawful = aRule({
      regionCode: '371625',
      lead: { kind: 'countyBureau', suffix: 'ZJ' },
      cityUnitId: '371600-ZJ',
    })
    const unsaid = await save([{ type: 'add', rule: { ...lawful, isLimitStatutory: true } }])
    expect([unsaid.status, unsaid.body.details.fields]).toEqual([
      400,
      [{ path: 'changes.0.rule.limit', message: '法定时限须写明多少' }],
    ])
    const limit = { unit: 'workdays', n: 20 }
    ok(await save([{ type: 'add', rule: { ...lawful, limit, isLimitStatutory: true } }]))
    expect(
      ok(await dispatcher.get(`/api/catalogue/rules?matterCode=${MATTER}&regionCode=371625`)).items,
    ).toContainEqual(expect.objectContaining({ limit, isLimitStatutory: true }))
    const place = { regionCode: '371625001' }
    for (const leadUnitId of ['371625-ZJ', '371625-JY']) {
      const preview = ok(
        await dispatcher.post('/api/deadlines/preview', {
          ...{ kind: 'complaint', urgency: 'general', matterCode: MATTER, ...place, leadUnitId },
          limit: { kind: 'workdays', n: 3 },
        }),
      )
      const sent = await desk.dispatched(place, { leadUnitId, limit: { kind: 'workdays', n: 3 } })
      const [part] = sent.assignments
      expect(part).toMatchObject({ limit, limitFrom: 'statutory', resolveBy: preview.resolve.by })
      expect(preview).toMatchObject({ limit, from: 'statutory' })
      expect(part?.explain?.slice(0, 2)).toEqual(['法定时限 20 个工作日，从其规定', '派单时指定的 3 个工作日不采用'])
    }
  })
})

describe('近边界的，两边都给，并问一句', () => {
  it('坐标与所选属地不一致', async () => {
    const answer = ok(
      await dispatcher.get(`/api/catalogue/candidates?matterCode=${MATTER}&regionCode=371602005&lng=117.51&lat=37.48`),
    )
    expect(answer.asks).toBe(true)
    expect(answer.question).toBe('该点位于惠民县，所选属地是滨城区彭李街道，请核对属地')
    const units = answer.items.map(({ unitId, regionCode }: Body) => [unitId, regionCode])
    expect(units.slice(0, 2)).toEqual([
      ['371602-ZJ', undefined],
      ['371621-HB', '371621'],
    ])
  })
  it('没有坐标的不问；只给一半坐标的指出', async () => {
    expect(ok(await dispatcher.get(`/api/catalogue/candidates?${HUIMIN}`)).asks).toBe(false)
    expect((await dispatcher.get(`/api/catalogue/candidates?${HUIMIN}&lng=117.5`)).body.details.fields[0].path).toBe(
      'lat',
    )
  })
})

describe('属地管理事项责任清单', () => {
  const list = async () => ok(await director.get('/api/duties'))
  const rowsOf = ({ rows }: { rows: Body[] }) =>
    rows.map(({ matterCode, lowest, basis, part }) => ({ matterCode, lowest, basis, part }))

  it('承办单位也能看；主任改，成为新的一版，旧版可看，有审计', async () => {
    const first = ok(await (await app.signIn('clerk@371602-ZJ')).get('/api/duties'))
    expect(first.version).toBe(1)
    expect(first.rows[0]).toMatchObject({ matterCode: '0101', lowest: 'town', matterName: '住房物业>物业服务' })
    const rows = [...rowsOf(first), { matterCode: '010501', lowest: 'town', basis: '试点文件' }]
    expect((await dispatcher.post('/api/duties/versions', { base: 1, rows, note: '试点' })).status).toBe(403)
    expect(ok(await director.post('/api/duties/versions', { base: 1, rows, note: '试点' })).version).toBe(2)
    expect((await list()).rows.length).toBe(first.rows.length + 1)
    expect(ok(await director.get('/api/duties?version=1')).rows.length).toBe(first.rows.length)
    const [last] = ok(await director.get('/api/duties/versions')).items
    expect(last.changes).toEqual(['增加“住房物业>施工管理>夜间施工噪音”：街道、乡镇'])
    expect(ok(await director.get('/api/audit?action=duties.saved')).total).toBe(1)
    expect((await director.post('/api/duties/versions', { base: 1, rows, note: '再来' })).body.code).toBe(
      'staleVersion',
    )
  })

  it('没有的事项、写了两条的、没有改动的不保存；与目录矛盾的提醒', async () => {
    const { version: base, ...now } = await list()
    const rows = rowsOf(now as { rows: Body[] })
    const extra = { matterCode: '990000', lowest: 'town', basis: '依据' }
    expect(
      (await director.post('/api/duties/versions', { base, rows: [...rows, extra], note: '错' })).body.message,
    ).toBe('没有事项 990000')
    expect(
      (await director.post('/api/duties/versions', { base, rows: [...rows, rows[0]], note: '错' })).body.message,
    ).toContain('写了两条')
    expect((await director.post('/api/duties/versions', { base, rows, note: '没改' })).body.message).toBe('没有改动')
    const without = rows.filter(({ matterCode }) => matterCode !== '1302')
    const { problems } = ok(await director.post('/api/duties/check', { rows: without }))
    expect(problems.map(({ message }: { message: string }) => message)).toContain(
      '派单目录“宅基地与农房”×全市直派街道、乡镇，清单却不允许',
    )
  })
})

describe('旧库', () => {
  it('目录的旧表已并入第一版；再迁移一遍也不重', async () => {
    const { db, close } = await openDatabase(app)
    expect(await db.collection('catalogueRules').countDocuments()).toBe(0)
    const first = await db.collection('catalogueVersions').findOne({ _id: 1 as never })
    expect(first?.content.rules).toHaveLength(311)
    expect(await db.collection('regionBorders').countDocuments()).toBe(7)
    await close()
  })
})
