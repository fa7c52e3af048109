import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TicketView } from '@hotline/shared/ticket/view'
import { FRIDAY, startApp, type TestApp } from '../helpers/app'
import { eventually, ok, openDatabase, openDesk, OTHER_UNIT, UNIT, type Desk } from '../helpers/desk'

let app: TestApp
let second: TestApp
let desk: Desk
let database: Awaited<ReturnType<typeof openDatabase>>
beforeAll(async () => {
  app = await startApp()
  second = await startApp({ beside: app })
  desk = openDesk(app)
  database = await openDatabase(app)
})
afterAll(async () => {
  await database.close()
  await second.stop()
  await app.stop()
})

const DAY = 86_400_000
const goTo = (moment: string | Date) => app.clock.set(moment)
const now = async ({ id }: { id: string }) => ok(await desk.see('director', { id })) as TicketView
const cardsOf = ({ history }: TicketView) =>
  history.flatMap((event) => (event.type === 'ticket.cardIssued' ? [event.card] : []))
/** Every job has looked at this moment, on both processes. */
const settled = () =>
  eventually(
    () => database.db.collection('tickets').countDocuments({ nextCheckAt: { $lte: app.clock.now() } }),
    (due) => due === 0,
    '时钟没有办完',
  )

describe('时钟（两个进程在一个库上）', () => {
  it('过了退单时限，自动签收，记为逾期；每张恰好一次', async () => {
    goTo(FRIDAY)
    const tickets = await Promise.all(Array.from({ length: 12 }, () => desk.dispatched()))
    const returning = await desk.act(`clerk@${UNIT}`, await desk.dispatched(), 'requestReturn', {
      reason: 'notOurDuty',
      basis: '三定规定',
      suggestedUnitId: OTHER_UNIT,
    })
    const { returnBy } = tickets[0]!.assignments[0]!
    goTo(new Date(new Date(returnBy).getTime() - 1))
    await settled()
    expect((await now(tickets[0]!)).status).toBe('dispatched')
    goTo(returnBy)
    await settled()
    for (const ticket of tickets) {
      const { status, history, assignments } = await now(ticket)
      expect([status, assignments[0]?.isAutoAcknowledged, assignments[0]?.isAcknowledgedLate]).toEqual([
        'handling',
        true,
        true,
      ])
      const acts = history.filter(({ type }) => type === 'ticket.acknowledged')
      expect(acts).toHaveLength(1)
      expect([acts[0]?.by.name, acts[0]?.at]).toEqual(['系统', new Date(returnBy).toISOString()])
    }
    expect((await now(returning)).status).toBe('dispatched')
  })

  it('到黄牌日发黄牌，到红牌日发红牌，每张各恰好一次，两个进程一起扫', async () => {
    goTo(FRIDAY)
    const tickets = await Promise.all(Array.from({ length: 12 }, () => desk.handling()))
    const { yellowAt, redAt } = tickets[0]!.assignments[0]!
    goTo(new Date(new Date(yellowAt).getTime() - 1000))
    await settled()
    expect(cardsOf(await now(tickets[0]!))).toEqual([])
    goTo(yellowAt)
    await settled()
    for (const ticket of tickets) expect(cardsOf(await now(ticket))).toEqual(['yellow'])
    goTo(redAt)
    await settled()
    for (const ticket of tickets) expect(cardsOf(await now(ticket))).toEqual(['yellow', 'red'])
    goTo(new Date(new Date(redAt).getTime() + 30 * DAY))
    await settled()
    for (const ticket of tickets) {
      const seen = await now(ticket)
      expect([cardsOf(seen), seen.yellowCount, seen.redCount]).toEqual([['yellow', 'red'], 1, 1])
    }
    const keys = await database.db
      .collection('notices')
      .find({ kind: 'ticket.cardIssued', ticketId: { $in: tickets.map(({ id }) => id) } })
      .toArray()
    // Yellow: clerk and handler; red: clerk, handler, lead and the supervisors. Once each.
    expect(keys).toHaveLength(12 * (2 + 4))
  })

  it('停了一个月再开，只发红牌，不补黄牌；其余工单也都办到', async () => {
    goTo(FRIDAY)
    const ticket = await desk.handling()
    goTo(new Date(new Date(ticket.assignments[0]!.redAt).getTime() + 30 * DAY))
    await settled()
    expect(cardsOf(await now(ticket))).toEqual(['red'])
  })

  it('三次未接通后，时钟以无法接通办结，不进满意度', async () => {
    goTo(FRIDAY)
    const ticket = await desk.inCallback()
    for (let n = 0; n < 3; n += 1) {
      await desk.act('callback1', ticket, 'recordAttempt', { result: 'noAnswer' })
      app.clock.advance(2 * 3600_000)
    }
    const closed = await eventually(
      () => now(ticket),
      ({ status }) => status === 'closed',
    )
    expect([closed.outcome, closed.history.at(-1)?.by.name]).toEqual(['unreachable', '系统'])
  })

  it('一张坏了的工单不耽误别的', async () => {
    goTo(FRIDAY)
    const [broken, healthy] = [await desk.dispatched(), await desk.dispatched()]
    const tickets = database.db.collection<{ _id: string }>('tickets')
    const { returnBy } = healthy.assignments[0]!
    // Its assignment has lost what the clock needs: it can be found, and not be dealt with.
    await tickets.updateOne(
      { _id: broken.id },
      {
        $set: { nextCheckAt: new Date(0) },
        $unset: { 't.assignments.0.unitPath': '', 't.assignments.0.returnBy': '' },
      },
    )
    goTo(returnBy)
    await eventually(
      () => now(healthy),
      ({ status }) => status === 'handling',
    )
    await tickets.deleteOne({ _id: broken.id })
  })

  it('延期批准后，牌按新的期限算', async () => {
    goTo(FRIDAY)
    const ticket = await desk.handling()
    const old = ticket.assignments[0]!
    await desk.act(`handler@${UNIT}`, ticket, 'requestExtension', { reason: '检测', workdays: 3, isCallerTold: true })
    await desk.act(`lead@${UNIT}`, ticket, 'endorseRequest', { opinion: '同意' })
    const extended = await desk.act('dispatcher1', ticket, 'approveExtension', { opinion: '同意' })
    const [assignment] = extended.assignments
    expect(new Date(assignment!.resolveBy).getTime()).toBeGreaterThan(new Date(old.resolveBy).getTime())
    expect(extended.resolveBy).toBe(assignment!.resolveBy)
    expect(extended.promises).toHaveLength(2)
    goTo(old.redAt)
    await settled()
    expect(cardsOf(await now(ticket))).not.toContain('red')
    goTo(assignment!.redAt)
    await settled()
    expect(cardsOf(await now(ticket)).filter((card) => card === 'red')).toHaveLength(1)
  })
})
