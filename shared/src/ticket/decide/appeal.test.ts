import { describe, expect, it } from 'vitest'
import { desksOf } from '../desks'
import { factsOf } from '../facts'
import { by, given, on, setting, where, type Step } from '../testing/given'
import * as s from '../testing/stories'
import { at, bureau, callbackOfficer, director, dispatcher, otherBureau, profile, supervisor } from '../testing/world'

const appealed = [...s.reworked, by(bureau.lead, 'appealCallback')]
const closedAgain: Step[] = [...s.throughReviews(bureau), by(callbackOfficer, 'recordCallback')]

describe('回访申诉', () => {
  it('主办单位分管负责人对不满意回访申诉，重办和时限照常进行', () => {
    const { ticket } = given(s.reworked).when(bureau.lead, 'appealCallback').then('ticket.callbackAppealed', {
      callback: 0,
    })
    expect(ticket.pendingAppeal).toMatchObject({ callback: 0, by: { userId: bureau.lead.userId } })
    expect([ticket.status, ticket.resolveBy, ticket.assignments]).toEqual([
      'handling',
      given(s.reworked).ticket.resolveBy,
      given(s.reworked).ticket.assignments,
    ])
    expect(desksOf(ticket)).toContain('hotline|judgement')
    given(appealed).when(bureau.handler, 'reply').then('ticket.replied')
  })

  it('办理、审核、回访、办结各状态都可以申诉', () => {
    for (const more of [
      [],
      [by(bureau.handler, 'reply')],
      s.throughReviews(bureau).slice(0, 2),
      s.throughReviews(bureau),
      closedAgain,
    ])
      given(s.reworked, more).when(bureau.lead, 'appealCallback').then('ticket.callbackAppealed')
  })

  it('回访后 3 个工作日内，过期不候；天数是方案里的数', () => {
    given(s.reworked, on('2026-11-26 23:59')).when(bureau.lead, 'appealCallback').then('ticket.callbackAppealed')
    given(s.reworked, on('2026-11-27 00:00:01'))
      .when(bureau.lead, 'appealCallback')
      .refused('ruleViolated', /^申诉应在回访后 3 个工作日内（2026-11-26 24:00 前）提出$/)
    given(s.reworked, where({ profile: { ...profile, appealWorkdays: 5 } }), on('2026-11-30 12:00'))
      .when(bureau.lead, 'appealCallback')
      .then('ticket.callbackAppealed')
  })

  it('只有主办单位、只有分管负责人可以申诉，须写明理由', () => {
    given(s.reworked)
      .when(otherBureau.lead, 'appealCallback')
      .refused('ruleViolated', /^由主办单位分管负责人申诉$/)
    for (const actor of [bureau.handler, bureau.clerk, bureau.head, supervisor])
      given(s.reworked)
        .when(actor, 'appealCallback')
        .refused('forbidden', /^您的岗位不能回访申诉$/)
    given(s.reworked)
      .when(bureau.lead, 'appealCallback', { reason: '' })
      .refused('invalidInput', /^请填写理由$/)
  })

  it('满意的回访、没有回访的，没有可申诉的', () => {
    for (const story of [s.closed, s.handling])
      given(story)
        .when(bureau.lead, 'appealCallback')
        .refused('ruleViolated', /^没有可申诉的不满意回访$/)
  })

  it('已申诉的不再申诉；甄别以后不得再次申诉', () => {
    given(appealed)
      .when(bureau.lead, 'appealCallback')
      .refused('ruleViolated', /^已申诉，待甄别$/)
    given(appealed, by(supervisor, 'judgeCallback', { verdict: 'upheld' }))
      .when(bureau.lead, 'appealCallback')
      .refused('ruleViolated', /^本次回访已甄别，不得再次申诉$/)
  })

  it('督办员甄别成立而重办的，不得申诉', () => {
    given(s.inJudgement, by(supervisor, 'judgeCallback', { verdict: 'upheld' }))
      .when(bureau.lead, 'appealCallback')
      .refused('ruleViolated', /^不满意已经甄别认定，不得申诉$/)
  })

  it('回访后才接手的单位不能替前一家申诉', () => {
    given(
      s.reworked,
      by(dispatcher, 'recall'),
      on('2026-11-23 10:00'),
      by(dispatcher, 'dispatch', { leadUnitId: otherBureau.clerk.unitId }),
    )
      .when(otherBureau.lead, 'appealCallback')
      .refused('ruleViolated', /^回访的不是本单位的办理$/)
  })
})

describe('申诉甄别', () => {
  it('申诉成立而重办还在单位：维持办结，原始评价保留，重办不算单位的', () => {
    for (const actor of [supervisor, director]) {
      const { ticket, news } = given(appealed)
        .when(actor, 'judgeCallback', { verdict: 'dismissed' })
        .then('ticket.callbackJudged', { callback: 0, verdict: 'dismissed' })
      expect(news.map(({ type }) => type)).toEqual(['ticket.callbackJudged', 'ticket.closed'])
      expect(ticket).toMatchObject({
        status: 'closed',
        outcome: 'dissatisfiedDismissed',
        reworkCount: 1,
        voidedReworkCount: 1,
      })
      expect(ticket.callbacks[0]).toMatchObject({
        solved: 'no',
        satisfaction: { result: 1 },
        judged: 'reasonable',
        verdict: { verdict: 'dismissed', by: { userId: actor.userId } },
      })
      expect(ticket.pendingAppeal).toBeUndefined()
      expect(factsOf(ticket)).toMatchObject({ reworkCount: 1, standingReworkCount: 0 })
    }
  })

  it('申诉不成立：照常重办', () => {
    const { ticket, news } = given(appealed)
      .when(supervisor, 'judgeCallback', { verdict: 'upheld' })
      .then('ticket.callbackJudged', { verdict: 'upheld' })
    expect(news).toHaveLength(1)
    expect(ticket).toMatchObject({ status: 'handling', reworkCount: 1 })
    expect(ticket.voidedReworkCount).toBeUndefined()
    expect(ticket.callbacks[0]?.verdict).toMatchObject({ verdict: 'upheld' })
  })

  it('重办已送审、已回访、已办结的，只记认定，不再动工单', () => {
    for (const more of [s.throughReviews(bureau).slice(0, 2), s.throughReviews(bureau), closedAgain]) {
      const before = given(appealed, more).ticket
      const { ticket, news } = given(appealed, more)
        .when(supervisor, 'judgeCallback', { verdict: 'dismissed' })
        .then('ticket.callbackJudged')
      expect(news).toHaveLength(1)
      expect([ticket.status, ticket.outcome]).toEqual([before.status, before.outcome])
      expect(ticket.callbacks[0]?.verdict).toMatchObject({ verdict: 'dismissed' })
      expect(ticket.voidedReworkCount).toBe(1)
    }
  })

  it('办结后督办员另行发起的重办，不因申诉成立而停', () => {
    const { ticket } = given(appealed, closedAgain, on('2026-11-24 09:00'), by(supervisor, 'rework'))
      .when(director, 'judgeCallback', { verdict: 'dismissed' })
      .then('ticket.callbackJudged')
    expect(ticket).toMatchObject({ status: 'handling', reworkCount: 2, voidedReworkCount: 1 })
  })

  it('回访人、申诉人不得甄别', () => {
    const both = { ...supervisor, userId: callbackOfficer.userId }
    given(appealed)
      .when(both, 'judgeCallback')
      .refused('ruleViolated', /^回访人不得甄别本人的回访$/)
    given(appealed)
      .when({ ...supervisor, userId: bureau.lead.userId }, 'judgeCallback')
      .refused('ruleViolated', /^申诉人不得甄别本人的申诉$/)
  })

  it('申诉期间回访又待甄别的，先甄别回访，再甄别申诉', () => {
    const both = given(
      appealed,
      s.throughReviews(bureau),
      by(callbackOfficer, 'recordCallback', s.dissatisfied('unreasonable')),
    )
    const first = both.when(supervisor, 'judgeCallback').then('ticket.callbackJudged', { callback: 1 })
    expect(first.ticket).toMatchObject({ status: 'closed', pendingAppeal: { callback: 0 } })
    const second = first.given().when(supervisor, 'judgeCallback').then('ticket.callbackJudged', { callback: 0 })
    expect(second.ticket.pendingAppeal).toBeUndefined()
    expect(second.ticket.callbacks.map(({ verdict }) => verdict?.verdict)).toEqual(['dismissed', 'dismissed'])
  })

  it('待申诉不妨碍回访', () => {
    given(appealed, s.throughReviews(bureau)).when(callbackOfficer, 'recordCallback').then('ticket.closed')
    given(appealed, s.throughReviews(bureau), on('2026-11-23 10:00'))
      .when(callbackOfficer, 'recordAttempt')
      .then('ticket.callbackAttempted')
  })

  it('没有申诉也没有待甄别的，无从甄别', () => {
    given(s.reworked)
      .when(supervisor, 'judgeCallback')
      .refused('ruleViolated', /^没有待甄别的回访$/)
  })

  it('三次重办中一次申诉成立，不再待提级', () => {
    const again: Step[] = [
      ...s.throughReviews(bureau),
      by(callbackOfficer, 'recordCallback', s.dissatisfied('reasonable')),
    ]
    const third = given(s.reworked, again, again, by(bureau.lead, 'appealCallback'))
    expect(third.ticket.flags).toEqual(['escalate'])
    const { ticket } = third.when(supervisor, 'judgeCallback').then('ticket.closed')
    expect(ticket.flags).toEqual([])
    given(s.reworked, again, again, by(bureau.lead, 'appealCallback'), by(supervisor, 'judgeCallback'))
      .when(supervisor, 'escalate')
      .refused('ruleViolated', /^重办满 3 次/)
    expect(ticket.closedAt).toEqual(at('2026-11-23 09:00'))
    // What no history of these commands leads to: an appeal that outlived its callbacks.
    given(
      appealed,
      setting(() => ({ callbacks: [] })),
    )
      .when(supervisor, 'judgeCallback')
      .then('ticket.callbackJudged')
  })
})
