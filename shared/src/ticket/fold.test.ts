import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Actor } from '../actor'
import { shiftByPauses } from './deadlines'
import { dueCommand } from './due'
import { EVENT_LABELS } from './eventLabels'
import { type EventType, type TicketEvent } from './events'
import { evolve, fold } from './evolve'
import { OPEN_ASSIGNMENT, type AssignmentStatus, type TicketStatus } from './labels'
import { leadOf, type Assignment } from './ticket'
import { after, by, given, ticketOf, type Scene } from './testing/given'
import * as s from './testing/stories'
import { bureau, director, dispatcher } from './testing/world'
import { begin, disagreements, letClockAct, move, PEOPLE, someMoves, someStart } from './testing/walk'

/** As a store that knows no `Date` and no `undefined` gives it back. */
function throughJson<T>(value: T): T {
  const isMoment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
  return JSON.parse(JSON.stringify(value), (_key, entry: unknown) =>
    typeof entry === 'string' && isMoment.test(entry) ? new Date(entry) : entry,
  ) as T
}
const commitsOf = (events: readonly TicketEvent[]) => [...new Set(events.map(({ version }) => version))]

interface Walk {
  states: Scene[]
  /** For the message of a failure. */
  story: string
}

/** The same walks for every test; the seed stands here so that a failure comes again. */
const WALKS: Walk[] = fc
  .sample(fc.tuple(someStart, someMoves), { numRuns: 120, seed: 12345 })
  .map(([start, moves], index) => {
    const states = [begin(start, index)]
    for (const one of moves) states.push(move(states.at(-1) as Scene, one))
    const events = states.at(-1)?.events ?? []
    const story = events.map(({ at, type, by }) => `${at.toISOString()} ${type} ${by.userId}`).join('\n')
    return { states, story }
  })

describe('历史与快照', { timeout: 120_000 }, () => {
  it('任意走法：历史重放等于逐步得到的工单，存取后也一样', () => {
    WALKS.forEach(({ states, story }) => {
      const { events, ticket } = states.at(-1) as Scene
      expect(fold(events), story).toEqual(ticket)
      expect(fold(throughJson(events)), story).toEqual(ticket)
      // A snapshot that was stored and read goes on as the one in memory does.
      const half = Math.floor(events.length / 2)
      const stored = throughJson(fold(events.slice(0, half)))
      expect(events.slice(half).reduce(evolve, stored), story).toEqual(ticket)
    })
  })

  it('任意走法：每次提交版本加一，时间不倒流，事件都有人和时间', () => {
    WALKS.forEach(({ states, story }) => {
      const { events, ticket } = states.at(-1) as Scene
      expect(commitsOf(events), story).toEqual(commitsOf(events).map((_, index) => index + 1))
      expect(ticket?.version, story).toBe(commitsOf(events).length)
      events.reduce((before, event) => {
        expect(event.at.getTime(), story).toBeGreaterThanOrEqual(before.getTime())
        expect(event.by.name).not.toBe('')
        expect(EVENT_LABELS[event.type]).toBeDefined()
        return event.at
      }, new Date(0))
    })
  })

  it('任意走法：时钟做完该做的就停下，下次查看不在过去，也不会漏看', () => {
    WALKS.forEach(({ states, story }) => {
      for (const state of states) {
        const rested = letClockAct(state)
        const ticket = ticketOf(rested)
        expect(dueCommand(ticket, { ...rested.world, at: rested.at }), story).toBeUndefined()
        const next = ticket.nextCheckAt
        if (next) expect(next.getTime(), story).toBeGreaterThan(rested.at.getTime())
        // Nothing becomes due before the moment at which the clock will look again.
        const before = new Date(next ? next.getTime() - 1 : rested.at.getTime() + 400 * 86_400_000)
        expect(dueCommand(ticket, { ...rested.world, at: before }), story).toBeUndefined()
        if (next) expect(dueCommand(ticket, { ...rested.world, at: next }), story).toBeDefined()
      }
    })
  })

  it('任意走法：按钮与执行始终一致', () => {
    WALKS.forEach(({ states, story }, seed) => {
      for (let index = seed % 5; index < states.length; index += 5) {
        const state = states[index] as Scene
        const actor = PEOPLE[(seed + index) % PEOPLE.length] as Actor
        expect(disagreements(state, actor), story).toEqual([])
      }
    })
  })

  it('任意走法：工单前后一致', () => {
    WALKS.forEach(({ states, story }) => {
      for (const state of states) {
        const ticket = ticketOf(state)
        const lead = leadOf(ticket)
        const follows: Partial<Record<AssignmentStatus, TicketStatus>> = {
          toAcknowledge: 'dispatched',
          handling: 'handling',
          inReview: 'unitReview',
        }
        if (lead && follows[lead.status]) expect(ticket.status, story).toBe(follows[lead.status])
        if (['dispatched', 'handling', 'unitReview', 'hotlineReview', 'callback'].includes(ticket.status)) {
          expect(lead, story).toBeDefined()
          expect(ticket.resolveBy, story).toEqual(ticket.promises.at(-1)?.by)
          expect(ticket.cases.at(-1), story).toMatchObject({ unitId: lead?.unitId, dueAt: ticket.resolveBy })
          expect(ticket.cases.at(-1)?.closedAt, story).toBeUndefined()
          expect(ticket.cases.at(-1)?.unitDueAt, story).toEqual(lead?.resolveBy)
        }
        if (ticket.closedAt) {
          expect(
            ticket.assignments.filter(({ endedAt }) => !endedAt).map(({ role }) => role),
            story,
          ).toEqual(ticket.assignments.filter(({ role }) => role === 'copy').map(({ role }) => role))
          expect(ticket.pendingJudgement, story).toBeUndefined()
          // Nothing but the archive waits for it.
          if (ticket.nextCheckAt) expect(ticket.nextCheckAt.getTime(), story).toBeGreaterThan(ticket.closedAt.getTime())
          if (ticket.leadAssignmentId) expect(ticket.cases.at(-1)?.closedAt, story).toEqual(ticket.closedAt)
        }
        expect(new Set(ticket.assignments.map(({ id }) => id)).size).toBe(ticket.assignments.length)
        for (const { unitId, unitPath } of ticket.assignments) expect(unitPath[0], story).toBe(unitId)
      }
    })
  })

  it('任意走法：会商、挂起、下派和申请前后一致', () => {
    WALKS.forEach(({ states, story }) => {
      for (const state of states) {
        const ticket = ticketOf(state)
        const isOpen = ({ status }: Assignment) => OPEN_ASSIGNMENT.includes(status)
        const open = ticket.assignments.filter(isOpen)
        const conferring = (ticket.consultations ?? []).filter(({ closedAt }) => !closedAt)
        expect(conferring, story).toHaveLength(ticket.status === 'consulting' ? 1 : 0)
        if (ticket.status === 'consulting') expect(open, story).toEqual([])
        if (ticket.suspension) {
          expect(ticket.nextCheckAt, story).toEqual(ticket.suspension.until)
          expect(leadOf(ticket), story).toMatchObject({ id: ticket.suspension.assignmentId, status: 'handling' })
        }
        for (const one of ticket.assignments) {
          const asked = [one.pendingReturn, one.pendingExtension, one.pendingSuspension, one.pendingTermination]
          expect(asked.filter(Boolean).length, story).toBeLessThanOrEqual(isOpen(one) ? 1 : 0)
        }
        for (const child of ticket.assignments.filter(({ role }) => role === 'delegated')) {
          const parent = ticket.assignments.find(({ id }) => id === child.parentId)
          if (!isOpen(child)) continue
          expect(child.unitPath.slice(1), story).toContain(parent?.unitId)
          expect(parent && isOpen(parent), story).toBe(true)
          expect(parent?.pendingReturn, story).toBeUndefined()
          expect(child.resolveBy.getTime(), story).toBeLessThanOrEqual(parent?.resolveBy.getTime() ?? 0)
        }
        // Who has reported has nobody under him who has not.
        if (['unitReview', 'hotlineReview'].includes(ticket.status))
          expect(
            open.filter(({ id, status }) => id !== ticket.leadAssignmentId && status !== 'replied'),
            story,
          ).toEqual([])
      }
    })
  })

  it('任意走法：期限总是没有停办时的期限加上全部停办', () => {
    WALKS.forEach(({ states, story }) => {
      for (const state of states) {
        const ticket = ticketOf(state)
        const { calendar } = state.world
        const clocks = [
          { ...ticket, limitUnit: ticket.promiseUnit },
          ...ticket.assignments
            .filter(({ role, status }) => role !== 'delegated' && OPEN_ASSIGNMENT.includes(status))
            .map((assignment) => ({ ...assignment, limitUnit: assignment.limit.unit })),
        ]
        for (const { resolveBy, unpausedBy: by, pauses = [], limitUnit } of clocks)
          if (by && limitUnit) expect(shiftByPauses(calendar, { by, limitUnit, pauses }).by, story).toEqual(resolveBy)
      }
    })
  })

  it('这些走法到过每个常见状态，出现过每种事件', () => {
    const seen = new Set<string>()
    const happened = new Set<EventType>()
    WALKS.forEach(({ states }) => {
      states.forEach(({ ticket }) => seen.add(ticket?.status ?? ''))
      states.at(-1)?.events.forEach(({ type }) => happened.add(type))
    })
    const reachable =
      'accepted consulting dispatched handling unitReview hotlineReview callback closed answered declined transferred terminated'
    expect([...seen]).toEqual(expect.arrayContaining(reachable.split(' ')))
    // New limits come by a job, not by a command: recompute.test.ts folds those.
    const byJob: EventType[] = ['ticket.deadlinesRecomputed']
    const missing = (Object.keys(EVENT_LABELS) as EventType[]).filter((type) => !happened.has(type))
    expect(missing).toEqual(byJob)
  })
})

describe('发生过的就发生过', () => {
  it('任何事件加在任何工单上都不报错', () => {
    const histories = [
      s.closed,
      s.inJudgement,
      s.thriceReturned,
      s.extensionEndorsed,
      [...s.inCallback, s.unanswered, s.clockRuns],
      [...s.withCo, s.acknowledged],
      s.answered,
      s.declined,
      s.submitted(),
      [...s.consulting, by(bureau.clerk, 'giveOpinion'), by(dispatcher, 'concludeConsultation')],
      s.delegated,
      [...s.suspended, by(director, 'resume')],
      s.terminated,
    ].map((story) => given(...story).scene)
    const events = histories.flatMap((history) => history.events).filter(({ type }) => type !== 'ticket.registered')
    const tickets = histories.flatMap((history) => history.events.map((_, n) => fold(history.events.slice(0, n + 1))))
    for (const ticket of tickets) for (const event of events) expect(evolve(ticket, event).version).toBe(event.version)
    expect(tickets.length * events.length).toBeGreaterThan(1000)
  })

  it('重放不改动历史，也不改动旧快照', () => {
    const { events } = given(...s.closed).scene
    const before = structuredClone(events)
    const first = fold(events.slice(0, 2))
    const copy = structuredClone(first)
    events.slice(2).reduce(evolve, first)
    expect(events).toEqual(before)
    expect(first).toEqual(copy)
  })

  it('没有历史就没有工单', () => expect(fold([])).toBeUndefined())

  it('事件里没有诉求人的号码、姓名和住址', () => {
    const caller = { number: '13912345678', phone: '0543-3366999', name: '李某某', address: '渤海十路一号楼' }
    const reply = { contacted: 'yes', contactMethod: 'phone', contactNumber: '13912345678' } as const
    const story = [...s.registeredAs({ caller }), ...s.handling.slice(1)]
    const { scene } = given(story).when(PEOPLE[8]!, 'reply', reply).then('ticket.replied')
    for (const text of [JSON.stringify(scene.events), JSON.stringify(scene.ticket)])
      for (const secret of Object.values(caller)) expect(text).not.toContain(secret)
    expect(scene.ticket?.assignments[0]?.reply?.hasContactNumber).toBe(true)
  })

  it('可选项没有填的，事件里根本没有', () => {
    const { events } = given(...s.closed).scene
    const hasUndefined = (value: unknown): boolean =>
      value === undefined ||
      (typeof value === 'object' &&
        value !== null &&
        !(value instanceof Date) &&
        Object.values(value).some(hasUndefined))
    expect(events.filter(hasUndefined)).toEqual([])
    expect(after(...s.closed).no).toMatch(/^\d{18}$/)
  })
})
