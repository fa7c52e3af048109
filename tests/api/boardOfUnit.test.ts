import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TicketDoc } from '@hotline/server/features/ticket/ticketDocument'
import type { LimitProfile } from '@hotline/shared/limits/profile'
import type { Risk } from '@hotline/shared/board/risks'
import type { RiskBoard } from '@hotline/shared/board/view'
import type { TicketRow, TicketView } from '@hotline/shared/ticket/view'
import { startApp, type TestApp } from '../helpers/app'
import { aCaller, COUNTY, eventually, ok, openDatabase, openDesk, OTHER_UNIT, UNIT, type Desk } from '../helpers/desk'

let app: TestApp
let desk: Desk
let database: Awaited<ReturnType<typeof openDatabase>>
beforeAll(async () => {
  app = await startApp()
  desk = openDesk(app)
  database = await openDatabase(app)
})
afterAll(async () => {
  await database.close()
  await app.stop()
})

const LEAD = `lead@${UNIT}`
const HEAD_OF_COUNTY = `head@${COUNTY}`
const STRANGER = 'lead@371603'
const at = (text: string) => app.clock.set(`${text}:00+08:00`)
const hours = (n: number, leadUnitId = UNIT, more: object = {}) => ({
  leadUnitId,
  limit: { kind: 'hours', n },
  ...more,
})
/** A minute later: a board is shared for as long as nobody could tell the difference. */
const board = async (username: string, query = ''): Promise<RiskBoard> => {
  app.clock.set(new Date(app.clock.now().getTime() + 60_000))
  return ok(await (await desk.as(username)).get(`/api/board/risks${query}`))
}
const column = async (username: string, risk: Risk, query = '') =>
  (await board(username, query)).columns.find((one) => one.risk === risk)!
const listed = async (username: string, query: string): Promise<TicketRow[]> =>
  ok(await (await desk.as(username)).get(`/api/tickets?${query}&pageSize=100`)).items
const nos = (rows: { no: string }[]) => rows.map(({ no }) => no).sort()

describe('承办单位负责人的风险看板', () => {
  let own: TicketView
  let beside: TicketView

  it('只有本单位及下级主办的；上级看得到下级的，别的单位什么都看不到', async () => {
    at('2026-11-20T10:00')
    own = await desk.dispatched({ title: '本单位主办' }, hours(4))
    beside = await desk.dispatched({ title: '旁边单位主办，本单位协办' }, hours(5, OTHER_UNIT, { coUnitIds: [UNIT] }))
    expect(await column(LEAD, 'dueToday')).toMatchObject({
      total: 1,
      units: [{ unitId: UNIT, count: 1, worst: { no: own.no, title: '本单位主办' } }],
    })
    expect(nos(await listed(LEAD, 'risk=dueToday'))).toEqual([own.no])
    const above = await column(HEAD_OF_COUNTY, 'dueToday')
    expect([above.total, above.units.map(({ unitId }) => unitId).sort()]).toEqual([2, [OTHER_UNIT, UNIT].sort()])
    expect(nos(await listed(HEAD_OF_COUNTY, 'risk=dueToday'))).toEqual(nos([own, beside]))
    expect(nos(await listed(HEAD_OF_COUNTY, `risk=dueToday&leadUnitId=${UNIT}`))).toEqual([own.no])
    const { columns, matters } = await board(STRANGER)
    expect(columns.map(({ total, units }) => [total, units])).toEqual(columns.map(() => [0, []]))
    expect(matters).toEqual([])
    expect(await listed(STRANGER, 'risk=dueToday')).toEqual([])
  })

  it('两个单位的负责人同时看，各是各的', async () => {
    app.clock.set(new Date(app.clock.now().getTime() + 60_000))
    const [mine, theirs] = await Promise.all(
      [LEAD, `lead@${OTHER_UNIT}`].map(async (who) => ok(await (await desk.as(who)).get('/api/board/risks'))),
    )
    const worst = ({ columns }: RiskBoard) => columns[0]?.units[0]?.worst?.no
    expect([worst(mine), worst(theirs)]).toEqual([own.no, beside.no])
  })

  it('按别的单位缩小不许；按下级可以', async () => {
    const lead = await desk.as(LEAD)
    for (const unitId of [OTHER_UNIT, COUNTY]) {
      const refused = await lead.get(`/api/board/risks?unitId=${unitId}`)
      expect([refused.status, refused.body.message]).toEqual([403, '只能查看本单位及下级单位的风险'])
    }
    const { units } = await column(HEAD_OF_COUNTY, 'dueToday', `?unitId=${UNIT}&matterCode=01`)
    expect(units.map(({ unitId }) => unitId)).toContain(UNIT)
  })

  it('举报保密的，被举报单位的上级负责人看板里也没有；标题里的诉求人照样遮住', async () => {
    at('2026-11-20T11:00')
    const secret = await desk.dispatched(
      { kind: 'report', confidentiality: 2, accusedUnitIds: [COUNTY], title: '举报该县' },
      hours(3, '371603-ZJ'),
    )
    expect(JSON.stringify(await board(HEAD_OF_COUNTY))).not.toContain(secret.no)
    expect(JSON.stringify(await board('lead@371603-ZJ'))).toContain(secret.no)
    const hidden = await desk.dispatched(
      { confidentiality: 1, title: '欧阳静文反映夜间施工', caller: aCaller({ name: '欧阳静文' }) },
      hours(2),
    )
    const seen = await column(LEAD, 'dueToday')
    expect(seen.units[0]?.worst?.no).toBe(hidden.no)
    expect(JSON.stringify(seen)).not.toContain('欧阳静文')
  })

  it('看得到的才能办：分管负责人可以督办下级的，不能督办自己单位的；催办不是他的', async () => {
    const [below] = await listed(`lead@${COUNTY}`, `risk=dueToday&leadUnitId=${OTHER_UNIT}`)
    expect(below?.can).toContain('supervise')
    expect(below?.can).not.toContain('urge')
    const [mine] = await listed(LEAD, 'risk=dueToday')
    expect(mine?.can).not.toContain('supervise')
    const deadline = new Date(app.clock.now().getTime() + 3_600_000).toISOString()
    const order = { form: 'written', trigger: 'unsolved', requirement: '今日内办结', deadline }
    const strange = await desk.tryTo(STRANGER, beside, 'supervise', order)
    expect(strange.status).toBe(404)
  })

  it('收文员、经办人没有看板；负责人没有督办跟踪', async () => {
    for (const who of [`clerk@${UNIT}`, `handler@${UNIT}`, `countyadmin@${COUNTY}`])
      expect((await (await desk.as(who)).get('/api/board/risks')).status).toBe(403)
    const lead = await desk.as(LEAD)
    expect((await lead.get('/api/board/supervisions')).status).toBe(403)
    expect(ok(await lead.get('/api/board/columns')).columns).toHaveLength(6)
  })

  it('本单位的期限由索引找', async () => {
    const tickets = database.db.collection<TicketDoc>('tickets')
    const stages = async (filter: object, name: string) =>
      JSON.stringify((await tickets.find(filter).hint(name).explain('executionStats')).queryPlanner.winningPlan)
    expect(await stages({ leadPath: COUNTY, unmetBy: { $lt: app.clock.now() } }, 'unitUnmet')).toContain('IXSCAN')
    expect(await stages({ leadPath: COUNTY, quietSince: { $lte: app.clock.now() } }, 'unitQuiet')).toContain('IXSCAN')
  })
})

describe('风险看板和派单池的数由本市方案定', () => {
  const saveAndChoose = async (change: Partial<LimitProfile>) => {
    const director = await desk.as('director')
    const { profile } = ok(await director.get('/api/limits/default'))
    const { id: _id, version, ...content } = profile as LimitProfile
    const body = { profile: { ...content, ...change }, basedOn: version, note: '按市里的会议纪要' }
    const saved = await director.post('/api/limits/default/versions', body)
    if (saved.status !== 201) return saved
    const { seq } = ok(await director.get('/api/limits'))
    const choice = { id: 'default', version: version + 1, basedOn: seq, note: '会议纪要', isForOpen: false }
    ok(await director.post('/api/limits/apply', choice))
    return saved
  }
  const pool = async () =>
    nos2(ok(await (await desk.as('dispatcher1')).get('/api/tickets?desk=dispatch&sort=risk&pageSize=50')).items)
  const nos2 = (rows: { no: string }[]) => rows.map(({ no }) => no)

  it('不合格的数不收，并说明', async () => {
    const refused = await saveAndChoose({ risk: { soonHours: 24, quietWorkdays: 0, reworks: 2 } })
    expect([refused.status, refused.body.details.fields]).toEqual([
      400,
      [{ path: 'profile.risk.quietWorkdays', message: '不得小于 1' }],
    ])
  })

  it('改为 48 小时、五个工作日：栏名、口径、件数、列表都跟着变', async () => {
    at('2026-11-23T09:00')
    const later = await desk.dispatched({ title: '四十小时后到期' }, hours(40, '371602-JT'))
    expect((await column('supervisor1', 'soon')).units.some(({ unitId }) => unitId === '371602-JT')).toBe(false)
    ok(await saveAndChoose({ risk: { soonHours: 48, quietWorkdays: 5, reworks: 3 }, designateAfterReturns: 2 }))
    const soon = await column('supervisor1', 'soon')
    expect(soon).toMatchObject({ label: '48 小时内', formula: expect.stringContaining('48 小时内') })
    expect(soon.units.find(({ unitId }) => unitId === '371602-JT')?.worst?.no).toBe(later.no)
    expect(nos(await listed('supervisor1', 'risk=soon&leadUnitId=371602-JT'))).toEqual([later.no])
    const { columns } = ok(await (await desk.as(`lead@${UNIT}`)).get('/api/board/columns'))
    expect(columns.map(({ label }: { label: string }) => label)).toEqual([
      ...['今日到期', '48 小时内', '超期', '二次退单', '三次重办', '久未进展'],
    ])
    expect(columns.at(-1)).toMatchObject({ note: '满 5 个工作日' })
    // Thursday: the fourth workday since Monday is over on Friday.
    at('2026-11-27T09:00')
    expect(nos(await listed('supervisor1', 'risk=quiet&leadUnitId=371602-JT'))).toEqual([])
    at('2026-11-30T09:00')
    expect(nos(await listed('supervisor1', 'risk=quiet&leadUnitId=371602-JT'))).toEqual([later.no])
  })

  it('派单池的顺序改了，已在池中的也重新排', async () => {
    at('2026-12-01T09:00')
    const urgent = await desk.register({ title: '路灯不亮', urgency: 'urgent' })
    const water = await desk.register({ title: '停水两天', matterCode: '030101' })
    const before = (await pool()).filter((no) => [urgent.no, water.no].includes(no))
    expect(before).toEqual([urgent.no, water.no])
    const { profile } = ok(await (await desk.as('director')).get('/api/limits/default'))
    ok(await saveAndChoose({ poolOrder: { ...profile.poolOrder, urgentHours: 0, supplyHours: 72 } }))
    await eventually(
      async () => (await pool()).filter((no) => [urgent.no, water.no].includes(no)),
      (order) => order[0] === water.no,
    )
    const moved = await database.db.collection<TicketDoc>('tickets').findOne({ _id: water.id })
    expect(moved?.version).toBe(water.version)
  })
})
