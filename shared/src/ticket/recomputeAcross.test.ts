import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CLOCK } from '../actor'
import { DAY } from '../calendar/millis'
import { workdays } from '../limits/limit'
import { OPEN_STATUSES } from './labels'
import { recompute } from './recompute'
import { rulesRefOf } from './rulesRef'
import { act, by, given, on, where, type Step } from './testing/given'
import * as s from './testing/stories'
import { begin, move, someMoves, someStart } from './testing/walk'
import * as w from './testing/world'

const { bureau, director, dispatcher, agent, at, profile, calendar } = w

describe('派单时限重算', () => {
  it('补充、撤销并单、改急缓以后的，从那时起算', () => {
    const slow = { ...profile, dispatch: { general: workdays(1), urgent: workdays(1) } }
    const later: Step[][] = [
      [...s.infoRequested, on('2026-11-24 09:00'), by(agent, 'supplyInfo')],
      [...s.merged, on('2026-11-24 09:00'), by(dispatcher, 'unmerge')],
      [...s.registered, on('2026-11-24 09:00'), by(dispatcher, 'amend', { changes: { urgency: 'urgent' } })],
    ]
    for (const steps of later) {
      const { ticket } = given(where({ profile: slow }), steps)
      expect(ticket.dispatchBy).toEqual(at('2026-11-25 24:00'))
      const rules = rulesRefOf(slow, calendar)
      const world = { profile: slow, calendar, rules, at: at('2026-11-24 10:00'), jobId: 'j', cause: '公布日历' }
      expect(recompute(ticket, world)).toBeUndefined()
    }
  })
})

describe('并入与承诺的重算', () => {
  const early = { resolveBy: '2026-11-26T00:00:00+08:00' }
  const unchanged = (moment: string) => ({
    ...{ profile, calendar, rules: rulesRefOf(profile, calendar) },
    ...{ at: at(moment), jobId: 'j', cause: '公布日历' },
  })
  const extended: Step[] = [
    by(bureau.handler, 'requestExtension'),
    by(bureau.lead, 'endorseRequest'),
    by(dispatcher, 'approveExtension'),
  ]

  it.each<[string, Step[]]>([
    ['办理中并入、再延期', [...s.handling, by(CLOCK, 'joinCaller', early), ...extended]],
    ['派单前并入、再延期', [...s.registered, by(CLOCK, 'joinCaller', early), ...s.handling.slice(1), ...extended]],
    [
      '并入后挂起、恢复',
      [
        ...s.registered,
        by(CLOCK, 'joinCaller', early),
        ...s.suspended.slice(1),
        on('2026-11-24 17:00'),
        by(director, 'resume'),
      ],
    ],
    [
      '挂起恢复后并入',
      [
        ...s.suspended,
        on('2026-11-25 09:00'),
        by(director, 'resume'),
        by(CLOCK, 'joinCaller', { resolveBy: '2026-12-02T00:00:00+08:00' }),
      ],
    ],
    [
      '并入时期限在后、再延期',
      [...s.handling, by(CLOCK, 'joinCaller', { resolveBy: '2026-12-02T00:00:00+08:00' }), ...extended],
    ],
  ])('规则没有变，%s的，承诺一刻也不动', (_, steps) => {
    const { ticket } = given(steps)
    expect(recompute(ticket, unchanged('2026-11-25 10:00'))).toBeUndefined()
  })
})

describe('按签收起算的方案', () => {
  const fromAcknowledged = { ...profile, countFrom: 'acknowledged' as const }
  const rules = rulesRefOf(fromAcknowledged, calendar)
  const world = (moment: string) => ({
    ...{ profile: fromAcknowledged, calendar, rules },
    ...{ at: at(moment), jobId: 'j', cause: '公布日历' },
  })

  it.each<[string, Step[]]>([
    ['退单驳回', [...s.returnRequested, on('2026-11-24 16:00'), by(dispatcher, 'rejectReturn')]],
    [
      '退单驳回、协办照常签收',
      [...s.withCo, by(bureau.clerk, 'requestReturn'), on('2026-11-25 16:00'), by(dispatcher, 'rejectReturn')],
    ],
    [
      '签收后退单驳回',
      [...s.handling, by(bureau.clerk, 'requestReturn'), on('2026-11-24 16:00'), by(dispatcher, 'rejectReturn')],
    ],
  ])('%s的，时限不因重算而重新起算', (_, steps) => {
    const { ticket } = given(where({ profile: fromAcknowledged }), steps)
    expect(recompute(ticket, world('2026-11-25 17:00'))).toBeUndefined()
  })

  it('停办以后才签收的协办，时限不因重算而变', () => {
    const story: Step[] = [
      ...s.withCo,
      s.acknowledged,
      by(bureau.handler, 'requestSuspension'),
      by(bureau.lead, 'endorseRequest'),
      by(director, 'approveSuspension'),
      on('2026-11-25 09:00'),
      by(director, 'resume'),
      by(w.otherBureau.clerk, 'acknowledge'),
    ]
    const { ticket } = given(where({ profile: fromAcknowledged }), story)
    expect(recompute(ticket, world('2026-11-25 17:00'))?.clocks).toBeUndefined()
  })
})

describe('随便怎么走', () => {
  it('方案和日历都没有变的，办理时限和承诺一刻也不动', () => {
    const walks = fc.sample(fc.tuple(someStart, someMoves), { numRuns: 80, seed: 777 })
    const moved: string[] = []
    walks.forEach(([start, moves], index) => {
      let scene = begin(start, index)
      for (const [step, each] of moves.entries()) {
        scene = move(scene, each)
        const { ticket, at: moment, world } = scene
        if (!ticket) continue
        const rules = rulesRefOf(world.profile, world.calendar)
        const { clocks = [], promise } =
          recompute(ticket, { ...world, rules, at: moment, jobId: 'j', cause: '公布日历' }) ?? {}
        if (promise || clocks.some(({ clock }) => clock))
          moved.push(`${index}: ${scene.events.map(({ type }) => type).join(' ')}`)
        // Now and then somebody joins, who has been promised something else.
        if (step === 5 && OPEN_STATUSES.includes(ticket.status))
          scene = act(scene, CLOCK, 'joinCaller', {
            resolveBy: new Date(moment.getTime() + (index % 7) * DAY).toISOString(),
          })
      }
    })
    expect(moved).toEqual([])
  }, 60_000)
})
