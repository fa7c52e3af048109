import { dayOf } from '@hotline/shared/calendar/day'
import { assignInspectors, drawOrder } from '@hotline/shared/inspection/draw'
import type { InspectionView, RoundSummary, RoundView } from '@hotline/shared/inspection/inspection'
import { FIRST_SHEETS } from '@hotline/shared/inspection/sheet'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../helpers/app'
import { NAME, NUMBER, ok, openDatabase, openDesk, OTHER_UNIT, UNIT, type Desk } from '../helpers/desk'

let app: TestApp
let desk: Desk
let inspectorId: string
let shiftLeadId: string
let closed: string[]
beforeAll(async () => {
  app = await startApp()
  desk = openDesk(app)
  inspectorId = (await app.signIn('inspector')).user.id
  shiftLeadId = (await app.signIn('shiftlead')).user.id
  closed = []
  for (let n = 0; n < 4; n += 1) closed.push((await desk.closed()).no)
  closed.push((await desk.closed({}, { leadUnitId: OTHER_UNIT })).no)
})
afterAll(() => app.stop())

const as = (who: string) => app.signIn(who)
const draw = async (change: object = {}, who = 'supervisor1') => {
  const day = dayOf(app.clock.now())
  return (await as(who)).post('/api/inspections/rounds', {
    ...{ name: '十一月办件检查', kind: 'handling', from: day, to: day, sample: { by: 'count', n: 3 } },
    ...{ inspectorIds: [inspectorId, shiftLeadId] },
    ...change,
  })
}
const list = async (who: string, query: string): Promise<InspectionView[]> =>
  ok(await (await as(who)).get(`/api/inspections?pageSize=100&${query}`)).items
const act = async (who: string, { id, version }: InspectionView, path: string, body: object) =>
  (await as(who)).post(`/api/inspections/${encodeURIComponent(id)}/${path}`, { version, ...body })
const sheet = FIRST_SHEETS.find(({ kind }) => kind === 'handling')
const full = (lost: Record<string, number> = {}) => ({
  scores: (sheet?.items ?? []).map(({ key, max }) => ({
    key,
    points: max - (lost[key] ?? 0),
    words: lost[key] ? '只说已转办' : '',
  })),
  opinion: '总体规范',
})
const nameOf = (id: string) => (id === inspectorId ? 'inspector' : 'shiftlead')
const inspectorOf = async (one: InspectionView) => {
  const mine = await list('inspector', `desk=toScore&roundId=${one.roundId}`)
  return mine.some(({ id }) => id === one.id) ? 'inspector' : 'shiftlead'
}

describe('双随机抽取', () => {
  it('从办结的工单里抽，种子、总体、总体的散列留存；照着重抽是同样的结果', async () => {
    const round: RoundView = ok(await draw())
    expect(round).toMatchObject({ population: 5, state: 'open', sheetVersion: 1, passedOver: [] })
    const drawn = await list('supervisor1', `roundId=${round.id}`)
    expect(drawn.length).toBe(3)
    const { db, close } = await openDatabase(app)
    const tickets = await db
      .collection('tickets')
      .find({ no: { $in: closed } })
      .toArray()
    await close()
    const order = drawOrder(
      tickets.map(({ _id, leadUnitId }) => ({ id: String(_id), layer: leadUnitId as string })),
      round.seed,
      true,
    )
    const again = assignInspectors(
      order.map(({ id }) => ({ id, barred: new Set<string>() })),
      3,
      [inspectorId, shiftLeadId],
      round.seed,
    )
    expect(new Map(drawn.map(({ ticketId, inspectorName }) => [ticketId, inspectorName]))).toEqual(
      new Map(
        again.drawn.map(({ id, inspectorId: who }) => [id, round.inspectors.find((one) => one.id === who)?.name]),
      ),
    )
    const audited = ok(await (await as('director')).get('/api/audit?action=inspection.drawn'))
    expect(audited.items[0].details).toMatchObject({ seed: round.seed, hash: round.populationHash, drawn: 3 })
  })

  it('经手过工单的检查人抽不到那一件；都经手过的说明换人', async () => {
    const supervisor = await as('supervisor1')
    const ticket = await desk.handling()
    await desk.act('supervisor1', ticket, 'urge', { note: '请尽快' })
    const day = dayOf(app.clock.now())
    const agentId = (await as('agent1')).user.id
    const body = { kind: 'intake', from: day, to: day, agentIds: [agentId], sample: { by: 'percent', n: 100 } }
    const round: RoundView = ok(await draw({ ...body, inspectorIds: [supervisor.user.id] }))
    expect(round.passedOver).toContain(ticket.no)
    expect((await list('supervisor1', `roundId=${round.id}`)).map(({ no }) => no)).not.toContain(ticket.no)
  })

  it('没有可抽的、没有资格的检查人、没有权限的，都说明白', async () => {
    const none = await draw({ from: '2020-01-01', to: '2020-01-02' })
    expect([none.status, none.body.message]).toEqual([422, '这个范围里没有可抽的工单，请换时间、单位或类型'])
    const agentId = (await as('agent1')).user.id
    expect((await draw({ inspectorIds: [agentId] })).status).toBe(400)
    expect((await draw({}, 'inspector')).status).toBe(403)
    expect((await (await as(`clerk@${UNIT}`)).get('/api/inspections/rounds')).status).toBe(403)
  })
})

describe('评分、申诉、复核', () => {
  it('扣分要写原因；单位看到结果，申诉一次；别人复核改分；归档后不能再改', async () => {
    const round: RoundView = ok(await draw({ unitIds: [UNIT], sample: { by: 'count', n: 1 } }))
    const [one] = await list('supervisor1', `roundId=${round.id}`)
    if (!one) throw new Error('没有抽到')
    const who = await inspectorOf(one)
    expect(await list(`clerk@${UNIT}`, `desk=inspected&roundId=${round.id}`)).toEqual([])
    const silent = full({ solved: 5 })
    const unsaid = { ...silent, scores: silent.scores.map((score) => ({ ...score, words: '' })) }
    const refused = await act(who, one, 'score', unsaid)
    expect([refused.status, refused.body.message]).toEqual([400, '解决扣了分，请写明原因'])
    expect((await act(who === 'inspector' ? 'shiftlead' : 'inspector', one, 'score', full())).status).toBe(403)
    const more = { demand: '补充现场照片', rectifyBy: '2027-12-31' }
    const scored: InspectionView = ok(await act(who, one, 'score', { ...full({ solved: 10, reasoned: 15 }), ...more }))
    expect(scored).toMatchObject({ state: 'scored', scored: { total: 75, isPassed: false } })

    const [his] = await list(`clerk@${UNIT}`, `desk=inspected&roundId=${round.id}`)
    if (!his) throw new Error('单位看不到结果')
    expect(his).toMatchObject({ inspectorName: '质检', acts: ['object', 'rectify'], scored: { total: 75 } })
    expect(await list(`clerk@${OTHER_UNIT}`, `desk=inspected&roundId=${round.id}`)).toEqual([])
    const objected: InspectionView = ok(await act(`clerk@${UNIT}`, his, 'object', { words: '已有现场照片' }))
    expect((await act(who, objected, 'score', full())).status).toBe(403)
    expect((await act(`clerk@${UNIT}`, objected, 'object', { words: '再申诉' })).status).toBe(403)

    const [waiting] = await list('director', 'desk=toReview')
    if (!waiting) throw new Error('没有待复核')
    const review = { result: 'changed', words: '照片在附件里', score: full({ reasoned: 15 }) }
    const reviewed: InspectionView = ok(await act('director', waiting, 'review', review))
    expect(reviewed).toMatchObject({
      state: 'reviewed',
      scored: { total: 85, isPassed: true },
      review: { before: { total: 75 } },
    })
    expect((await act('director', waiting, 'review', review)).status).toBe(409)

    const { summary } = ok(await (await as('supervisor1')).get(`/api/inspections/rounds/${round.id}`)) as {
      summary: RoundSummary
    }
    expect(summary).toMatchObject({ average: 85, rows: [{ id: UNIT, n: 1, scored: 1, average: 85, failed: 0 }] })
    expect(summary.items[0]).toMatchObject({ key: 'reasoned', lostShare: 0.5 })

    ok(await (await as('director')).post(`/api/inspections/rounds/${round.id}/close`, { version: 1 }))
    const [last] = await list('supervisor1', `roundId=${round.id}`)
    expect(last).toMatchObject({ isClosed: true, acts: [] })
    if (last) expect((await act('director', last, 'review', review)).status).toBe(403)
  })

  it('评分以前，被检查的单位不知道抽到了哪一件', async () => {
    const round: RoundView = ok(await draw({ unitIds: [UNIT] }))
    expect(await list('supervisor1', `roundId=${round.id}&state=toScore`)).not.toEqual([])
    expect(await list(`clerk@${UNIT}`, 'desk=inspected&state=toScore')).toEqual([])
    expect(await list(`clerk@${UNIT}`, `desk=inspected&state=toScore&roundId=${round.id}`)).toEqual([])
  })

  it('保密件的诉求人，检查人写在评语和整改要求里单位也看不到；后来对它保密的检查它不再看到', async () => {
    const secret = await desk.closed({ confidentiality: 1, kind: 'complaint' })
    const round: RoundView = ok(await draw({ unitIds: [UNIT], sample: { by: 'percent', n: 100 } }))
    const one = (await list('supervisor1', `roundId=${round.id}`)).find(({ no }) => no === secret.no)
    if (!one) throw new Error('没有抽到')
    const said = { opinion: `${NAME}来电 ${NUMBER} 再次反映`, demand: `向${NAME}当面说明`, rectifyBy: '2027-12-31' }
    ok(await act(await inspectorOf(one), one, 'score', { ...full(), ...said }))
    const clerk = await as(`clerk@${UNIT}`)
    const seen = [
      (await list(`clerk@${UNIT}`, `desk=inspected&roundId=${round.id}`)).find(({ no }) => no === secret.no),
      ok(await clerk.get('/api/notices?pageSize=50')).items,
      (await list('cityleader', `roundId=${round.id}`)).find(({ no }) => no === secret.no),
    ]
    expect(seen[0]).toMatchObject({ state: 'scored', scored: { total: 100 } })
    expect(JSON.stringify(seen)).not.toContain(NAME)
    expect(JSON.stringify(seen)).not.toContain(NUMBER)
    expect(JSON.stringify(await list('supervisor1', `roundId=${round.id}`))).toContain(NAME)

    const { db, close } = await openDatabase(app)
    await db.collection('tickets').updateOne({ no: secret.no }, { $set: { scope: [] } })
    await close()
    const left = await list(`clerk@${UNIT}`, `desk=inspected&roundId=${round.id}`)
    expect(left.map(({ no }) => no)).not.toContain(secret.no)
  })

  it('被检查的收到消息，抽到的检查人也收到', async () => {
    const notices = async (who: string) => ok(await (await as(who)).get('/api/notices')).items as { title: string }[]
    expect((await notices(`clerk@${UNIT}`)).map(({ title }) => title)).toContain('办件质量检查申诉已复核')
    const drawn = [inspectorId, shiftLeadId].map(nameOf)
    const titles = (await Promise.all(drawn.map(notices))).flat().map(({ title }) => title)
    expect(titles).toContain('抽到您检查：十一月办件检查')
  })
})

describe('评分表', () => {
  it('改了成为新的一版，已抽的轮次仍用原来的；别人刚改过的不覆盖', async () => {
    const before: RoundView = ok(await draw())
    const supervisor = await as('supervisor1')
    const { items } = ok(await supervisor.get('/api/inspections/sheets')) as { items: { kind: string }[] }
    expect(items.filter(({ kind }) => kind === 'handling')).toHaveLength(1)
    const body = { kind: 'handling', items: [{ key: 'all', label: '总评', max: 100 }], note: '简化', basedOn: 1 }
    expect(ok(await supervisor.post('/api/inspections/sheets', body))).toMatchObject({ version: 2, passAt: 80 })
    expect((await supervisor.post('/api/inspections/sheets', body)).status).toBe(409)
    const after: RoundView = ok(await draw())
    expect([before.sheetVersion, after.sheetVersion]).toEqual([1, 2])
    expect((await (await as('inspector')).post('/api/inspections/sheets', { ...body, basedOn: 2 })).status).toBe(403)
  })
})

describe('索引', () => {
  it('各人的待办都由索引给出', async () => {
    const { db, close } = await openDatabase(app)
    const plan = async (filter: object) =>
      JSON.stringify(
        (await db.collection('inspections').find(filter).sort({ drawnAt: -1, _id: -1 }).explain('queryPlanner'))
          .queryPlanner.winningPlan,
      )
    const asked = [
      { state: 'toScore', inspectorId, isClosed: false },
      { state: 'objected' },
      { roundId: 'r', state: 'toScore' },
      { state: { $in: ['scored', 'objected', 'reviewed'] }, unitId: { $in: [UNIT] } },
      { state: { $in: ['scored', 'objected', 'reviewed'] }, agentId: inspectorId },
    ]
    for (const filter of asked) {
      const winning = await plan(filter)
      expect(winning).toContain('IXSCAN')
      expect(winning).not.toContain('"SORT"')
    }
    await close()
  })
})
