import { describe, expect, it } from 'vitest'
import { CALENDAR_YEARS } from '../calendar/data'
import { createCalendar } from '../calendar/workingDays'
import { CLOCK } from '../actor'
import { workdays } from '../limits/limit'
import { DEFAULT_PROFILE, presetOf } from '../limits/presets'
import type { LimitProfile } from '../limits/profile'
import type { TicketEvent } from './events'
import { evolve, fold } from './evolve'
import { examine, recompute, type RecomputeWorld } from './recompute'
import { rulesRefOf } from './rulesRef'
import { after, by, given, on, setting, where, type Step } from './testing/given'
import * as s from './testing/stories'
import * as w from './testing/world'
import { leadOf, type Ticket } from './ticket'

/** Dispatched on Monday 2026-11-23 with five workdays: due on 2026-11-30 24:00. */
const DUE = w.at('2026-11-30 24:00')
const TUESDAY = w.at('2026-11-24 10:00')
const lvliang = presetOf('lvliang-2024') as LimitProfile
const guangdong = presetOf('guangdong-2022-zhanjiang') as LimitProfile
const with2027 = createCalendar(
  [...CALENDAR_YEARS, { year: 2027, off: ['2027-01-01', '2027-01-02', '2027-01-03'], work: [], source: '2027' }],
  undefined,
  3,
)

const world = (overrides: Partial<RecomputeWorld> = {}): RecomputeWorld => {
  const { profile = w.profile, calendar = w.calendar } = overrides
  const rules = rulesRefOf(profile, calendar)
  return { profile, calendar, rules, at: TUESDAY, jobId: 'job1', cause: '启用新方案', ...overrides }
}
const leadClock = (ticket: Ticket, change: Partial<RecomputeWorld>) =>
  recompute(ticket, world(change))?.clocks.find(({ assignmentId }) => assignmentId === ticket.leadAssignmentId)
const story = (...steps: Parameters<typeof after>) => after(...steps)
/** The event stamped as the job stamps it, folded onto the ticket. */
const applied = (ticket: Ticket, change: Partial<RecomputeWorld>): Ticket => {
  const data = recompute(ticket, world(change))
  if (!data) throw new Error('nothing changes')
  const stamp = { at: TUESDAY, by: { userId: 'd', name: '主任', unitId: 'h' }, version: ticket.version + 1 }
  return evolve(ticket, { type: 'ticket.deadlinesRecomputed', ...data, ...stamp } as TicketEvent)
}
const stretched: LimitProfile = { ...DEFAULT_PROFILE, version: 2, resolve: [{ limit: workdays(10) }] }

describe('重算在办工单的时限', () => {
  it.each([
    ['待签收', s.dispatched],
    ['办理中', s.handling],
    ['待单位审核', s.replied],
    ['待热线审核', s.signedOff],
    ['待回访', s.inCallback],
    ['重办', s.reworked],
    ['申请退单', s.returnRequested],
    ['申请延期', s.extensionEndorsed],
    ['延期后', [...s.extensionEndorsed, by(w.dispatcher, 'approveExtension')]],
    ['协办', s.withCo],
    ['三次退单', s.thriceReturned],
    ['待派单', s.registered],
  ] as [string, Step[]][])('方案和日历都没有变，%s的工单一刻也不动', (_, steps) => {
    expect(recompute(story(steps), world())).toBeUndefined()
  })

  it('换成更长的方案：办理时限和承诺都延长，写明旧时限、新时限和逐步说明', () => {
    const ticket = story(s.handling)
    const data = recompute(ticket, world({ profile: guangdong }))
    expect(data).toMatchObject({
      jobId: 'job1',
      cause: '启用新方案',
      rules: { profileId: 'guangdong-2022-zhanjiang', profileVersion: 1, calendarVersion: 0 },
      promise: { from: DUE, resolveBy: w.at('2026-12-14 24:00'), unit: 'workdays' },
    })
    expect(data?.clocks).toHaveLength(1)
    expect(data?.clocks[0]).toMatchObject({ from: DUE, limit: workdays(15), assignmentId: 'a1' })
    expect(data?.clocks[0]?.clock?.resolveBy).toEqual(w.at('2026-12-14 24:00'))
    expect(data?.clocks[0]?.clock?.explain[0]).toBe('时限方案“广东省 2022（湛江适用）”规定 15 个工作日')
    const now = applied(ticket, { profile: guangdong })
    expect(leadOf(now)).toMatchObject({
      resolveBy: w.at('2026-12-14 24:00'),
      limit: workdays(15),
      rules: { profileId: 'guangdong-2022-zhanjiang' },
      status: 'handling',
    })
    expect(now.promises.at(-1)).toMatchObject({ reason: 'recomputed', by: w.at('2026-12-14 24:00') })
    expect(now.cases.at(-1)).toMatchObject({ dueAt: now.resolveBy, unitDueAt: now.resolveBy })
    expect(recompute(now, world({ profile: guangdong }))).toBeUndefined()
  })

  it('已经超期的时限维持原样', () => {
    const ticket = story(s.handling)
    const late = examine(ticket, world({ profile: stretched, at: w.at('2026-12-02 10:00') }))
    expect([late.event, late.isMissed]).toEqual([undefined, true])
  })

  it('新时限已经过去的，维持原时限：不因后来的规定变成超期', () => {
    const short = { ...DEFAULT_PROFILE, version: 2, resolve: [{ limit: workdays(1) }] }
    const found = examine(story(s.handling), world({ profile: short, at: w.at('2026-11-26 10:00') }))
    expect([found.event, found.wouldBeOver]).toEqual([undefined, true])
    expect(leadClock(story(s.handling), { profile: short })?.clock?.resolveBy).toEqual(w.at('2026-11-24 24:00'))
  })

  it('派单时指定的时限不随方案变动', () => {
    const manual = story([...s.dispatchedAs({ limit: { kind: 'workdays', n: 3 } }), s.acknowledged])
    const found = examine(manual, world({ profile: guangdong }))
    expect([found.event?.clocks ?? [], found.event?.promise, found.isManual]).toEqual([[], undefined, true])
  })

  it('派单目录规定的时限不随方案变动', () => {
    const byCatalogue = where({ catalogueRow: () => ({ ruleId: 'r1', limit: workdays(3) }) })
    const ticket = story([s.registered, byCatalogue, by(w.dispatcher, 'dispatch'), s.acknowledged])
    expect(recompute(ticket, world({ profile: guangdong }))).toBeUndefined()
  })

  it('派单后更正的类型和紧急程度，不借重算改时限', () => {
    const ticket = story(s.handling, by(w.dispatcher, 'amend', { changes: { urgency: 'urgent' }, reason: '现场扩大' }))
    expect(recompute(ticket, world())).toBeUndefined()
    expect(leadClock(ticket, { profile: guangdong })?.limit).toEqual(workdays(15))
  })

  it('批准过的延期加在新的时限上', () => {
    const ticket = story(s.extensionEndorsed, by(w.dispatcher, 'approveExtension'))
    const n = leadOf(ticket)?.extensionWorkdays ?? 0
    expect(n).toBeGreaterThan(0)
    const ten = leadClock(story(s.handling), { profile: stretched })?.clock?.resolveBy as Date
    const data = recompute(ticket, world({ profile: stretched }))
    expect(data?.clocks[0]?.clock?.explain.join()).toContain(`已批准延期 ${n} 个工作日`)
    expect(data?.clocks[0]?.clock?.resolveBy).toEqual(data?.promise?.resolveBy)
    expect(Number(data?.clocks[0]?.clock?.resolveBy) - ten.getTime()).toBeGreaterThanOrEqual(n * 86_400_000)
  })

  it('重办的按重办时限，从重办那一刻重新算，重办前的延期不再加', () => {
    const before = [...s.extensionEndorsed, by(w.dispatcher, 'approveExtension'), ...s.throughReviews(w.bureau)]
    const ticket = story(before, by(w.callbackOfficer, 'recordCallback', s.dissatisfied('reasonable')))
    expect(leadOf(ticket)).toMatchObject({ limitFrom: 'rework', limit: workdays(3) })
    expect(recompute(ticket, world())).toBeUndefined()
    const longer = { ...DEFAULT_PROFILE, version: 2, rework: workdays(5) }
    const clock = leadClock(ticket, { profile: longer, at: w.at('2026-11-23 10:00') })
    expect([clock?.clock?.resolveBy, clock?.limit]).toEqual([w.at('2026-11-30 24:00'), workdays(5)])
    const extended = story(
      before,
      by(w.callbackOfficer, 'recordCallback', s.dissatisfied('reasonable')),
      by(w.bureau.handler, 'requestExtension'),
      by(w.bureau.lead, 'endorseRequest'),
      by(w.dispatcher, 'approveExtension'),
    )
    expect(recompute(extended, world())).toBeUndefined()
  })

  it('暂停从快照重放：退还的审核时间仍在', () => {
    const paused = [...s.signedOff, on('2026-11-25 09:00'), by(w.dispatcher, 'reviewByHotline', { isPassed: false })]
    const ticket = story(paused)
    expect(leadOf(ticket)?.pauses).toHaveLength(1)
    expect(recompute(ticket, world({ at: w.at('2026-11-25 09:00') }))).toBeUndefined()
    const clock = leadClock(ticket, { profile: stretched, at: w.at('2026-11-25 09:00') })?.clock
    expect(clock?.unpausedBy).toEqual(w.at('2026-12-07 24:00'))
    expect(clock?.resolveBy).toEqual(w.at('2026-12-09 24:00'))
    expect(clock?.explain.join()).toContain('暂停')
  })

  it('正在挂起或会商的，以停表那一刻为准看是否超期', () => {
    const suspension = { since: w.at('2026-11-26 09:00'), until: w.at('2027-02-01') }
    const ticket = story(
      s.handling,
      setting(() => ({ suspension: suspension as unknown as Ticket['suspension'] })),
    )
    const clock = leadClock(ticket, { profile: stretched, at: w.at('2026-12-20 09:00') })
    expect(clock?.clock?.resolveBy).toEqual(w.at('2026-12-07 24:00'))
  })

  it('下派未另给时限的，随下派单位一起重算；另给的不动，但不晚于下派单位', () => {
    const delegatedTo = (overrides: object) =>
      story(
        [...s.registered, by(w.dispatcher, 'dispatch', { leadUnitId: w.COUNTY }), by(w.county.clerk, 'acknowledge')],
        by(w.county.clerk, 'delegate', overrides),
      )
    const follows = delegatedTo({ unitId: w.TOWN, limit: { kind: 'profile' } })
    const both = recompute(follows, world({ profile: stretched }))?.clocks
    expect(both?.map(({ assignmentId, clock }) => [assignmentId, clock?.resolveBy])).toEqual([
      ['a1', w.at('2026-12-07 24:00')],
      ['a2', w.at('2026-12-07 24:00')],
    ])
    expect(both?.[1]?.clock?.explain[0]).toBe('与下派单位的时限相同')
    expect(recompute(follows, world())).toBeUndefined()
    const own = delegatedTo({ unitId: w.TOWN, limit: { kind: 'workdays', n: 3 } })
    expect(recompute(own, world({ profile: stretched }))?.clocks.map(({ assignmentId }) => assignmentId)).toEqual([
      'a1',
    ])
    const short = { ...DEFAULT_PROFILE, version: 2, resolve: [{ limit: workdays(2) }] }
    const capped = recompute(own, world({ profile: short }))?.clocks.at(-1)
    expect([capped?.assignmentId, capped?.clock?.resolveBy]).toEqual(['a2', w.at('2026-11-25 24:00')])
  })

  it('又有人并入的，对诉求人的承诺不因重算延后；单位自己的时限照新的', () => {
    const joined = story(s.handling, by(CLOCK, 'joinCaller', { resolveBy: '2026-11-25T00:00:00+08:00' }))
    const data = recompute(joined, world({ profile: stretched }))
    expect([data?.promise, data?.clocks[0]?.clock?.resolveBy]).toEqual([undefined, w.at('2026-12-07 24:00')])
  })

  it('挂起后恢复的，停掉的时间仍在，再算一次也不变', () => {
    const resumed = story(
      s.handling,
      by(w.bureau.handler, 'requestSuspension', { promisedDate: '2026-12-10' }),
      by(w.bureau.lead, 'endorseRequest'),
      by(w.director, 'approveSuspension'),
      on('2026-11-26 09:00'),
      by(w.director, 'resume'),
    )
    expect(leadOf(resumed)?.pauses).toHaveLength(1)
    const at = w.at('2026-11-26 10:00')
    expect(recompute(resumed, world({ at }))).toBeUndefined()
    expect(leadClock(resumed, { profile: stretched, at })?.clock?.resolveBy).toEqual(w.at('2026-12-10 24:00'))
  })

  it('会商之后派的，承诺顺延会商的时间，再算一次也不变', () => {
    const conferred = story(
      s.returnRequested,
      by(w.dispatcher, 'openConsultation'),
      on('2026-11-25 09:00'),
      by(w.dispatcher, 'concludeConsultation'),
    )
    expect(conferred.pauses).toHaveLength(1)
    const at = w.at('2026-11-25 10:00')
    expect(recompute(conferred, world({ at }))).toBeUndefined()
    const data = recompute(conferred, world({ profile: stretched, at }))
    expect(data?.promise?.resolveBy).toEqual(w.at('2026-12-09 24:00'))
  })

  it('协办、签收、退单、首次联系的时限一并重算', () => {
    const slow = { ...DEFAULT_PROFILE, version: 2, acknowledge: lvliang.acknowledge, returnComplex: workdays(4) }
    const ticket = story(s.withCo)
    const clocks = recompute(ticket, world({ profile: slow, at: w.at('2026-11-23 10:00') }))?.clocks
    expect(clocks?.map(({ assignmentId, returnBy, clock }) => [assignmentId, returnBy, clock])).toEqual([
      ['a1', w.at('2026-11-27 24:00'), undefined],
      ['a2', w.at('2026-11-27 24:00'), undefined],
    ])
    const contact = {
      ...DEFAULT_PROFILE,
      version: 2,
      firstContact: { ...DEFAULT_PROFILE.firstContact, general: workdays(2) },
    }
    expect(leadClock(story(s.handling), { profile: contact })?.firstContactBy).toEqual(w.at('2026-11-25 24:00'))
  })

  it('待派单、待热线审核、待回访的，重算热线自己的时限', () => {
    const p: LimitProfile = {
      ...DEFAULT_PROFILE,
      version: 2,
      dispatch: lvliang.dispatch,
      hotlineReview: workdays(2),
      callback: { ...DEFAULT_PROFILE.callback, withinWorkdays: 5 },
    }
    const at = w.at('2026-11-23 10:00')
    expect(recompute(story(s.signedOff), world({ profile: p, at }))?.hotlineReviewBy).toEqual(w.at('2026-11-25 24:00'))
    expect(recompute(story(s.inCallback), world({ profile: p, at }))?.callbackBy).toEqual(w.at('2026-11-30 24:00'))
    const afternoon = story([on('2026-11-23 14:00'), ...s.registered])
    expect(recompute(afternoon, world({ profile: p, at: w.at('2026-11-23 14:30') }))?.dispatchBy).toEqual(
      w.at('2026-11-24 12:00'),
    )
  })

  it('单位已经反馈的，它的时限不再动；办结的什么也不动', () => {
    expect(recompute(story(s.signedOff), world({ profile: stretched }))).toBeUndefined()
    expect(recompute(story(s.closed), world({ profile: guangdong }))).toBeUndefined()
    expect(recompute(story(s.declined), world({ profile: guangdong }))).toBeUndefined()
  })
})

describe('日历公布之后', () => {
  const december = [on('2026-12-28 09:00'), ...s.handling]
  const at = w.at('2026-12-29 09:00')

  it('暂定的时限重算，不再暂定', () => {
    const ticket = story(december)
    expect(leadOf(ticket)).toMatchObject({ isProvisional: true, resolveBy: w.at('2027-01-04 24:00') })
    const data = recompute(ticket, world({ calendar: with2027, at }))
    expect(data?.rules.calendarVersion).toBe(3)
    expect(data?.clocks[0]?.clock).toMatchObject({ isProvisional: false, resolveBy: w.at('2027-01-05 24:00') })
    expect(data?.promise).toMatchObject({ isProvisional: false, resolveBy: w.at('2027-01-05 24:00') })
    const now = applied(ticket, { calendar: with2027, at })
    expect([now.isProvisional, leadOf(now)?.isProvisional]).toEqual([false, false])
  })

  it('日子没有变，也要去掉“暂定”；承诺不算新的一次', () => {
    const dull = createCalendar([...CALENDAR_YEARS, { year: 2027, off: [], work: [], source: '2027' }])
    const ticket = story(december)
    const now = applied(ticket, { calendar: dull, at })
    expect([now.resolveBy, now.isProvisional, leadOf(now)?.isProvisional]).toEqual([ticket.resolveBy, false, false])
    expect(now.promises).toEqual(ticket.promises)
  })

  it('派单时指定的暂定时限，按公布的日历确定下来', () => {
    const ticket = story([on('2026-12-28 09:00'), ...s.dispatchedAs({ limit: { kind: 'workdays', n: 4 } })])
    expect(leadOf(ticket)?.isProvisional).toBe(true)
    expect(leadClock(ticket, { calendar: with2027, at })?.clock).toMatchObject({
      isProvisional: false,
      resolveBy: w.at('2027-01-04 24:00'),
      explain: expect.arrayContaining(['派单时指定 4 个工作日']) as string[],
    })
  })
})

describe('按签收起算', () => {
  const fromSigning = where({ profile: { ...DEFAULT_PROFILE, countFrom: 'acknowledged' } })

  it('签收时重算办理时限；对诉求人的承诺不因早签收而缩短', () => {
    const { ticket, lead } = given([...s.registered, fromSigning, by(w.dispatcher, 'dispatch')])
      .when(w.bureau.clerk, 'acknowledge')
      .then('ticket.acknowledged')
    expect(lead.resolveBy).toEqual(DUE)
    expect(ticket.resolveBy).toEqual(w.at('2026-12-01 24:00'))
    expect(lead.explain.join()).toContain('签收当日 2026-11-23（周一）不计')
    expect(ticket.cases.at(-1)?.unitDueAt).toEqual(DUE)
  })

  it('从派单起算的，签收不动时限', () => {
    const { lead } = given(s.dispatched).when(w.bureau.clerk, 'acknowledge').then('ticket.acknowledged')
    expect(lead.resolveBy).toEqual(DUE)
  })

  it('改为按签收起算，重算与签收时算的一致', () => {
    const p: LimitProfile = { ...DEFAULT_PROFILE, version: 2, countFrom: 'acknowledged' }
    const ticket = story([...s.dispatched, on('2026-11-24 09:00'), s.acknowledged])
    const there = story([
      ...s.registered,
      fromSigning,
      by(w.dispatcher, 'dispatch'),
      on('2026-11-24 09:00'),
      s.acknowledged,
    ])
    expect(leadClock(ticket, { profile: p })?.clock?.resolveBy).toEqual(leadOf(there)?.resolveBy)
  })
})

describe('事件', () => {
  it('从头折叠与逐步演变一致', () => {
    const { events, ticket } = given(s.withCo).scene
    const data = recompute(ticket as Ticket, world({ profile: guangdong }))
    const stamp = { at: TUESDAY, by: { userId: 'd', name: '主任', unitId: 'h' }, version: 4 }
    const event = { type: 'ticket.deadlinesRecomputed', ...data, ...stamp } as TicketEvent
    expect(fold([...events, event])).toEqual(evolve(ticket, event))
  })
})
