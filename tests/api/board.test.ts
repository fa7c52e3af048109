import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { boardMigrations } from '@hotline/server/features/board/boardMigrations'
import type { TicketDoc } from '@hotline/server/features/ticket/ticketDocument'
import type { Risk } from '@hotline/shared/board/risks'
import type { RiskBoard, SupervisionPage } from '@hotline/shared/board/view'
import type { TicketRow } from '@hotline/shared/ticket/view'
import { startApp, type TestApp } from '../helpers/app'
import { dissatisfied, eventually, ok, openDatabase, openDesk, OTHER_UNIT, UNIT, type Desk } from '../helpers/desk'

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

const HOUR = 3_600_000
const at = (text: string) => app.clock.set(`${text}:00+08:00`)
const inHours = (n: number) => new Date(app.clock.now().getTime() + n * HOUR).toISOString()
/** A minute later: a board is shared for as long as nobody could tell the difference. */
const board = async (query = '', username = 'supervisor1'): Promise<RiskBoard> => {
  app.clock.set(new Date(app.clock.now().getTime() + 60_000))
  return ok(await (await desk.as(username)).get(`/api/board/risks${query}`))
}
const column = async (risk: Risk, query = '') => (await board(query)).columns.find((one) => one.risk === risk)!
const listed = async (query: string): Promise<TicketRow[]> =>
  ok(await (await desk.as('supervisor1')).get(`/api/tickets?${query}&pageSize=100`)).items
const hours = (n: number, leadUnitId = UNIT) => ({ leadUnitId, limit: { kind: 'hours', n } })
const order = (overrides: object = {}) => ({
  form: 'written',
  trigger: 'unsolved',
  requirement: '三日内办结并报告',
  deadline: inHours(72),
  ...overrides,
})
const supervisions = async (query = '', username = 'supervisor1'): Promise<SupervisionPage> =>
  ok(await (await desk.as(username)).get(`/api/board/supervisions${query}`))

describe('风险看板', () => {
  it('今日到期、24 小时内、超期按对诉求人的承诺，按主办单位分列，最急的一件在前', async () => {
    at('2026-11-20T10:00')
    const first = await desk.dispatched({ title: '最急的一件' }, hours(4))
    await desk.dispatched({}, hours(6))
    await desk.dispatched({}, hours(20, OTHER_UNIT))
    await desk.dispatched({}, hours(30, OTHER_UNIT))
    const dueToday = await column('dueToday')
    expect(dueToday).toMatchObject({ total: 2, units: [{ unitId: UNIT, count: 2, worst: { no: first.no } }] })
    expect(await column('soon')).toMatchObject({
      total: 3,
      units: [
        { unitId: UNIT, count: 2 },
        { unitId: OTHER_UNIT, count: 1 },
      ],
    })
    expect(await column('overdue')).toMatchObject({ total: 0, units: [] })

    at('2026-11-20T15:00')
    expect(await column('overdue')).toMatchObject({
      total: 1,
      units: [{ unitId: UNIT, worst: { title: '最急的一件' } }],
    })
  })

  it('三次退单的由热线派单，二次重办的在承办单位，久未进展的满三个工作日', async () => {
    at('2026-11-23T09:00')
    let ticket = await desk.register({ title: '三家都退' })
    for (const unit of [UNIT, OTHER_UNIT, '371602-JT']) {
      await desk.act('dispatcher1', ticket, 'dispatch', {
        leadUnitId: unit,
        task: '核实',
        standard: '答复',
        limit: { kind: 'profile' },
      })
      const suggested = unit === UNIT ? OTHER_UNIT : UNIT
      const reason = { reason: 'notOurDuty', basis: '三定方案', suggestedUnitId: suggested }
      ticket = await desk.act(`clerk@${unit}`, ticket, 'requestReturn', reason)
      ticket = await desk.act('director', ticket, 'approveReturn', { opinion: '同意' })
    }
    expect(await column('returned')).toMatchObject({
      total: 1,
      units: [{ unitId: 'none', unitName: '待派单（热线）', worst: { no: ticket.no, returnCount: 3 } }],
    })
    expect((await listed('risk=returned&leadUnitId=none')).map(({ no }) => no)).toEqual([ticket.no])

    let again = await desk.inCallback()
    again = await desk.act('callback1', again, 'recordCallback', dissatisfied('reasonable'))
    expect((await column('reworked')).total).toBe(0)
    for (const step of ['reply', 'reviewByUnit', 'reviewByHotline'] as const) {
      const passed = { isPassed: true, opinion: '同意' }
      if (step === 'reply')
        again = await desk.act(`handler@${UNIT}`, again, step, {
          isFactual: 'yes',
          contacted: 'yes',
          contactedAt: app.clock.now().toISOString(),
          contactMethod: 'visit',
          solved: 'yes',
          handling: '已停工',
          publicReply: '已停工',
        })
      else again = await desk.act(step === 'reviewByUnit' ? `head@${UNIT}` : 'dispatcher1', again, step, passed)
    }
    await desk.act('callback1', again, 'recordCallback', dissatisfied('reasonable'))
    expect(await column('reworked')).toMatchObject({ total: 1, units: [{ unitId: UNIT, worst: { reworkCount: 2 } }] })

    const quiet = await desk.handling({ title: '没有动静' }, { leadUnitId: '371602-JT' })
    const moving = await desk.handling({ title: '有动静' }, { leadUnitId: '371602-JT' })
    at('2026-11-26T09:00')
    await desk.act('handler@371602-JT', moving, 'recordProgress', { note: '已到现场' })
    const stale = (await column('quiet')).units.find(({ unitId }) => unitId === '371602-JT')
    expect(stale).toMatchObject({ count: 1, worst: { no: quiet.no } })
  })

  it('每个数都是同样条件的列表的件数，可按单位、区划、事项缩小', async () => {
    for (const narrowed of ['', '&unitId=371602', `&unitId=${OTHER_UNIT}`, '&regionCode=371602', '&matterCode=01']) {
      const { columns } = await board(narrowed && `?${narrowed.slice(1)}`)
      for (const { risk, total, units } of columns) {
        expect(await listed(`risk=${risk}${narrowed}`), `${risk}${narrowed}`).toHaveLength(total)
        for (const { unitId, count, worst } of units) {
          const rows = await listed(`risk=${risk}&leadUnitId=${unitId}${narrowed}`)
          expect(rows).toHaveLength(count)
          expect(rows[0]?.no).toBe(worst?.no)
        }
      }
    }
    const { matters } = await board()
    const any = await listed('risk=dueToday,soon,overdue,returned,reworked,quiet&matterCode=0105')
    expect(any).toHaveLength(matters[0]!.count)
    expect(matters[0]).toMatchObject({ matterCode: '0105', name: expect.stringMatching(/.+/) })
    expect(matters[0]!.overdue).toBeGreaterThan(0)
  })

  it('督办员、热线主任、市领导可看，其他人不可以；条件写错说明哪里错', async () => {
    for (const username of ['director', 'cityleader']) expect((await board('', username)).columns).toHaveLength(6)
    for (const username of ['agent1', 'callback1', `clerk@${UNIT}`, 'admin']) {
      const client = await desk.as(username)
      expect((await client.get('/api/board/risks')).status).toBe(403)
      expect((await client.get('/api/board/supervisions')).status).toBe(403)
    }
    const lead = await desk.as(`lead@${UNIT}`)
    expect((await lead.get('/api/board/supervisions')).status).toBe(403)
    const wrong = await (await desk.as('director')).get('/api/board/risks?unit=1')
    expect(wrong).toMatchObject({ status: 400, body: { code: 'invalidInput' } })
    expect((await (await desk.as('director')).get('/api/tickets?risk=late')).status).toBe(400)
  })
})

describe('督办跟踪', () => {
  it('下达、反馈、逾期、销号各在各的一栏，只看我下达的', async () => {
    at('2026-12-01T09:00')
    const ticket = await desk.handling({ title: '噪音扰民' })
    await desk.act('supervisor1', ticket, 'supervise', order({ deadline: inHours(4) }))
    await desk.act('director', ticket, 'supervise', order({ form: 'phone', trigger: 'attitude' }))
    const open = await supervisions()
    expect(open.counts).toEqual({ waiting: 2, overdue: 0, answered: 0, closed: 0 })
    expect(open.items.map(({ form }) => form)).toEqual(['written', 'phone'])
    expect(open.items[0]).toMatchObject({
      no: ticket.no,
      title: '噪音扰民',
      supervisionId: 's1',
      unitId: UNIT,
      requirement: '三日内办结并报告',
      state: 'waiting',
      can: ['urge', 'closeSupervision'],
    })
    expect((await supervisions('?mine=true')).items.map(({ supervisionId }) => supervisionId)).toEqual(['s1'])
    expect((await supervisions('?unitId=371603')).total).toBe(0)

    at('2026-12-01T14:00')
    expect((await supervisions('?state=overdue')).items.map(({ supervisionId }) => supervisionId)).toEqual(['s1'])
    await desk.act(`handler@${UNIT}`, ticket, 'answerSupervision', { supervisionId: 's1', answer: '已责令停工' })
    expect((await supervisions('?state=answered')).items[0]).toMatchObject({ answer: '已责令停工', state: 'answered' })
    await desk.act('supervisor1', ticket, 'closeSupervision', { supervisionId: 's1', result: '属实' })
    const closed = await supervisions('?state=closed')
    expect(closed.counts).toEqual({ waiting: 1, overdue: 0, answered: 0, closed: 1 })
    expect(closed.items[0]).toMatchObject({ supervisionId: 's1', result: '属实', can: [] })
  })

  it('保密件对不得知道诉求人的市领导隐去姓名', async () => {
    const ticket = await desk.handling({ confidentiality: 1, title: '举报工地' })
    await desk.act('supervisor1', ticket, 'supervise', order({ requirement: '请保护欧阳静文，核实后报告' }))
    const about = (page: SupervisionPage) => page.items.find(({ no }) => no === ticket.no)?.requirement
    expect(about(await supervisions())).toContain('欧阳静文')
    const seen = about(await supervisions('', 'cityleader'))
    expect(seen).toContain('核实后报告')
  })
})

describe('索引', () => {
  interface Profile {
    command: { pipeline: object[] }
    planSummary?: string
    docsExamined?: number
  }
  const profiled = async (ask: () => Promise<unknown>): Promise<Profile[]> => {
    const { db } = database
    await db.command({ profile: 0 })
    await db.collection('system.profile').drop()
    await db.command({ profile: 2 })
    await ask()
    await db.command({ profile: 0 })
    const all = await db
      .collection('system.profile')
      .find({ ns: `${db.databaseName}.tickets`, 'command.aggregate': 'tickets' })
      .toArray()
    // The house works meanwhile.
    return (all as unknown as Profile[]).filter(({ command }) => JSON.stringify(command.pipeline).includes('$facet'))
  }

  it('整个看板一次聚合，各栏走各自的索引；督办跟踪也走索引', async () => {
    const tickets = database.db.collection<TicketDoc>('tickets')
    const [model] = await tickets.find({ status: 'closed' }).limit(1).toArray()
    const doc = model ?? (await tickets.findOne({ _id: (await desk.closed()).id }))!
    await tickets.insertMany(
      Array.from({ length: 3000 }, (_, n) => ({
        ...doc,
        _id: `copy${n}`,
        no: String(371600200000000000n + BigInt(n)),
        keys: [{ k: `copy${n}`, h: '' }],
        hasNews: undefined,
        quietSince: undefined,
        unmetBy: undefined,
      })) as never,
      { ignoreUndefined: true },
    )
    const [counted, ...others] = await profiled(() => board('?regionCode=371602'))
    expect(others).toEqual([])
    expect(counted?.planSummary).toMatch(/^IXSCAN/)
    expect(counted?.planSummary).not.toContain('COLLSCAN')
    expect(counted?.docsExamined).toBeLessThan(500)
    for (const plan of await profiled(() => supervisions())) {
      expect(plan.planSummary).toMatch(/^IXSCAN/)
      expect(plan.docsExamined).toBeLessThan(500)
    }
  })

  it('升级前就在承办单位手中的，也记下最近一次进展', async () => {
    const ticket = await desk.handling()
    const tickets = database.db.collection<TicketDoc>('tickets')
    const before = await tickets.findOne({ _id: ticket.id })
    await tickets.updateOne({ _id: ticket.id }, { $unset: { quietSince: 1 } })
    await boardMigrations.find(({ id }) => id === 941)!.up(database.db)
    const after = await eventually(
      () => tickets.findOne({ _id: ticket.id }),
      (found) => found?.quietSince !== undefined,
    )
    expect(after?.quietSince).toEqual(before?.quietSince)
  })
})
