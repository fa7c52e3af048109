import { describe, expect, it } from 'vitest'
import { CLOCK } from '../../actor'
import { by, given, on, setting } from '../testing/given'
import type { Overrides } from '../testing/inputs'
import * as s from '../testing/stories'
import { agent, at, bureau, callbackOfficer, dispatcher, profile, supervisor } from '../testing/world'

type Said = Overrides<'recordCallback'>
const rated = (result: 1 | 2 | 3 | 4 | 5 | 'declined') => ({ result, attitude: 5, agent: 5 }) as const
const call = (said: Said) => given(s.inCallback, on('2026-11-24 10:00')).when(callbackOfficer, 'recordCallback', said)
const reasonable: Said = { reasons: ['notSolved'], judged: 'reasonable' }
const unreasonable: Said = { reasons: ['answerRejected'], judged: 'unreasonable' }

describe('回访结果', () => {
  it.each<[string, Said]>([
    ['已解决、非常满意', { solved: 'yes', satisfaction: rated(5) }],
    ['已解决、基本满意', { solved: 'yes', satisfaction: rated(3) }],
    ['已解决、拒绝评价', { solved: 'yes', satisfaction: rated('declined') }],
    ['未表态、满意', { solved: 'noOpinion', satisfaction: rated(4) }],
    ['未表态、拒绝评价', { solved: 'noOpinion', satisfaction: rated('declined') }],
    ['部分解决、基本满意', { solved: 'partly', satisfaction: rated(3) }],
    ['部分解决、拒绝评价', { solved: 'partly', satisfaction: rated('declined') }],
  ])('%s：办结', (_, said) => {
    const { ticket, news } = call(said).then('ticket.callbackRecorded', {
      isDissatisfied: false,
      needsJudgement: false,
    })
    expect(news.map(({ type }) => type)).toEqual(['ticket.callbackRecorded', 'ticket.closed'])
    expect(ticket).toMatchObject({
      status: 'closed',
      outcome: 'satisfied',
      closedAt: at('2026-11-24 10:00'),
      assignments: [{ status: 'done', endedAt: at('2026-11-24 10:00') }],
      cases: [{ closedAt: at('2026-11-24 10:00') }],
      reworkCount: 0,
      flags: [],
    })
    expect(ticket.nextAttemptAt).toBeUndefined()
  })

  const DISSATISFIED: [string, Said][] = [
    ['未解决、满意', { solved: 'no', satisfaction: rated(4) }],
    ['未解决、拒绝评价', { solved: 'no', satisfaction: rated('declined') }],
    ['已解决、不满意', { solved: 'yes', satisfaction: rated(2) }],
    ['已解决、非常不满意', { solved: 'yes', satisfaction: rated(1) }],
    ['部分解决、不满意', { solved: 'partly', satisfaction: rated(2) }],
    ['未表态、非常不满意', { solved: 'noOpinion', satisfaction: rated(1) }],
  ]

  it.each(DISSATISFIED)('%s，诉求合理：随即重办', (_, said) => {
    const { ticket, news } = call({ ...said, ...reasonable }).then('ticket.reworked', { isEscalated: false })
    expect(news.map(({ type }) => type)).toEqual(['ticket.callbackRecorded', 'ticket.reworked'])
    expect(ticket).toMatchObject({ status: 'handling', reworkCount: 1, callbacks: [{ isDissatisfied: true }] })
    expect([ticket.closedAt, ticket.callbackBy, ticket.nextAttemptAt]).toEqual([undefined, undefined, undefined])
  })

  it.each(DISSATISFIED)('%s，诉求不合理：待督办员甄别', (_, said) => {
    const { ticket, news } = call({ ...said, ...unreasonable }).then('ticket.callbackRecorded', {
      needsJudgement: true,
    })
    expect(news).toHaveLength(1)
    expect(ticket).toMatchObject({ status: 'callback', reworkCount: 0, pendingJudgement: { callback: 0 } })
  })

  it.each(DISSATISFIED)('%s：须判定合理与否，并写明原因', (_, said) => {
    const { fields } = call(said).refused('invalidInput', /^不满意或未解决的须判定诉求是否合理；请选择不满意原因$/)
    expect(fields).toEqual(['judged', 'reasons'])
    call({ ...said, judged: 'reasonable', reasons: [] }).refused('invalidInput', /^请选择不满意原因$/)
  })

  it('满意的不必判定', () => {
    call({ judged: 'reasonable' }).refused('invalidInput', /^满意件无需判定$/)
  })

  it('只是态度不好：办结，转督办员跟进作风', () => {
    const { ticket } = call({ satisfaction: { result: 5, attitude: 1, agent: 5 } }).then('ticket.closed')
    expect(ticket).toMatchObject({ status: 'closed', flags: ['attitude'] })
  })

  it('只是话务员不好：办结，转质检', () => {
    const { ticket } = call({ satisfaction: { result: 5, attitude: 5, agent: 2 } }).then('ticket.closed')
    expect(ticket).toMatchObject({ status: 'closed', flags: ['agentService'] })
  })

  it('三个对象的评价原样留下', () => {
    const satisfaction = { result: 3, attitude: 'declined', agent: 4 } as const
    expect(call({ satisfaction, remark: '还行' }).then('ticket.closed').ticket.callbacks).toMatchObject([
      { satisfaction, remark: '还行', method: 'phone', contactedByUnit: true, by: { userId: 'call1' } },
    ])
  })

  it('下一次回访的标记只看下一次的评价', () => {
    const { ticket } = given(
      s.inCallback,
      by(callbackOfficer, 'recordCallback', {
        solved: 'no',
        satisfaction: { result: 1, attitude: 1, agent: 1 },
        ...reasonable,
      }),
      s.throughReviews(bureau),
    )
      .when(callbackOfficer, 'recordCallback')
      .then('ticket.closed')
    expect(ticket.flags).toEqual([])
    expect(ticket.callbacks).toHaveLength(2)
  })

  it('别的岗位不能回访，甄别中不能再回访', () => {
    for (const actor of [agent, dispatcher, bureau.lead])
      given(s.inCallback)
        .when(actor, 'recordCallback')
        .refused('forbidden', /^您的岗位不能回访结果$/)
    given(s.inJudgement)
      .when(callbackOfficer, 'recordCallback')
      .refused('ruleViolated', /^本次回访待甄别$/)
  })
})

describe('未接通', () => {
  it('记下结果，两小时后、拨打时段内再拨', () => {
    const { ticket } = given(s.inCallback, on('2026-11-24 10:00'))
      .when(callbackOfficer, 'recordAttempt')
      .then('ticket.callbackAttempted', { isCounted: true, isExhausted: false, nextAt: at('2026-11-24 12:00') })
    expect(ticket).toMatchObject({
      status: 'callback',
      nextAttemptAt: at('2026-11-24 12:00'),
      attempts: [{ result: 'noAnswer' }],
    })
    given(s.inCallback, on('2026-11-24 19:00'))
      .when(callbackOfficer, 'recordAttempt')
      .then('ticket.callbackAttempted', { nextAt: at('2026-11-25 08:30') })
  })

  it('间隔不足两小时的记下但不计次', () => {
    const story = [on('2026-11-24 10:00'), by(callbackOfficer, 'recordAttempt'), on('2026-11-24 11:59')]
    given(s.inCallback, story)
      .when(callbackOfficer, 'recordAttempt')
      .then('ticket.callbackAttempted', { isCounted: false })
    const third = [...story, by(callbackOfficer, 'recordAttempt'), on('2026-11-24 12:00')]
    expect(
      given(s.inCallback, third)
        .when(callbackOfficer, 'recordAttempt')
        .then('ticket.callbackAttempted', { isCounted: true }).ticket.attempts,
    ).toHaveLength(3)
  })

  it('约定时间再访的不计次，须写约定的时间', () => {
    const nextAt = at('2026-11-25 15:00')
    const { ticket } = given(s.inCallback)
      .when(callbackOfficer, 'recordAttempt', { result: 'appointment', nextAt })
      .then('ticket.callbackAttempted', { isCounted: false, nextAt })
    expect(ticket.nextAttemptAt).toEqual(nextAt)
    given(s.inCallback)
      .when(callbackOfficer, 'recordAttempt', { result: 'appointment' })
      .refused('invalidInput', /^请填写约定时间$/)
    given(s.inCallback)
      .when(callbackOfficer, 'recordAttempt', { nextAt: at('2026-11-23 09:00') })
      .refused('invalidInput', /^下次回访时间须晚于现在$/)
  })

  it('三次都未接通，时钟办结为无法接通，不进满意度', () => {
    const exhausted = given(s.inCallback, s.unanswered).ticket
    expect(exhausted.nextAttemptAt).toBeUndefined()
    expect(exhausted.nextCheckAt).toEqual(at('2026-11-24 13:00'))
    const { ticket } = given(s.inCallback, s.unanswered)
      .when(CLOCK, 'closeUnreachable')
      .then('ticket.closed', { outcome: 'unreachable' })
    expect(ticket).toMatchObject({ status: 'closed', outcome: 'unreachable', callbacks: [] })
    expect(given(s.inCallback, s.unanswered, s.clockRuns).ticket.status).toBe('closed')
  })

  it('次数没用完时钟不办结，用完了不能再拨', () => {
    given(s.inCallback)
      .when(CLOCK, 'closeUnreachable')
      .refused('ruleViolated', /^拨打次数未用完$/)
    given(s.inCallback, s.unanswered, on('2026-11-24 16:00'))
      .when(callbackOfficer, 'recordAttempt')
      .refused('ruleViolated', /^拨打次数已用完$/)
  })

  it('办结之前诉求人回了电话，仍可记结果', () => {
    given(s.inCallback, s.unanswered)
      .when(callbackOfficer, 'recordCallback')
      .then('ticket.closed', { outcome: 'satisfied' })
  })

  it('甄别中不再拨打，时钟也不办结', () => {
    given(s.inJudgement)
      .when(callbackOfficer, 'recordAttempt')
      .refused('ruleViolated', /^本次回访待甄别$/)
    given(s.inJudgement)
      .when(CLOCK, 'closeUnreachable')
      .refused('ruleViolated', /^本次回访待甄别$/)
  })

  it('重办后的回访重新计次', () => {
    const again = [
      ...s.inCallback,
      on('2026-11-24 09:00'),
      by(callbackOfficer, 'recordAttempt'),
      on('2026-11-24 11:00'),
      by(callbackOfficer, 'recordAttempt'),
      by(callbackOfficer, 'recordCallback', s.dissatisfied('reasonable')),
      on('2026-11-24 12:00'),
      s.throughReviews(bureau),
    ]
    given(again)
      .when(callbackOfficer, 'recordAttempt')
      .then('ticket.callbackAttempted', { isCounted: true, isExhausted: false })
  })

  it('次数按方案', () => {
    given(s.inCallback, (scene) => ({
      ...scene,
      world: { ...scene.world, profile: { ...profile, callback: { ...profile.callback, attempts: 1 } } },
    }))
      .when(callbackOfficer, 'recordAttempt')
      .then('ticket.callbackAttempted', { isExhausted: true })
  })
})

describe('甄别', () => {
  it('维持：办结，原始评价保留', () => {
    const { ticket } = given(s.inJudgement)
      .when(supervisor, 'judgeCallback')
      .then('ticket.closed', { outcome: 'dissatisfiedDismissed' })
    expect(ticket).toMatchObject({
      status: 'closed',
      callbacks: [
        { solved: 'no', satisfaction: { result: 1 }, verdict: { verdict: 'dismissed', by: { userId: 'super1' } } },
      ],
    })
  })

  it('认定合理：重办', () => {
    const { ticket } = given(s.inJudgement)
      .when(supervisor, 'judgeCallback', { verdict: 'upheld', reason: '现场仍在施工' })
      .then('ticket.reworked', { reason: '现场仍在施工' })
    expect(ticket).toMatchObject({
      status: 'handling',
      reworkCount: 1,
      callbacks: [{ verdict: { verdict: 'upheld' } }],
    })
    expect(ticket.pendingJudgement).toBeUndefined()
  })

  it('理由必填，回访员不能甄别，打这通回访的人更不能', () => {
    given(s.inJudgement)
      .when(supervisor, 'judgeCallback', { reason: '' })
      .refused('invalidInput', /^请填写理由$/)
    given(s.inJudgement)
      .when(callbackOfficer, 'judgeCallback')
      .refused('forbidden', /^您的岗位不能甄别$/)
    given(s.inJudgement)
      .when({ ...callbackOfficer, roles: ['callbackOfficer', 'supervisor'] }, 'judgeCallback')
      .refused('ruleViolated', /^回访人不得甄别本人的回访$/)
  })

  it('没有待甄别的不能甄别', () => {
    given(s.inCallback)
      .when(supervisor, 'judgeCallback')
      .refused('ruleViolated', /^没有待甄别的回访$/)
    given(
      s.inCallback,
      setting(() => ({ status: 'archived' })),
    )
      .when(supervisor, 'judgeCallback')
      .refused('illegalTransition', /^工单已归档，不能甄别$/)
  })
})
