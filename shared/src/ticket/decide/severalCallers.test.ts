import { describe, expect, it } from 'vitest'
import { CLOCK } from '../../actor'
import { callbackTargets } from '../callbackTargets'
import { factsOf } from '../facts'
import { by, given, on, setting, type Step } from '../testing/given'
import type { Overrides } from '../testing/inputs'
import * as s from '../testing/stories'
import { at, bureau, callbackOfficer, supervisor } from '../testing/world'

const OWN = { participantId: undefined }
const OTHER = { participantId: 't9' }
const call = (whom: { participantId?: string }, said: Overrides<'recordCallback'> = {}): Step =>
  by(callbackOfficer, 'recordCallback', { ...whom, ...said })
const tried = (whom: { participantId?: string }, moment: string): Step[] => [
  on(moment),
  by(callbackOfficer, 'recordAttempt', whom),
]
const unanswered = (whom: { participantId?: string }) =>
  ['2026-11-24 09:00', '2026-11-24 11:00', '2026-11-24 13:00'].flatMap((moment) => tried(whom, moment))
const states = (ticket: Parameters<typeof callbackTargets>[0], moment = '2026-11-24 14:00') =>
  callbackTargets(ticket, at(moment)).map(({ state }) => state)

describe('逐人回访', () => {
  it('并单后每位诉求人都在回访之列，全部回访了才办结', () => {
    const story = given(s.bothInCallback)
    expect(callbackTargets(story.ticket, at('2026-11-23 09:00')).map(({ no }) => no)).toEqual([
      '371600261123000001',
      '371600261123000009',
    ])
    const first = story.when(callbackOfficer, 'recordCallback', OWN).then('ticket.callbackRecorded')
    expect(first.ticket.status).toBe('callback')
    expect(states(first.ticket)).toEqual(['answered', 'open'])
    const second = first.given().when(callbackOfficer, 'recordCallback', OTHER).then('ticket.closed')
    expect(second.ticket).toMatchObject({ status: 'closed', outcome: 'satisfied' })
    expect(second.ticket.callbacks.map(({ participantId }) => participantId)).toEqual([undefined, 't9'])
  })

  it('没有联系方式、不要回访的不在回访之列', () => {
    const story = [...s.registered, by(CLOCK, 'joinCaller', { needsCallback: false }), ...s.inCallback.slice(1)]
    given(story).when(callbackOfficer, 'recordCallback').then('ticket.closed')
    const nobody = s.registeredAs({ needsCallback: false })
    expect(
      given(nobody, by(CLOCK, 'joinCaller', { needsCallback: false }), s.inCallback.slice(1)).ticket,
    ).toMatchObject({ status: 'closed', outcome: 'noCallback' })
    const onlyOther = given(nobody, by(CLOCK, 'joinCaller'), s.inCallback.slice(1))
    expect(onlyOther.ticket.status).toBe('callback')
    onlyOther.when(callbackOfficer, 'recordCallback', OWN).refused('ruleViolated', /^请指明回访哪一位诉求人$/)
  })

  it('同一位诉求人一次回访只记一个结果；不在其列的不能记', () => {
    given(s.bothInCallback, call(OWN))
      .when(callbackOfficer, 'recordCallback', OWN)
      .refused('ruleViolated', /^该诉求人本次已回访$/)
    given(s.bothInCallback, call(OWN))
      .when(callbackOfficer, 'recordAttempt', OWN)
      .refused('ruleViolated', /^该诉求人本次已回访$/)
    given(s.bothInCallback)
      .when(callbackOfficer, 'recordCallback', { participantId: 't7' })
      .refused('ruleViolated', /^该诉求人不在回访之列$/)
  })

  it('一人不满意且合理，即刻重办；重办后全部重新回访', () => {
    const { ticket } = given(s.bothInCallback, call(OWN))
      .when(callbackOfficer, 'recordCallback', { ...OTHER, ...s.dissatisfied('reasonable') })
      .then('ticket.reworked')
    expect(ticket).toMatchObject({ status: 'handling', reworkCount: 1 })
    const again = given(
      s.bothInCallback,
      call(OWN),
      call(OTHER, s.dissatisfied('reasonable')),
      s.throughReviews(bureau),
    )
    expect(states(again.ticket)).toEqual(['open', 'open'])
    expect(given(() => again.scene, call(OWN), call(OTHER)).ticket.status).toBe('closed')
  })

  it('一人不满意但不合理：待甄别，其他人照常回访', () => {
    const judging = given(s.bothInCallback, call(OWN, s.dissatisfied('unreasonable')))
    expect(judging.ticket).toMatchObject({ status: 'callback', pendingJudgement: { callback: 0 } })
    const { ticket } = judging.when(callbackOfficer, 'recordCallback', OTHER).then('ticket.callbackRecorded')
    expect(ticket).toMatchObject({ status: 'callback', pendingJudgement: { callback: 0 } })
    given(() => judging.scene, call(OTHER))
      .when(callbackOfficer, 'recordCallback', OTHER)
      .refused('ruleViolated', /^本次回访待甄别$/)
  })

  it('维持后还有人没回访的继续回访，都回访了即办结', () => {
    const judging = [...s.bothInCallback, call(OWN, s.dissatisfied('unreasonable'))]
    const dismissed = given(judging).when(supervisor, 'judgeCallback').then('ticket.callbackJudged')
    expect(dismissed.ticket.status).toBe('callback')
    expect(dismissed.given().when(callbackOfficer, 'recordCallback', OTHER).then('ticket.closed').ticket.outcome).toBe(
      'dissatisfiedDismissed',
    )
    given(judging, call(OTHER))
      .when(supervisor, 'judgeCallback')
      .then('ticket.closed', { outcome: 'dissatisfiedDismissed' })
    expect(
      given(judging).when(supervisor, 'judgeCallback', { verdict: 'upheld' }).then('ticket.reworked').ticket.status,
    ).toBe('handling')
  })

  it('两人都不合理的，逐一甄别', () => {
    const both = [
      ...s.bothInCallback,
      call(OWN, s.dissatisfied('unreasonable')),
      call(OTHER, s.dissatisfied('unreasonable')),
    ]
    const first = given(both).when(supervisor, 'judgeCallback').then('ticket.callbackJudged')
    expect(first.ticket).toMatchObject({ status: 'callback', pendingJudgement: { callback: 1 } })
    const second = first.given().when(supervisor, 'judgeCallback').then('ticket.closed')
    expect(second.ticket.callbacks.map(({ verdict }) => verdict?.verdict)).toEqual(['dismissed', 'dismissed'])
  })

  it('次数各算各的；一人接通即不算无法接通', () => {
    const story = [...s.bothInCallback, ...unanswered(OTHER)]
    const after = given(story).ticket
    expect(states(after)).toEqual(['open', 'exhausted'])
    expect(after.nextCheckAt).toBeUndefined()
    given(story)
      .when(CLOCK, 'closeUnreachable')
      .refused('ruleViolated', /^拨打次数未用完$/)
    given(story, on('2026-11-24 14:00'))
      .when(callbackOfficer, 'recordCallback', OWN)
      .then('ticket.closed', { outcome: 'satisfied' })
    expect(given(s.bothInCallback, call(OWN), unanswered(OTHER), s.clockRuns).ticket).toMatchObject({
      status: 'closed',
      outcome: 'satisfied',
    })
  })

  it('谁都没有接通，才是无法接通', () => {
    const story = [...s.bothInCallback, ...unanswered(OTHER)]
    const own = ['2026-11-24 15:00', '2026-11-24 17:00', '2026-11-24 19:00'].flatMap((moment) => tried(OWN, moment))
    expect(given(story, own, s.clockRuns).ticket).toMatchObject({ status: 'closed', outcome: 'unreachable' })
  })

  it('队列按最早该拨的那一位排', () => {
    const { ticket } = given(s.bothInCallback, tried(OWN, '2026-11-24 09:00'))
    expect(ticket.nextAttemptAt).toEqual(at('2026-11-23 09:00'))
    expect(
      given(s.bothInCallback, tried(OWN, '2026-11-24 09:00'), tried(OTHER, '2026-11-24 10:00')).ticket,
    ).toMatchObject({ nextAttemptAt: at('2026-11-24 11:00') })
  })

  it('回访中又有人并入，也要回访到他；他撤销并入，就不等他', () => {
    const joined = given(s.inCallback, by(CLOCK, 'joinCaller'), call(OWN))
    expect(joined.ticket.status).toBe('callback')
    joined.when(CLOCK, 'leaveCaller').then('ticket.closed', { outcome: 'satisfied' })
  })

  it('已回访的撤销并单：他说的记录在案，不再左右主单', () => {
    const unreachable = [...s.bothInCallback, call(OTHER), ...unanswered(OWN).slice(0, -1)]
    expect(given(unreachable, by(CLOCK, 'leaveCaller'), unanswered(OWN).slice(-1), s.clockRuns).ticket).toMatchObject({
      status: 'closed',
      outcome: 'unreachable',
      callbacks: [{ participantId: 't9' }],
    })
    const judged = [...s.bothInCallback, call(OTHER, s.dissatisfied('unreasonable'))]
    const left = given(judged).when(CLOCK, 'leaveCaller').then('ticket.callerLeft').ticket
    expect([left.status, left.pendingJudgement]).toEqual(['callback', undefined])
    const { ticket } = given(judged, call(OWN))
      .when(CLOCK, 'leaveCaller')
      .then('ticket.closed', { outcome: 'satisfied' })
    expect(factsOf(ticket)).toMatchObject({ satisfactionResult: 5, solved: 'yes' })
  })

  it('两个人的标记都留下', () => {
    const { ticket } = given(s.bothInCallback, call(OWN, { satisfaction: { result: 5, attitude: 1, agent: 5 } }))
      .when(callbackOfficer, 'recordCallback', { ...OTHER, satisfaction: { result: 5, attitude: 5, agent: 2 } })
      .then('ticket.closed')
    expect(ticket.flags).toEqual(['attitude', 'agentService'])
  })

  it('统计按件：几个人里有不满意的，以不满意的为准', () => {
    const bad = { solved: 'no', satisfaction: { result: 2, attitude: 5, agent: 5 } } as const
    const story = [
      ...s.bothInCallback,
      call(OWN, { ...s.dissatisfied('unreasonable'), ...bad }),
      call(OTHER),
      by(supervisor, 'judgeCallback'),
    ]
    expect(factsOf(given(story).ticket)).toMatchObject({ solved: 'no', satisfactionResult: 2 })
    expect(
      factsOf(
        given(s.bothInCallback, call(OWN), call(OTHER, { satisfaction: { result: 4, attitude: 5, agent: 5 } })).ticket,
      ),
    ).toMatchObject({ solved: 'yes', satisfactionResult: 4 })
  })
})

describe('回访的时段和天数', () => {
  it('八点半到二十点半之外不拨打，诉求人约定的除外', () => {
    for (const moment of ['2026-11-24 08:29', '2026-11-24 20:30'])
      given(s.inCallback, on(moment))
        .when(callbackOfficer, 'recordAttempt')
        .refused('ruleViolated', /^拨打时段为 08:30 至 20:30$/)
    const appointed = by(callbackOfficer, 'recordAttempt', {
      result: 'appointment',
      nextAt: '2026-11-24T21:00:00+08:00',
    })
    given(s.inCallback, appointed, on('2026-11-24 21:00'))
      .when(callbackOfficer, 'recordAttempt')
      .then('ticket.callbackAttempted', { isCounted: true, nextAt: at('2026-11-25 08:30') })
    given(s.inCallback)
      .when(callbackOfficer, 'recordAttempt', { nextAt: '2026-11-24T21:00:00+08:00' })
      .refused('invalidInput', /^诉求人约定的除外，下次回访须在拨打时段内$/)
  })

  it('夜里转回访的，次日开始拨打', () => {
    expect(given(s.signedOff, on('2026-11-23 22:00'), s.inCallback.slice(-1)).ticket.nextAttemptAt).toEqual(
      at('2026-11-24 08:30'),
    )
  })

  it('诉求人夜里自己打来的，照样记结果', () => {
    given(s.inCallback, on('2026-11-24 22:00')).when(callbackOfficer, 'recordCallback').then('ticket.closed')
  })

  it('满三个工作日仍未接通的，时钟办结，不论还差几次', () => {
    const once = [...s.inCallback, ...tried(OWN, '2026-11-24 09:00')]
    expect(given(once).ticket.nextCheckAt).toEqual(at('2026-11-26 24:00'))
    given(once, on('2026-11-26 23:59'))
      .when(CLOCK, 'closeUnreachable')
      .refused('ruleViolated', /^拨打次数未用完$/)
    expect(given(once, on('2026-11-26 24:00'), s.clockRuns).ticket).toMatchObject({ outcome: 'unreachable' })
  })

  it('一次也没有拨打的不算无法接通：那是热线自己的超期', () => {
    expect(given(s.inCallback).ticket.nextCheckAt).toBeUndefined()
    expect(given(s.inCallback, on('2026-12-08 09:00'), s.clockRuns).ticket.status).toBe('callback')
    given(s.inCallback, on('2026-12-08 09:00'))
      .when(callbackOfficer, 'recordAttempt')
      .then('ticket.callbackAttempted', { isExhausted: true })
  })

  it('约定了时间的等到约定，不因天数办结', () => {
    const appointed = [
      ...s.inCallback,
      by(callbackOfficer, 'recordAttempt', { result: 'appointment', nextAt: '2026-12-01T15:00:00+08:00' }),
    ]
    expect(given(appointed, on('2026-11-30 09:00'), s.clockRuns).ticket.status).toBe('callback')
  })

  it('没有回访次序记录的旧件，按转回访的时间算', () => {
    const { ticket } = given(
      s.inCallback,
      setting(() => ({ callbackRound: undefined })),
      tried(OWN, '2026-11-24 09:00'),
    )
    expect(callbackTargets(ticket, at('2026-11-24 10:00'))).toMatchObject([{ state: 'open', attempts: 1 }])
  })
})
