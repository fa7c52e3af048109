import type { TicketRow, TicketView } from '@hotline/shared/ticket/view'
import type { TicketDoc } from '@hotline/server/features/ticket/ticketDocument'
import { migrateDatabase } from '@hotline/server/migrations'
import { createLogger } from '@hotline/server/platform/log'
import { connectMongo } from '@hotline/server/platform/mongo'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../helpers/app'
import {
  aReply,
  COUNTY,
  eventually,
  ok,
  openDatabase,
  openDesk,
  OTHER_UNIT,
  TOWN,
  UNIT,
  type Desk,
} from '../helpers/desk'
import { readSheet, shownMoment } from '../helpers/spreadsheet'

/** A Monday without a holiday near. */
const MONDAY = '2026-11-23T09:00:00+08:00'
const TUESDAY = '2026-11-24T10:00:00+08:00'
const WEDNESDAY = '2026-11-25T08:00:00+08:00'

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
beforeEach(() => app.clock.set(MONDAY))

const tickets = () => database.db.collection<TicketDoc>('tickets')
const stored = async ({ id }: { id: string }) => (await tickets().findOne({ _id: id })) as TicketDoc
const rowsOf = async (username: string, query: string): Promise<TicketRow[]> =>
  ok(await (await desk.as(username)).get(`/api/tickets?pageSize=100&${query}`)).items
const idsOf = async (username: string, query: string) => (await rowsOf(username, query)).map(({ id }) => id)
const countsOf = async (username: string) => ok(await (await desk.as(username)).get('/api/tickets/desk-counts'))

/** As a spreadsheet shows it. */
const shanghai = (iso = '') => new Date(Date.parse(iso) + 8 * 3600_000).toISOString().slice(0, 16).replace('T', ' ')

/** 邻里噪音: the duty list lets towns do it. */
const forTowns = { matterCode: '050401' }
/** 滨城区 leads, and a town of it is to be done in so many workdays. */
async function delegated(workdays: number): Promise<TicketView> {
  const ticket = await desk.handling(forTowns, { leadUnitId: COUNTY })
  return desk.act(`clerk@${COUNTY}`, ticket, 'delegate', {
    unitId: TOWN,
    task: '上门劝导',
    standard: '报送劝导情况',
    limit: { kind: 'workdays', n: workdays },
  })
}

describe('期限：下派、协办的单位按自己的', () => {
  it('镇街自己的期限先到：在镇街的“今日到期”，不在县里的；过了在镇街的“已超期”，不在县里的', async () => {
    const ticket = await delegated(1)
    expect(await idsOf(`clerk@${TOWN}`, 'desk=dueToday')).not.toContain(ticket.id)
    app.clock.set(TUESDAY)
    expect(await idsOf(`clerk@${TOWN}`, 'desk=dueToday')).toContain(ticket.id)
    expect(await idsOf(`clerk@${COUNTY}`, 'desk=dueToday')).not.toContain(ticket.id)
    expect(await countsOf(`clerk@${TOWN}`)).toMatchObject({ dueToday: 1, overdue: 0 })
    expect(await countsOf(`clerk@${COUNTY}`)).toMatchObject({ dueToday: 0, overdue: 0 })

    app.clock.set(WEDNESDAY)
    expect(await idsOf(`clerk@${TOWN}`, 'desk=overdue')).toContain(ticket.id)
    expect(await idsOf(`clerk@${COUNTY}`, 'desk=overdue')).not.toContain(ticket.id)
    expect(await countsOf(`clerk@${TOWN}`)).toMatchObject({ dueToday: 0, overdue: 1 })
    expect(await countsOf(`clerk@${COUNTY}`)).toMatchObject({ dueToday: 0, overdue: 0 })
    await desk.act(`clerk@${COUNTY}`, ticket, 'recallDelegation', {
      assignmentId: 'a2',
      reason: '改由本单位直接办理',
    })
    expect(await countsOf(`clerk@${TOWN}`)).toMatchObject({ overdue: 0 })
  })

  it('协办获准延期以后期限在后：主办超期时，协办的台上还没有到期', async () => {
    const ticket = await desk.handling({}, { coUnitIds: [OTHER_UNIT] })
    const lead = ticket.assignments[0]
    await desk.act(`clerk@${OTHER_UNIT}`, ticket, 'acknowledge')
    await desk.act(`handler@${OTHER_UNIT}`, ticket, 'requestExtension', {
      reason: '需要检测',
      workdays: 3,
      isCallerTold: true,
    })
    await desk.act(`lead@${OTHER_UNIT}`, ticket, 'endorseRequest', { opinion: '属实' })
    await desk.act('dispatcher1', ticket, 'approveExtension', { assignmentId: 'a2', opinion: '同意' })
    const seen = ok(await desk.see(`clerk@${OTHER_UNIT}`, ticket)) as TicketView
    const own = seen.assignments.find(({ unitId }) => unitId === OTHER_UNIT)
    expect(Date.parse(own?.resolveBy ?? '')).toBeGreaterThan(Date.parse(lead?.resolveBy ?? ''))
    expect(seen.dueBy).toBe(own?.resolveBy)

    app.clock.set(new Date(Date.parse(lead?.resolveBy ?? '') + 3600_000))
    expect(await idsOf(`clerk@${UNIT}`, 'desk=overdue')).toContain(ticket.id)
    expect(await idsOf(`clerk@${OTHER_UNIT}`, 'desk=overdue')).not.toContain(ticket.id)
    const rows = await rowsOf(`clerk@${OTHER_UNIT}`, 'desk=handling')
    expect(rows.find(({ id }) => id === ticket.id)).toMatchObject({
      dueBy: own?.resolveBy,
      mine: { role: 'co', resolveBy: own?.resolveBy },
    })
  })

  it('镇街的列表、导出都按自己的期限排，导出的期限与屏幕上的一样', async () => {
    const [third, first, second] = [await delegated(3), await delegated(1), await delegated(2)]
    const clerk = `clerk@${TOWN}`
    const rows = await rowsOf(clerk, 'desk=toAcknowledge')
    expect(rows.map(({ id }) => id)).toEqual([first.id, second.id, third.id])
    expect(rows.map(({ dueBy }) => dueBy)).toEqual(rows.map(({ mine }) => mine?.resolveBy))
    const client = await desk.as(clerk)
    const asked = { list: 'tickets', reason: '本镇待签收', query: { desk: 'toAcknowledge' }, columns: ['no', 'due'] }
    const { id } = ok(await client.post('/api/exports', asked))
    const file = await fetch(`${app.url}/api/exports/${id}/file`, {
      headers: { Authorization: `Bearer ${client.token}` },
    })
    const { rows: cells } = readSheet(Buffer.from(await file.arrayBuffer()))
    expect(cells.slice(1).map(([no, due]) => [no, shownMoment(due)])).toEqual(
      rows.map(({ no, dueBy }) => [no, shanghai(dueBy)]),
    )
  })

  it('镇街反馈以后不再到期，县里的还在', async () => {
    const ticket = await delegated(1)
    await desk.act(`clerk@${TOWN}`, ticket, 'acknowledge')
    await desk.act(`handler@${TOWN}`, ticket, 'reply', aReply(app.clock.now()))
    await desk.act(`lead@${TOWN}`, ticket, 'reviewByUnit', { isPassed: true, opinion: '同意' })
    app.clock.set(WEDNESDAY)
    expect(await idsOf(`clerk@${TOWN}`, 'desk=overdue')).not.toContain(ticket.id)
    expect(await idsOf(`clerk@${TOWN}`, 'desk=replied')).toContain(ticket.id)
    expect(await idsOf(`clerk@${COUNTY}`, 'desk=handling')).toContain(ticket.id)
  })

  it('镇街的红牌按镇街的期限发，告诉镇街，不告诉县里', async () => {
    const ticket = await delegated(1)
    app.clock.set(WEDNESDAY)
    await eventually(
      () => desk.see('director', ticket),
      ({ body }) =>
        (body as TicketView).history.some((event) => event.type === 'ticket.cardIssued' && event.card === 'red'),
      '没有红牌',
    )
    const told = async (username: string) =>
      ok(await (await desk.as(username)).get('/api/notices?pageSize=100')).items.filter(
        ({ ticketId, kind }: { ticketId: string; kind: string }) =>
          ticketId === ticket.id && kind === 'ticket.cardIssued',
      ).length
    await eventually(
      () => told(`clerk@${TOWN}`),
      (count) => count === 1,
      '镇街没有收到',
    )
    expect(await told(`clerk@${COUNTY}`)).toBe(0)
    const [town, county] = await Promise.all([`clerk@${TOWN}`, `clerk@${COUNTY}`].map((who) => desk.see(who, ticket)))
    expect(town?.body.dueBy).toBe(town?.body.assignments[0].resolveBy)
    expect(Date.parse(county?.body.dueBy)).toBeGreaterThan(Date.parse(town?.body.dueBy))
    const isRed = async (username: string, query: string) =>
      (await rowsOf(username, query)).find(({ id }) => id === ticket.id)?.hasRed
    expect(await isRed(`clerk@${TOWN}`, 'desk=overdue')).toBe(true)
    expect(await isRed(`clerk@${COUNTY}`, 'desk=handling')).toBe(false)
    expect(await isRed('supervisor1', `unitId=${TOWN}`)).toBe(true)
  })
})

describe('用过的库升级', () => {
  it('升级前的在办工单，升级后也按本单位的期限排', async () => {
    const ticket = await delegated(1)
    const { deskDue } = await stored(ticket)
    expect(deskDue).toBeDefined()
    await tickets().updateOne({ _id: ticket.id }, { $unset: { deskDue: '' } })
    expect(await idsOf(`clerk@${TOWN}`, 'desk=toAcknowledge')).not.toContain(ticket.id)
    await database.db.collection<{ _id: number }>('migrations').deleteOne({ _id: 583 })
    const logger = createLogger('silent')
    const again = await connectMongo(app.uri, logger)
    await migrateDatabase(again, logger)
    await again.close()
    expect((await stored(ticket)).deskDue).toEqual(deskDue)
    expect(await idsOf(`clerk@${TOWN}`, 'desk=toAcknowledge')).toContain(ticket.id)
  })
})
