import { describe, expect, it } from 'vitest'
import { openSupervisions, superviseByOf } from '../supervision'
import { scopeOf } from '../visibility'
import { by, given, on } from '../testing/given'
import * as s from '../testing/stories'
import {
  at,
  BUREAU,
  bureau,
  city,
  cityLeader,
  COUNTY_BUREAU,
  county,
  countyBureau,
  director,
  dispatcher,
  OTHER_BUREAU,
  otherBureau,
  supervisor,
  THIRD_BUREAU,
} from '../testing/world'

const supervised = [...s.handling, by(supervisor, 'supervise')]

describe('督办', () => {
  it('督办员、主任可对任何在办或已办结的工单督办，默认督办主办单位', () => {
    for (const actor of [supervisor, director])
      for (const story of [s.dispatched, s.handling, s.replied, s.signedOff, s.inCallback, s.closed]) {
        const { ticket } = given(story).when(actor, 'supervise').then('ticket.supervised')
        expect(ticket.supervisions).toMatchObject([
          {
            id: 's1',
            form: 'written',
            trigger: 'overdue',
            unitId: BUREAU,
            unitPath: [BUREAU, '371600'],
            requirement: '三日内办结并报告',
            deadline: at('2026-11-26 09:00'),
            by: { userId: actor.userId },
            answers: [],
          },
        ])
      }
  })

  it('还没有承办单位的，督办的是热线自己的派单', () => {
    const { ticket } = given(s.registered).when(supervisor, 'supervise').then('ticket.supervised')
    expect(ticket.supervisions).toMatchObject([{ id: 's1', unitPath: [] }])
    expect(ticket.supervisions?.[0]).not.toHaveProperty('unitId')
  })

  it('可指定协办单位、退了单的单位，不可指定不相干的单位', () => {
    given(s.withCo, s.acknowledged)
      .when(supervisor, 'supervise', { unitId: OTHER_BUREAU })
      .then('ticket.supervised', {})
    given(s.thriceReturned)
      .when(supervisor, 'supervise', { unitId: BUREAU, form: 'phone', trigger: 'refused' })
      .then('ticket.supervised')
    given(s.handling)
      .when(supervisor, 'supervise', { unitId: THIRD_BUREAU })
      .refused('ruleViolated', /^该单位没有承办本件$/)
  })

  it('上级单位分管负责人只能督办下级正在承办的，不能督办本单位', () => {
    const ofCounty = s.dispatchedAs({ leadUnitId: COUNTY_BUREAU })
    given(ofCounty).when(county.lead, 'supervise').then('ticket.supervised')
    given(ofCounty).when(city.lead, 'supervise').then('ticket.supervised')
    given(ofCounty)
      .when(countyBureau.lead, 'supervise')
      .refused('ruleViolated', /^只能督办正在承办的下级单位$/)
    given(s.handling)
      .when(county.lead, 'supervise')
      .refused('ruleViolated', /^只能督办正在承办的下级单位$/)
    given(s.dispatchedAs({ leadUnitId: COUNTY_BUREAU, coUnitIds: [BUREAU] }))
      .when(county.lead, 'supervise', { unitId: BUREAU })
      .refused('ruleViolated', /^只能督办正在承办的下级单位$/)
    given(s.closed)
      .when(city.lead, 'supervise')
      .refused('ruleViolated', /^只能督办正在承办的下级单位$/)
  })

  it('派单员、收文员不能督办；待受理、直接办结的不督办', () => {
    for (const actor of [dispatcher, bureau.clerk])
      given(s.handling)
        .when(actor, 'supervise')
        .refused('forbidden', /^您的岗位不能督办$/)
    given(s.answered)
      .when(supervisor, 'supervise')
      .refused('illegalTransition', /^工单直接办结，不能督办$/)
  })

  it('督办期限须晚于现在，须写明督办要求', () => {
    given(s.handling)
      .when(supervisor, 'supervise', { deadline: at('2026-11-23 09:00') })
      .refused('invalidInput', /^督办期限须晚于现在$/)
    given(s.handling)
      .when(supervisor, 'supervise', { requirement: ' ' })
      .refused('invalidInput', /^请填写督办要求$/)
  })

  it.each([
    ['书面催办、通报批评只用于逾期未办', 'urgeLetter', 'refused'],
    ['书面催办、通报批评只用于逾期未办', 'criticism', 'unsolved'],
    ['移送监督不用于拒不接收', 'discipline', 'refused'],
    ['移送监督不用于多次集中反映', 'discipline', 'repeated'],
  ] as const)('形式与情形相符：%s', (_, form, trigger) => {
    given(s.handling)
      .when(supervisor, 'supervise', { form, trigger })
      .refused('invalidInput', /不适用于/)
  })

  it.each([
    ['urgeLetter', 'overdue'],
    ['criticism', 'overdue'],
    ['phone', 'refused'],
    ['written', 'unsolved'],
    ['onSite', 'badEffect'],
    ['phone', 'other'],
    ['written', 'repeated'],
    ['listed', 'unsolved'],
    ['interview', 'attitude'],
    ['discipline', 'dishonest'],
    ['discipline', 'overdue'],
    ['discipline', 'attitude'],
  ] as const)('形式与情形相符：%s 用于 %s', (form, trigger) => {
    given(s.handling).when(supervisor, 'supervise', { form, trigger }).then('ticket.supervised')
  })

  it('督办不改变工单的状态和时限，也不让别人的办理作废', () => {
    const before = given(s.handling).ticket
    const { ticket } = given(s.handling).when(supervisor, 'supervise').then('ticket.supervised')
    expect([ticket.status, ticket.resolveBy, ticket.assignments]).toEqual([
      before.status,
      before.resolveBy,
      before.assignments,
    ])
  })
})

describe('督办反馈', () => {
  it('被督办的单位可多次反馈，四种岗位都可以', () => {
    const { ticket } = given(
      supervised,
      ...[bureau.clerk, bureau.handler, bureau.lead, bureau.head].map((actor) => by(actor, 'answerSupervision')),
    )
    expect(ticket.supervisions?.[0]?.answers.map(({ by: author }) => author.userId)).toEqual(
      [bureau.clerk, bureau.handler, bureau.lead, bureau.head].map(({ userId }) => userId),
    )
  })

  it('别的单位不能反馈，已销号的不再反馈', () => {
    given(s.withCo, s.acknowledged, by(supervisor, 'supervise'))
      .when(otherBureau.clerk, 'answerSupervision')
      .refused('ruleViolated', /^没有对本单位的督办$/)
    given(s.withCo, s.acknowledged, by(supervisor, 'supervise'), by(supervisor, 'supervise', { unitId: OTHER_BUREAU }))
      .when(otherBureau.clerk, 'answerSupervision', { supervisionId: 's1' })
      .refused('forbidden', /^不是对本单位的督办$/)
    given(supervised, by(supervisor, 'closeSupervision'))
      .when(bureau.clerk, 'answerSupervision')
      .refused('ruleViolated', /^没有对本单位的督办$/)
    given(supervised)
      .when(bureau.clerk, 'answerSupervision', { supervisionId: 's7' })
      .refused('ruleViolated', /^没有这项督办，或已销号$/)
  })

  it('办结以后督办仍在，单位仍可反馈，督办员仍可销号', () => {
    const { ticket } = given(s.inCallback, by(supervisor, 'supervise'), s.closed.slice(s.inCallback.length))
    expect(ticket.status).toBe('closed')
    expect(openSupervisions(ticket)).toHaveLength(1)
    given(s.inCallback, by(supervisor, 'supervise'), s.closed.slice(s.inCallback.length))
      .when(bureau.clerk, 'answerSupervision')
      .then('ticket.supervisionAnswered')
      .given()
      .when(supervisor, 'closeSupervision')
      .then('ticket.supervisionClosed')
  })

  it('派单前督办、后来直接答复的，也能销号', () => {
    given(s.registered, by(supervisor, 'supervise'), by(dispatcher, 'answer'))
      .when(supervisor, 'closeSupervision')
      .then('ticket.supervisionClosed')
  })
})

describe('督办销号', () => {
  it('督办员、主任可销任何督办，写明结论', () => {
    for (const actor of [supervisor, director]) {
      const { ticket } = given(supervised).when(actor, 'closeSupervision').then('ticket.supervisionClosed')
      expect(ticket.supervisions?.[0]).toMatchObject({ result: '已办结，销号', closedBy: { userId: actor.userId } })
      expect(openSupervisions(ticket)).toEqual([])
    }
    given(supervised)
      .when(supervisor, 'closeSupervision', { result: '' })
      .refused('invalidInput', /^请填写督办结论$/)
    given(s.handling)
      .when(supervisor, 'closeSupervision')
      .refused('ruleViolated', /^没有未销号的督办$/)
  })

  it('上级单位分管负责人只能销本单位发起的', () => {
    const story = [...s.dispatchedAs({ leadUnitId: COUNTY_BUREAU }), by(county.lead, 'supervise')]
    given(story).when(county.lead, 'closeSupervision').then('ticket.supervisionClosed')
    given(story)
      .when(countyBureau.lead, 'closeSupervision')
      .refused('ruleViolated', /^由发起督办的单位销号$/)
    given(story, by(supervisor, 'supervise'))
      .when(county.lead, 'closeSupervision', { supervisionId: 's2' })
      .refused('forbidden', /^由发起督办的单位销号$/)
  })

  it('督办台按最早的督办期限排；领导批示没有期限的排在最后', () => {
    const two = given(
      supervised,
      by(supervisor, 'supervise', { deadline: at('2026-11-24 12:00') }),
      on('2026-11-23 10:00'),
    )
    expect(superviseByOf(two.ticket)).toEqual(at('2026-11-24 12:00'))
    expect(superviseByOf(given(s.handling).ticket)).toBeUndefined()
    expect(superviseByOf(given(s.handling, by(cityLeader, 'instruct')).ticket)?.getFullYear()).toBe(9999)
  })
})

describe('领导批示', () => {
  it('市领导批示给主办单位，没有主办的给热线', () => {
    const { ticket } = given(s.handling).when(cityLeader, 'instruct').then('ticket.instructed')
    expect(ticket.supervisions).toMatchObject([
      { form: 'instruction', trigger: 'leader', unitId: BUREAU, requirement: '请住建局认真办理，切实解决群众诉求' },
    ])
    expect(
      given(s.registered).when(cityLeader, 'instruct').then('ticket.instructed').ticket.supervisions?.[0]?.unitId,
    ).toBeUndefined()
    for (const actor of [supervisor, director, bureau.head])
      given(s.handling)
        .when(actor, 'instruct')
        .refused('forbidden', /^您的岗位不能批示$/)
  })

  it('可以有期限，期限须晚于现在', () => {
    given(s.handling)
      .when(cityLeader, 'instruct', { deadline: at('2026-11-20 12:00') })
      .refused('invalidInput', /^督办期限须晚于现在$/)
    given(s.handling)
      .when(cityLeader, 'instruct', { deadline: at('2026-11-25 12:00') })
      .then('ticket.instructed')
  })

  it('批示件由督办员跟到销号，单位反馈', () => {
    given(s.handling, by(cityLeader, 'instruct'), by(bureau.lead, 'answerSupervision'))
      .when(supervisor, 'closeSupervision')
      .then('ticket.supervisionClosed')
  })
})

describe('督办与可见范围', () => {
  it('提级到的政府在督办期间看得到，销号后不再看', () => {
    const { ticket } = given(s.thriceReturned).when(supervisor, 'escalate').then('ticket.escalated')
    expect(scopeOf(ticket)).toContain('371602')
    expect(scopeOf(given(s.thriceReturned).ticket)).not.toContain('371602')
  })
})
