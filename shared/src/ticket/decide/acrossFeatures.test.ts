import { describe, expect, it } from 'vitest'
import { CLOCK } from '../../actor'
import { desksOf } from '../desks'
import { factsOf } from '../facts'
import { supervisionAdvice } from '../supervisionAdvice'
import { by, given, on, setting, where, type Step } from '../testing/given'
import * as s from '../testing/stories'
import * as w from '../testing/world'

const { bureau, director, dispatcher, agent, supervisor, callbackOfficer, at, calendar } = w
const appealed = [...s.reworked, by(bureau.lead, 'appealCallback')]
const recalled = [...appealed, by(dispatcher, 'recall')]

describe('申诉与工单的去向', () => {
  it.each<[string, Step[]]>([
    ['直接答复', [by(dispatcher, 'answer')]],
    ['不予受理', [by(dispatcher, 'decline')]],
    ['转紧急', [by(dispatcher, 'transferEmergency')]],
    ['作废', [by(director, 'void')]],
    ['退补', [by(dispatcher, 'requestInfo')]],
  ])('撤回后%s的，申诉仍可甄别，甄别以后才归档', (_, way) => {
    const gone = given(recalled, way)
    expect(gone.ticket.nextCheckAt).toBeUndefined()
    const judged = gone.when(supervisor, 'judgeCallback').then('ticket.callbackJudged').ticket
    expect([judged.pendingAppeal, judged.status]).toEqual([undefined, gone.ticket.status])
    expect(judged.nextCheckAt).toEqual(judged.archiveBy)
  })

  it('申诉待甄别的不能并单：并单件随主单归档，不等人', () => {
    given(recalled)
      .when(dispatcher, 'merge')
      .refused('ruleViolated', /^回访申诉待甄别，不能并单$/)
  })

  it('几位诉求人中还有没回访的，申诉成立也继续重办，其余的人不落下', () => {
    const bad = by(callbackOfficer, 'recordCallback', { participantId: undefined, ...s.dissatisfied('reasonable') })
    const story = [...s.bothInCallback, bad, by(bureau.lead, 'appealCallback')]
    const { ticket } = given(story)
      .when(supervisor, 'judgeCallback', { verdict: 'dismissed' })
      .then('ticket.callbackJudged')
    expect([ticket.status, ticket.voidedReworkCount]).toEqual(['handling', 1])
    const other = by(callbackOfficer, 'recordCallback', { participantId: 't9' })
    const heard = [...s.bothInCallback, other, bad, by(bureau.lead, 'appealCallback')]
    given(heard)
      .when(supervisor, 'judgeCallback', { verdict: 'dismissed' })
      .then('ticket.closed', { outcome: 'dissatisfiedDismissed' })
  })
})

describe('各算一次', () => {
  it('申诉成立的重办不算，另两次重办不到提级', () => {
    const dismissed: Step[] = [...appealed, by(supervisor, 'judgeCallback', { verdict: 'dismissed' })]
    const again = by(callbackOfficer, 'recordCallback', s.dissatisfied('reasonable'))
    const { ticket } = given(dismissed, by(supervisor, 'rework'), s.throughReviews(bureau), again)
    expect([ticket.reworkCount, ticket.voidedReworkCount, ticket.flags]).toEqual([3, 1, []])
    given(dismissed, by(supervisor, 'rework'), s.throughReviews(bureau), again)
      .when(supervisor, 'escalate')
      .refused('ruleViolated', /^重办满 3 次/)
  })

  it('并入的诉求人算一次催办，集中反映里不再算一遍', () => {
    const two = [by(CLOCK, 'joinCaller'), by(CLOCK, 'joinCaller')]
    const contacted = by(bureau.handler, 'recordContact')
    const { ticket } = given(s.handling, contacted, two)
    expect(supervisionAdvice(ticket, at('2026-11-23 10:00'), calendar)).toEqual([])
    const third = given(s.handling, contacted, two, by(agent, 'urge')).ticket
    expect(supervisionAdvice(third, at('2026-11-23 10:00'), calendar)).toMatchObject([{ trigger: 'repeated' }])
  })
})

describe('结束和重启', () => {
  it('待补充时不予受理、直接答复的，不再缺什么', () => {
    for (const type of ['decline', 'answer'] as const)
      expect(given(s.infoRequested, by(dispatcher, type)).ticket.infoRequest).toBeUndefined()
  })

  it('重启的不再是直接办结、不予受理、终止、撤回', () => {
    const ends: Step[][] = [
      s.answered,
      [...s.registered, by(agent, 'decline', { code: 'INVALID' })],
      s.terminated,
      [...s.handling, by(w.citizen, 'withdraw')],
    ]
    for (const end of ends) {
      const again = given(end, by(agent, 'reopen'), s.inCallback.slice(1), by(callbackOfficer, 'recordCallback'))
      const { ticket } = again.when(director, 'archive').then('ticket.archived')
      expect([ticket.answer, ticket.declined, ticket.terminated, ticket.withdrawn]).toEqual(Array(4).fill(undefined))
      expect(factsOf(ticket)).toMatchObject({ direct: false, isInvalid: undefined, outcome: 'satisfied' })
    }
  })

  it('改派建议随承办单位一起结束', () => {
    const suggestion = { at: w.MONDAY, leadUnitId: w.OTHER_BUREAU, coUnitIds: [], reason: '派单目录' }
    const asked: Step[] = [...s.handling, setting(() => ({ suggestion }))]
    const returned = [by(bureau.clerk, 'requestReturn'), by(director, 'approveReturn')]
    expect(given(asked, returned).ticket.suggestion).toBeUndefined()
    expect(
      given(asked, by(bureau.clerk, 'requestReturn'), by(dispatcher, 'openConsultation')).ticket.suggestion,
    ).toBeUndefined()
    expect(given(asked, by(w.citizen, 'withdraw')).ticket.suggestion).toBeUndefined()
  })

  it('审核中因误评办结的，不再待热线审核', () => {
    const reviewed = [
      ...s.rectified,
      by(bureau.lead, 'reviewByUnit'),
      by(supervisor, 'judgeRating', { verdict: 'misrated' }),
    ]
    expect(given(reviewed).ticket).toMatchObject({ status: 'closed', outcome: 'misrated' })
    expect(given(reviewed).ticket.hotlineReviewBy).toBeUndefined()
  })

  it('原承办单位停用的不能重办，要重启另派', () => {
    const units = { ...w.units, isOpen: (id: string) => id !== w.BUREAU && w.units.isOpen(id) }
    given(s.closed, where({ units }))
      .when(supervisor, 'rework')
      .refused('ruleViolated', /^原承办单位已停用，请重启后另行派单$/)
  })
})

describe('差评整改件的出路', () => {
  it('不能作废，不能终止：评价只由认定了结', () => {
    given(s.badlyRated, by(dispatcher, 'recall'))
      .when(director, 'void')
      .refused('ruleViolated', /^差评整改件不能作废，误评的请认定评价$/)
    given(s.rectifying)
      .when(bureau.handler, 'requestTermination')
      .refused('ruleViolated', /^差评整改件不能终止，误评的请申诉$/)
  })

  it('误评申诉没有认定的不归档，认定台上看得到', () => {
    const story = [...s.rectifying, by(bureau.clerk, 'appealRating'), by(bureau.handler, 'rectify')]
    const closed = [...story, by(bureau.lead, 'reviewByUnit'), by(dispatcher, 'reviewByHotline')]
    const { ticket } = given(closed).when(callbackOfficer, 'recordCallback').then('ticket.closed')
    expect(ticket.nextCheckAt).toBeUndefined()
    expect(desksOf(ticket)).toContain('hotline|ratingReview')
    const done = [...closed, by(callbackOfficer, 'recordCallback')]
    given(done)
      .when(director, 'archive')
      .refused('ruleViolated', /^误评申诉待认定，不能归档$/)
    const judged = given(done).when(supervisor, 'judgeRating').then('ticket.ratingJudged').ticket
    expect(judged.nextCheckAt).toEqual(judged.archiveBy)
  })

  it('会商中也可认定', () => {
    const consulted = [...s.badlyRated, by(dispatcher, 'recall'), by(dispatcher, 'openConsultation')]
    given(consulted).when(supervisor, 'judgeRating', { verdict: 'misrated' }).then('ticket.closed', {
      outcome: 'misrated',
    })
  })
})

describe('停办期间并入', () => {
  const early = { resolveBy: '2026-11-28T00:00:00+08:00' }

  it('会商中并入的，只顺延他并入以后停的时间', () => {
    const conferring: Step[] = [
      ...s.returnRequested,
      by(dispatcher, 'openConsultation', { unitIds: [w.OTHER_BUREAU] }),
      on('2026-11-26 09:00'),
      by(CLOCK, 'joinCaller', early),
      on('2026-11-26 15:00'),
    ]
    const { ticket } = given(conferring).when(dispatcher, 'cancelConsultation').then('ticket.consultationCancelled')
    expect(ticket.resolveBy).toEqual(at('2026-11-30 24:00'))
    expect(ticket.pauses).toEqual([{ from: at('2026-11-26 09:00'), to: at('2026-11-26 15:00') }])
  })

  it('挂起中并入的也一样，单位自己的时限照停的时间算', () => {
    const stopped: Step[] = [
      ...s.suspended,
      on('2026-11-26 09:00'),
      by(CLOCK, 'joinCaller', early),
      on('2026-11-26 15:00'),
    ]
    const { ticket } = given(stopped).when(director, 'resume').then('ticket.resumed')
    expect(ticket.resolveBy).toEqual(at('2026-11-30 24:00'))
    expect(ticket.assignments[0]?.pauses?.[0]?.from).toEqual(w.MONDAY)
  })

  it('主单办结时正在撤销并单的，也从主单离开', () => {
    const { ticket } = given(s.bothInCallback, [
      by(callbackOfficer, 'recordCallback', { participantId: undefined }),
      by(callbackOfficer, 'recordCallback', { participantId: 't9' }),
    ])
      .when(CLOCK, 'leaveCaller')
      .then('ticket.callerLeft')
    expect([ticket.status, ticket.participants]).toEqual(['closed', undefined])
  })
})

describe('没有人能动的工单', () => {
  it('待单位审核而没有人可审的，可以撤回改派', () => {
    const nobody = { ...w.WORLD.staff, hasOther: () => false }
    given(s.replied, where({ staff: nobody }))
      .when(dispatcher, 'recall')
      .then('ticket.recalled')
  })

  it('审核中才知道承办单位就是被反映单位的，可以撤回改派', () => {
    given(s.replied, by(director, 'amend', { changes: { accusedUnitIds: [w.BUREAU] }, reason: '诉求人补充' }))
      .when(dispatcher, 'recall')
      .then('ticket.recalled')
  })

  it('移交的任务上未销号的督办，接手单位及其上级看得到', () => {
    const { ticket } = given(s.handling, by(supervisor, 'supervise'))
      .when(CLOCK, 'handOver', { unitId: w.OTHER_BUREAU, reason: '单位撤销' })
      .then('ticket.handedOver')
    expect(ticket.supervisions?.[0]).toMatchObject({
      unitId: w.OTHER_BUREAU,
      unitPath: w.units.pathOf(w.OTHER_BUREAU),
    })
  })
})
