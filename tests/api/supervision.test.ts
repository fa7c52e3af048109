import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TicketRow, TicketView } from '@hotline/shared/ticket/view'
import { startApp, type TestApp } from '../helpers/app'
import {
  COUNTY,
  dissatisfied,
  eventually,
  ok,
  openDatabase,
  openDesk,
  OTHER_UNIT,
  UNIT,
  type Desk,
} from '../helpers/desk'

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
const inHours = (n: number) => new Date(app.clock.now().getTime() + n * HOUR).toISOString()
const written = (overrides: object = {}) => ({
  form: 'written',
  trigger: 'unsolved',
  requirement: '三日内办结并报告',
  deadline: inHours(72),
  ...overrides,
})
const rows = async (username: string, query: string): Promise<TicketRow[]> =>
  ok(await (await desk.as(username)).get(`/api/tickets?${query}&pageSize=100`)).items
const notices = async (username: string, ticketId: string): Promise<string[]> =>
  ok(await (await desk.as(username)).get('/api/notices?pageSize=100'))
    .items.filter((notice: { ticketId?: string }) => notice.ticketId === ticketId)
    .map((notice: { title: string }) => notice.title)
const told = (username: string, ticketId: string, title: string) =>
  eventually(
    () => notices(username, ticketId),
    (titles) => titles.includes(title),
    `${username} 没有收到“${title}”`,
  )

describe('督办', () => {
  it('督办、反馈、销号：单位收到通知并上“督办待反馈”台，反馈后督办员收到，销号后下台', async () => {
    const ticket = await desk.handling()
    const watched = await desk.act('supervisor1', ticket, 'supervise', written())
    expect(watched.supervisions).toMatchObject([{ id: 's1', form: 'written', unitId: UNIT }])
    expect(watched.status).toBe('handling')
    for (const role of ['clerk', 'handler', 'lead']) await told(`${role}@${UNIT}`, ticket.id, '书面督办')
    expect(await notices(`head@${UNIT}`, ticket.id)).not.toContain('书面督办')
    expect((await rows(`clerk@${UNIT}`, 'desk=supervised')).map(({ id }) => id)).toContain(ticket.id)
    expect((await rows('supervisor1', 'desk=supervising')).map(({ id }) => id)).toContain(ticket.id)

    await desk.act(`handler@${UNIT}`, ticket, 'answerSupervision', { supervisionId: 's1', answer: '已责令停工' })
    await told('supervisor1', ticket.id, '督办反馈')
    expect((await rows(`clerk@${UNIT}`, 'desk=supervised')).map(({ id }) => id)).not.toContain(ticket.id)
    const closed = await desk.act('supervisor1', ticket, 'closeSupervision', { supervisionId: 's1', result: '属实' })
    expect(closed.supervisions?.[0]).toMatchObject({ result: '属实' })
    expect((await rows('supervisor1', 'desk=supervising')).map(({ id }) => id)).not.toContain(ticket.id)
  })

  it('通报批评、移送监督同时告知主要负责人', async () => {
    for (const [form, trigger, title] of [
      ['criticism', 'overdue', '通报批评'],
      ['discipline', 'dishonest', '移送监督'],
    ]) {
      const ticket = await desk.handling()
      await desk.act('supervisor1', ticket, 'supervise', written({ form, trigger }))
      await told(`head@${UNIT}`, ticket.id, title!)
    }
  })

  it('督办台按督办期限排序，不按办理期限', async () => {
    const late = await desk.handling({}, { leadUnitId: OTHER_UNIT })
    const soon = await desk.handling({}, { leadUnitId: OTHER_UNIT })
    await desk.act('supervisor1', late, 'supervise', written({ deadline: inHours(48) }))
    await desk.act('supervisor1', soon, 'supervise', written({ deadline: inHours(1) }))
    for (const [username, query] of [
      ['supervisor1', 'desk=supervising'],
      [`clerk@${OTHER_UNIT}`, 'desk=supervised'],
    ] as const) {
      const ids = (await rows(username, query)).map(({ id }) => id)
      expect(ids.indexOf(soon.id), username).toBeLessThan(ids.indexOf(late.id))
      expect(ids.indexOf(soon.id)).toBeGreaterThanOrEqual(0)
    }
    const row = (await rows('supervisor1', 'desk=supervising')).find(({ id }) => id === soon.id)
    expect(row).toMatchObject({ openSupervisions: 1, superviseBy: inHours(1) })
    const counts = ok(await (await desk.as('supervisor1')).get('/api/tickets/desk-counts'))
    expect(counts.supervising).toBeGreaterThanOrEqual(2)
    const plan = await database.db
      .collection('tickets')
      .find({ desks: 'hotline|supervising', superviseBy: { $exists: true } })
      .sort({ superviseBy: 1 })
      .explain('queryPlanner')
    const text = JSON.stringify(plan.queryPlanner.winningPlan)
    expect(text).toContain('"indexName":"supervision"')
    expect(text).not.toContain('"stage":"SORT"')
  })

  it('上级单位分管负责人督办下级；别的单位、下级不能', async () => {
    const ticket = await desk.handling()
    const above = await desk.act(`lead@${COUNTY}`, ticket, 'supervise', written())
    expect(above.supervisions).toMatchObject([{ unitId: UNIT }])
    expect((await desk.tryTo(`lead@${UNIT}`, ticket, 'supervise', written())).status).toBe(422)
    expect((await desk.tryTo(`lead@${OTHER_UNIT}`, ticket, 'supervise', written())).status).toBe(404)
    expect(
      (await desk.tryTo(`lead@${COUNTY}`, ticket, 'closeSupervision', { supervisionId: 's1', result: '可以' })).status,
    ).toBe(200)
  })

  it('写反馈的经办人不因督办而要重来', async () => {
    const ticket = await desk.handling()
    const { version } = ok(await desk.see(`handler@${UNIT}`, ticket)) as TicketView
    await desk.act('supervisor1', ticket, 'supervise', written())
    const answer = await (
      await desk.as(`handler@${UNIT}`)
    ).post(`/api/tickets/${ticket.id}/recordProgress`, {
      version,
      note: '已到现场',
    })
    expect(answer.status).toBe(200)
  })

  it('督办未销号的，主任不能归档', async () => {
    const ticket = await desk.closed()
    await desk.act('supervisor1', ticket, 'supervise', written())
    const refused = await desk.tryTo('director', ticket, 'archive')
    expect([refused.status, refused.body.message]).toEqual([422, '督办未销号，不能归档'])
    await desk.act('supervisor1', ticket, 'closeSupervision', { supervisionId: 's1', result: '已解决' })
    expect((await desk.act('director', ticket, 'archive')).status).toBe('archived')
  })
})

describe('建议督办', () => {
  it('红牌以后在“建议督办”台上，建议书面催办；督办以后不再建议', async () => {
    const ticket = await desk.handling({ urgency: 'general' })
    app.clock.set('2026-12-01T10:00:00+08:00')
    const row = await eventually(
      async () => (await rows('supervisor1', 'desk=toSupervise')).find(({ id }) => id === ticket.id),
      (found) => found !== undefined,
    )
    expect(row).toMatchObject({ advice: { form: 'urgeLetter', trigger: 'overdue', unitId: UNIT } })
    const seen = ok(await desk.see('supervisor1', ticket)) as TicketView
    expect(seen.advice?.[0]).toMatchObject({
      form: 'urgeLetter',
      reason: expect.stringContaining('未报理由') as string,
    })
    expect(ok(await desk.see(`lead@${UNIT}`, ticket))).not.toHaveProperty('advice')
    const { form, trigger, unitId } = seen.advice![0]!
    await desk.act('supervisor1', ticket, 'supervise', written({ form, trigger, unitId }))
    expect((await rows('supervisor1', 'desk=toSupervise')).map(({ id }) => id)).not.toContain(ticket.id)
  })
})

describe('提级与批示', () => {
  it('第三次重办提级：上级政府收到通知并能反馈', async () => {
    let ticket = await desk.inCallback()
    const again = async () => {
      await desk.act(`handler@${UNIT}`, ticket, 'reply', {
        isFactual: 'yes',
        contacted: 'yes',
        contactedAt: app.clock.now().toISOString(),
        contactMethod: 'visit',
        solved: 'yes',
        handling: '再次处理',
        publicReply: '已再次处理',
      })
      // 重件由主要负责人签发.
      await desk.act(`head@${UNIT}`, ticket, 'reviewByUnit', { isPassed: true, opinion: '同意' })
      await desk.act('dispatcher1', ticket, 'reviewByHotline', { isPassed: true, opinion: '同意' })
    }
    for (const round of [1, 2, 3]) {
      if (round > 1) await again()
      ticket = await desk.act('callback1', ticket, 'recordCallback', dissatisfied('reasonable'))
    }
    expect(ticket).toMatchObject({ reworkCount: 3, flags: ['escalate'] })
    expect((await rows('supervisor1', 'desk=toEscalate')).map(({ id }) => id)).toContain(ticket.id)
    const escalated = await desk.act('supervisor1', ticket, 'escalate', {
      requirement: '请区政府协调',
      deadline: inHours(120),
    })
    expect(escalated).toMatchObject({ escalatedTo: { unitId: COUNTY }, flags: [] })
    await told(`lead@${COUNTY}`, ticket.id, '提级督办')
    const { supervisions } = escalated
    await desk.act(`lead@${COUNTY}`, ticket, 'answerSupervision', {
      supervisionId: supervisions!.at(-1)!.id,
      answer: '区政府已召开协调会',
    })
    const once = await desk.tryTo('supervisor1', ticket, 'escalate', { requirement: '再提', deadline: inHours(120) })
    expect(once.status).toBe(422)
  })

  it('市领导批示：派单员、督办员、单位主要负责人都收到', async () => {
    const ticket = await desk.handling()
    await desk.act('cityleader', ticket, 'instruct', { instruction: '请认真办理' })
    for (const username of ['dispatcher1', 'supervisor1', `head@${UNIT}`]) await told(username, ticket.id, '领导批示')
    const row = (await rows('supervisor1', 'desk=supervising')).find(({ id }) => id === ticket.id)
    expect(row).toMatchObject({ openSupervisions: 1 })
    expect(row).not.toHaveProperty('superviseBy')
  })
})
