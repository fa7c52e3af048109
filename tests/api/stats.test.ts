import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFixedClock } from '@hotline/server/platform/clock'
import { CALENDAR_YEARS } from '@hotline/shared/calendar/data'
import { createCalendar } from '@hotline/shared/calendar/workingDays'
import { evaluate } from '@hotline/shared/stats/evaluate'
import type { TicketFacts } from '@hotline/shared/stats/facts'
import { matches } from '@hotline/shared/stats/condition'
import { LIVE_COUNTS } from '@hotline/shared/stats/liveCounts'
import { measureOf } from '@hotline/shared/stats/measures'
import { MEASURE_IDS, type MeasureId } from '@hotline/shared/stats/measure'
import { UNIT_CELLS, type LiveStats, type MeasureStats, type UnitStats } from '@hotline/shared/stats/view'
import { startApp, type Client, type TestApp } from '../helpers/app'
import { BUREAU, COUNTY, COUNTY_BUREAU, factsFromHistories, fractions, OTHER, playWeek, type Scene } from './statsScene'

let app: TestApp
let scene: Scene
let supervisor: Client
beforeAll(async () => {
  app = await startApp({ clock: createFixedClock('2026-11-16T09:00:00+08:00') })
  scene = await playWeek(app)
  supervisor = await app.signIn('supervisor1')
}, 120_000)
afterAll(() => app.stop())

async function measures(query = '', client = supervisor): Promise<MeasureStats> {
  const answer = await client.get(`/api/stats/measures${query}`)
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return answer.body
}
async function names(query: string, client = supervisor): Promise<string[]> {
  const { status, body } = await client.get(`/api/stats/tickets?pageSize=100&${query}`)
  expect(status, JSON.stringify(body)).toBe(200)
  expect(body.total).toBe(body.items.length)
  const nameOf = new Map(Object.entries(scene.ids).map(([name, id]) => [id, name]))
  return body.items.map(({ id }: { id: string }) => nameOf.get(id) ?? id).sort()
}

describe('实时看板', () => {
  it('各数与手工清点一致', async () => {
    const read = async () => {
      const { items }: LiveStats = (await supervisor.get('/api/stats/live')).body
      return Object.fromEntries(items.map(({ label, value }) => [label, value]))
    }
    await expect.poll(read, { timeout: 6000, interval: 300 }).toMatchObject({
      今日受理: 1,
      在办: 8,
      今日到期: 1,
      超期: 3,
      待受理: 0,
      待派单: 2,
      退单审核: 0,
      延期审核: 0,
      会商中: 0,
      挂起审批: 0,
      终止审批: 0,
      热线审核: 0,
      待回访: 1,
      待甄别: 0,
    })
  })

  it.each(['supervisor1', 'cityleader', `clerk@${OTHER}`, `countyadmin@${COUNTY}`])(
    '%s：每个数等于点开的列表的件数',
    async (username) => {
      const client = await app.signIn(username)
      const { items }: LiveStats = (await client.get('/api/stats/live')).body
      expect(items.length).toBeGreaterThanOrEqual(4)
      for (const { label, value, query } of items) {
        const search = new URLSearchParams(Object.entries(query).map(([key, entry]) => [key, String(entry)]))
        const list = await client.get(`/api/tickets?${search.toString()}`)
        expect([label, list.status, list.body.total]).toEqual([label, 200, value])
      }
    },
  )

  it('今日受理不含误拨，列表也不含', async () => {
    const { body } = await supervisor.get('/api/tickets?from=2026-11-16T00:00:00%2B08:00&to=2026-11-17&valid=true')
    expect(body.items.map(({ id }: { id: string }) => id)).not.toContain(scene.ids.invalid)
    expect(body.total).toBe(12)
  })
})

describe('指标', () => {
  it('本月至今，与手工清点一致', async () => {
    const stats = await measures()
    expect(stats).toMatchObject({ scope: 'city', from: '2026-10-31T16:00:00.000Z', to: '2026-11-20T02:00:00.000Z' })
    expect(fractions(stats)).toEqual({
      received: '13',
      directRate: '1/13',
      dispatchedRate: '10/13',
      onTimeDispatchRate: '10/10',
      onTimeAcknowledgeRate: '9/9',
      responseRate: '3/9',
      returnRate: '2/12',
      approvedReturnRate: '1/2',
      extensionRate: '1/10',
      closeRate: '4/11',
      caseCloseRate: '3/7',
      onTimeCloseRate: '3/7',
      overdueRate: '4/7',
      handlingWorkdays: '5/4',
      reworkRate: '1/3',
      callbackRate: '3/3',
      solvedRate: '2/3',
      satisfactionRate: '2/3',
      attitudeSatisfactionRate: '3/3',
      agentSatisfactionRate: '2/2',
    })
    const item = (id: MeasureId) => stats.items.find((each) => each.id === id)
    expect(item('received')).toMatchObject({ value: 13, denominator: null, unit: '件' })
    expect(item('onTimeCloseRate')).toMatchObject({ value: 42.86, unit: '%', unitOfCount: 'case', target: 98 })
    expect(item('handlingWorkdays')).toMatchObject({ value: 1.25, unit: '工作日' })
    expect(item('satisfactionRate')?.formula).toContain('基本满意')
  })

  it('口径可换：按认定评价、基本满意不算满意', async () => {
    expect(fractions(await measures('?rating=judged')).satisfactionRate).toBe('2/2')
    expect(fractions(await measures('?isFairSatisfied=false')).satisfactionRate).toBe('1/3')
  })

  it('此前到期而期初仍未办结的，计入本期应结', async () => {
    const stats = await measures('?from=2026-11-18&to=2026-11-18')
    expect(stats).toMatchObject({ from: '2026-11-17T16:00:00.000Z', to: '2026-11-18T16:00:00.000Z' })
    expect(fractions(stats)).toMatchObject({ caseCloseRate: '1/2', received: '0', closeRate: '0/1' })
  })

  it('期末不晚于现在；没有开始或颠倒的统计期被拒绝', async () => {
    expect((await measures('?to=2026-12-31')).to).toBe('2026-11-20T02:00:00.000Z')
    expect((await measures('?to=2026-10-10')).from).toBe('2026-09-30T16:00:00.000Z')
    for (const query of [
      'from=2026-11-21',
      'from=2026-11-10&to=2026-11-09',
      'from=2026-13-01',
      'from=2026-11-01T00:00',
    ]) {
      const answer = await supervisor.get(`/api/stats/measures?${query}`)
      expect([query, answer.status, answer.body.details.fields[0].path]).toEqual([query, 400, 'from'])
    }
    expect((await supervisor.get('/api/stats/measures?form=2026-11-01')).status).toBe(400)
    expect((await supervisor.get('/api/stats/measures?unitId=nobody')).status).toBe(400)
  })

  it('给了单位，按单位自己的期限，只数其下', async () => {
    const stats = await measures(`?unitId=${OTHER}`)
    expect(stats).toMatchObject({ scope: 'unit', unitId: OTHER, unitName: expect.stringContaining('城') as string })
    expect(fractions(stats)).toMatchObject({
      closeRate: '1/3',
      caseCloseRate: '1/2',
      onTimeCloseRate: '0/2',
      overdueRate: '2/2',
      satisfactionRate: '0/1',
      handlingWorkdays: '2/1',
    })
    expect(fractions(await measures(`?unitId=${COUNTY}`)).closeRate).toBe('1/3')
    expect(fractions(await measures(`?unitId=${COUNTY}&within=unit`)).closeRate).toBe('0/0')
    expect(fractions(await measures('?unitId=371600')).closeRate).toBe('4/10')
  })
})

describe('各单位', () => {
  const units = async (client = supervisor, query = ''): Promise<UnitStats> => {
    const answer = await client.get(`/api/stats/units${query}`)
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    return answer.body
  }

  it('与手工清点一致，量大的在前', async () => {
    const { items, unassigned, total, formulas } = await units()
    expect(items.map(({ unitId }) => unitId)).toEqual([BUREAU, OTHER, COUNTY_BUREAU])
    expect(items[0]).toEqual({
      unitId: BUREAU,
      unitName: expect.stringContaining('住房') as string,
      started: 4,
      startedClosed: 2,
      closeRate: 50,
      due: 2,
      closed: 1,
      caseCloseRate: 50,
      onTime: 2,
      onTimeRate: 100,
      overdue: 0,
      rated: 2,
      satisfied: 2,
      satisfactionRate: 100,
      reworks: 1,
      returns: 1,
    })
    expect(items[1]).toMatchObject({ started: 3, startedClosed: 1, due: 2, closed: 1, onTime: 0, overdue: 2 })
    expect(items[1]).toMatchObject({ rated: 1, satisfied: 0, satisfactionRate: 0, reworks: 0, returns: 1 })
    expect(items[2]).toMatchObject({
      started: 3,
      startedClosed: 1,
      due: 1,
      closed: 1,
      onTime: 1,
      satisfactionRate: null,
    })
    expect(unassigned).toMatchObject({ started: 1, due: 1, overdue: 1 })
    expect(total).toMatchObject({ started: 11, startedClosed: 4, due: 6, closed: 3, onTime: 3, onTimeRate: 50 })
    expect(Object.keys(formulas).sort()).toEqual(Object.keys(total).sort())
  })

  it('每一格都点得开，件数相同', async () => {
    const { items } = await units()
    for (const row of items)
      for (const [cell, { measure, part }] of Object.entries(UNIT_CELLS)) {
        const query = `measure=${measure}&part=${part}&unitId=${row.unitId}&within=unit`
        const { body } = await supervisor.get(`/api/stats/tickets?${query}`)
        expect([row.unitId, cell, body.count]).toEqual([row.unitId, cell, row[cell as keyof typeof UNIT_CELLS]])
        expect(body.total).toBe(body.count)
      }
    expect(await names(`measure=returnRate&unitId=${BUREAU}&within=unit`)).toEqual(['returned'])
  })

  it('单位只见本单位及下级', async () => {
    expect((await units(await app.signIn(`clerk@${OTHER}`))).items.map(({ unitId }) => unitId)).toEqual([OTHER])
    expect((await units(await app.signIn(`countyadmin@${COUNTY}`))).items.map(({ unitId }) => unitId)).toEqual([
      COUNTY_BUREAU,
    ])
  })

  it('区县看得到下级单位的工单', async () => {
    const county = await app.signIn(`countyadmin@${COUNTY}`)
    expect(fractions(await measures(`?unitId=${COUNTY_BUREAU}`, county)).closeRate).toBe('1/3')
    expect(await names('measure=closeRate&part=denominator', county)).toEqual(['extended', 'reopened', 'today'])
  })
})

describe('数字背后的工单', () => {
  it('正是那几件', async () => {
    expect(await names('measure=onTimeCloseRate&part=numerator')).toEqual(['calling', 'good', 'reopened'])
    expect(await names('measure=overdueRate&part=numerator')).toEqual(['late', 'recalled', 'rejected', 'returned'])
    expect(await names('measure=directRate&part=numerator')).toEqual(['answered'])
    expect(await names('measure=satisfactionRate&part=numerator')).toEqual(['good', 'reworked'])
    expect(await names('measure=responseRate&part=numerator')).toEqual(['calling', 'good', 'reworked'])
    expect(await names(`measure=overdueRate&unitId=${OTHER}`)).toEqual(['late', 'rejected'])
  })

  it('所有指标：件数与数字相同；不同的说明为什么', async () => {
    const { items } = await measures()
    expect(items.map(({ id }) => id)).toEqual(MEASURE_IDS)
    const notes: Record<string, string> = {}
    for (const { id, numerator, denominator } of items)
      for (const [part, number] of Object.entries({ numerator, denominator })) {
        if (number === null) continue
        const { body } = await supervisor.get(`/api/stats/tickets?measure=${id}&part=${part}`)
        expect([id, part, body.count]).toEqual([id, part, number])
        if (body.note) notes[`${id} ${part}`] = body.note
        else expect([id, part, body.total]).toEqual([id, part, number])
      }
    expect(notes).toEqual({
      'returnRate denominator': '12 次，涉及 10 件工单',
      'closeRate denominator': '11 件次，涉及 10 件工单：重启、重办后每次办理各计一件',
      'handlingWorkdays numerator': '合计 5 个工作日，涉及 4 件工单',
    })
  })

  it('分页，联系方式仍是遮住的', async () => {
    const { body } = await supervisor.get('/api/stats/tickets?measure=received&page=2&pageSize=5')
    expect(body).toMatchObject({ total: 13, isTotalCapped: false, count: 13, label: '受理量' })
    expect(body.items).toHaveLength(5)
    expect(JSON.stringify(body)).not.toContain('13805430001')
  })
})

describe('与历史对账', () => {
  let facts: TicketFacts[]
  beforeAll(async () => {
    facts = await factsFromHistories(supervisor, Object.values(scene.ids))
    expect(facts).toHaveLength(14)
  })

  it('从每件工单的历史重新算出的指标，与接口给出的相同', async () => {
    const calendar = createCalendar(CALENDAR_YEARS)
    for (const query of ['', '?from=2026-11-18', '?from=2026-11-17&to=2026-11-19', '?rating=judged']) {
      const stats = await measures(query)
      const period = { from: new Date(stats.from), to: new Date(stats.to) }
      for (const { id, numerator, denominator, value } of stats.items) {
        const measure = measureOf(id, { rating: query.includes('judged') ? 'judged' : 'raw' })
        const { denominator: wanted = null, ...expected } = evaluate(measure, facts, period, calendar)
        expect({ query, id, numerator, denominator, value }).toEqual({ query, id, ...expected, denominator: wanted })
      }
    }
  })

  it('看板的数也是', async () => {
    const { items, at }: LiveStats = (await supervisor.get('/api/stats/live')).body
    for (const { id, condition } of LIVE_COUNTS) {
      const expected = facts.filter((each) => matches(condition(new Date(at)), each)).length
      expect([id, items.find((item) => item.id === id)?.value]).toEqual([id, expected])
    }
  })
})
