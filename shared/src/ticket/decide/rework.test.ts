import { describe, expect, it } from 'vitest'
import { by, given, on, setting, type Step } from '../testing/given'
import * as s from '../testing/stories'
import {
  agent,
  at,
  BUREAU,
  bureau,
  callbackOfficer,
  citizen,
  director,
  dispatcher,
  OTHER_BUREAU,
  otherBureau,
  supervisor,
} from '../testing/world'

describe('重办', () => {
  it('督办员、主任对办结件发起，主办重新办理，两个时钟都是三个工作日', () => {
    for (const actor of [supervisor, director]) {
      const { ticket, lead } = given(s.closed, on('2026-11-26 10:00')).when(actor, 'rework').then('ticket.reworked')
      expect(ticket).toMatchObject({ status: 'handling', reworkCount: 1, resolveBy: at('2026-12-01 24:00') })
      expect(ticket.promises.at(-1)).toMatchObject({ reason: 'rework', by: at('2026-12-01 24:00') })
      expect(lead).toMatchObject({
        status: 'handling',
        resolveBy: at('2026-12-01 24:00'),
        yellowAt: at('2026-12-01 00:00'),
        limitFrom: 'rework',
        locked: true,
      })
      expect([ticket.closedAt, ticket.outcome, lead.metAt, lead.endedAt]).toEqual([
        undefined,
        undefined,
        undefined,
        undefined,
      ])
    }
  })

  it('办结 30 天内可以，过了请另行登记', () => {
    given(s.closed, on('2026-12-23 09:00')).when(supervisor, 'rework').then('ticket.reworked')
    given(s.closed, on('2026-12-23 09:00:01'))
      .when(supervisor, 'rework')
      .refused('ruleViolated', /^办结已超过 30 天，请另行登记$/)
  })

  it('直接办结的没有承办单位，不能重办', () => {
    given(s.answered)
      .when(supervisor, 'rework')
      .refused('illegalTransition', /^工单直接办结，不能重办$/)
    given(
      s.answered,
      setting(() => ({ status: 'closed' })),
    )
      .when(supervisor, 'rework')
      .refused('ruleViolated', /^没有承办单位，不能重办$/)
  })

  it('写明发现的问题；派单员、回访员不能发起', () => {
    given(s.closed)
      .when(supervisor, 'rework', { reason: '' })
      .refused('invalidInput', /^请填写理由$/)
    for (const actor of [dispatcher, callbackOfficer])
      given(s.closed)
        .when(actor, 'rework')
        .refused('forbidden', /^您的岗位不能重办$/)
  })

  it('重办件不得退单', () => {
    given(s.reworked)
      .when(bureau.clerk, 'requestReturn')
      .refused('ruleViolated', /^重办件不得退单$/)
  })

  it('只有主办重办，协办的结果留用', () => {
    const { ticket } = given(
      s.withCo,
      s.acknowledged,
      by(otherBureau.clerk, 'acknowledge'),
      by(otherBureau.handler, 'reply'),
      by(otherBureau.lead, 'reviewByUnit'),
      s.throughReviews(bureau),
      by(callbackOfficer, 'recordCallback', s.dissatisfied('reasonable')),
    )
    expect(ticket.assignments.map(({ status }) => status)).toEqual(['handling', 'replied', 'done'])
    given(s.reworked).when(bureau.handler, 'reply').then('ticket.replied')
  })

  it('办结后重办另算一次办结，回访中重办还是同一次', () => {
    expect(given(s.reworked).ticket.cases).toMatchObject([{ unitId: BUREAU, dueAt: at('2026-11-26 24:00') }])
    const { cases } = given(s.closed, on('2026-11-26 10:00')).when(supervisor, 'rework').then('ticket.reworked').ticket
    expect(cases).toMatchObject([
      { closedAt: at('2026-11-23 09:00'), dueAt: at('2026-11-30 24:00') },
      { unitId: BUREAU, startedAt: at('2026-11-26 10:00'), dueAt: at('2026-12-01 24:00'), isLate: false },
    ])
  })

  it('第三次重办提级', () => {
    const again: Step[] = [
      ...s.throughReviews(bureau),
      by(callbackOfficer, 'recordCallback', s.dissatisfied('reasonable')),
    ]
    const twice = given(s.reworked, again)
    expect(twice.ticket).toMatchObject({ reworkCount: 2, flags: [] })
    const { ticket } = given(s.reworked, again, s.throughReviews(bureau))
      .when(callbackOfficer, 'recordCallback', s.dissatisfied('reasonable'))
      .then('ticket.reworked', { isEscalated: true })
    expect(ticket).toMatchObject({ reworkCount: 3, flags: ['escalate'] })
    const closed = given(s.reworked, again, again, s.throughReviews(bureau))
      .when(callbackOfficer, 'recordCallback')
      .then('ticket.closed').ticket
    expect(closed.flags).toEqual(['escalate'])
    expect(given(s.reworked, again, again, again).ticket.flags).toEqual(['escalate'])
  })

  it('第一次签发已经超期的，重办及时也仍记超期', () => {
    const { cases } = given(
      s.replied,
      on('2026-12-02 10:00'),
      by(bureau.lead, 'reviewByUnit'),
      by(dispatcher, 'reviewByHotline'),
      by(callbackOfficer, 'recordCallback', s.dissatisfied('reasonable')),
      s.throughReviews(bureau),
    ).ticket
    expect(cases).toMatchObject([{ isLate: true, isUnitLate: true, metAt: at('2026-12-02 10:00') }])
  })
})

describe('重启', () => {
  it('诉求人有新情况新理由，回到待派单；承诺重新起算', () => {
    const { ticket } = given(s.closed, on('2026-12-01 10:00'))
      .when(agent, 'reopen')
      .then('ticket.reopened', { newFacts: '工地又开始夜间施工', dispatchBy: at('2026-12-01 24:00') })
    expect(ticket).toMatchObject({
      status: 'accepted',
      acceptedAt: at('2026-12-01 10:00'),
      newFacts: [{ text: '工地又开始夜间施工', by: { userId: 'agent1' } }],
      cases: [{ closedAt: at('2026-11-23 09:00') }],
    })
    expect([ticket.closedAt, ticket.outcome, ticket.resolveBy, ticket.leadAssignmentId]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ])
    const again = given(s.closed, on('2026-12-01 10:00'), by(agent, 'reopen'))
      .when(dispatcher, 'dispatch')
      .then('ticket.dispatched').ticket
    expect(again.resolveBy).toEqual(at('2026-12-08 24:00'))
    expect(again.cases).toMatchObject([{ closedAt: at('2026-11-23 09:00') }, { startedAt: at('2026-12-01 10:00') }])
  })

  it('直接办结、不予受理的也可以重启', () => {
    for (const story of [s.answered, s.declined])
      expect(given(story).when(dispatcher, 'reopen').then('ticket.reopened').ticket.status).toBe('accepted')
  })

  it('终止、撤回的也可以；转紧急、作废、归档的不可以', () => {
    for (const status of ['terminated', 'withdrawn'] as const)
      given(
        s.closed,
        setting(() => ({ status })),
      )
        .when(agent, 'reopen')
        .then('ticket.reopened')
    for (const status of ['transferred', 'void', 'archived', 'merged'] as const)
      given(
        s.closed,
        setting(() => ({ status })),
      )
        .when(agent, 'reopen')
        .refused('illegalTransition', /不能重启$/)
  })

  it('没有受理过就办结的，先受理', () => {
    const { ticket } = given(s.submitted(), by(dispatcher, 'answer')).when(dispatcher, 'reopen').then('ticket.reopened')
    expect(ticket.status).toBe('registered')
    expect([ticket.dispatchBy, ticket.acceptedAt]).toEqual([undefined, undefined])
    const titled = s.submitted({ title: '夜间施工' })
    expect(
      given(titled, by(dispatcher, 'answer')).when(dispatcher, 'reopen').then('ticket.reopened').ticket.status,
    ).toBe('registered')
    given(s.submitted(), by(dispatcher, 'answer'), by(dispatcher, 'reopen'))
      .when(dispatcher, 'accept')
      .then('ticket.accepted')
  })

  it('30 天内，写明新情况', () => {
    given(s.closed, on('2026-12-23 09:00')).when(agent, 'reopen').then('ticket.reopened')
    given(s.closed, on('2026-12-23 09:00:01'))
      .when(agent, 'reopen')
      .refused('ruleViolated', /^办结已超过 30 天，请另行登记$/)
    given(s.closed)
      .when(agent, 'reopen', { newFacts: '' })
      .refused('invalidInput', /^请填写新情况、新理由$/)
  })

  it('承办单位、诉求人不能重启；没办结的不能重启', () => {
    for (const actor of [bureau.head, citizen])
      given(s.closed)
        .when(actor, 'reopen')
        .refused('forbidden', /^您的岗位不能重启$/)
    given(s.inCallback)
      .when(agent, 'reopen')
      .refused('illegalTransition', /^工单待回访，不能重启$/)
  })

  it('重启后派给新单位，旧单位的任务仍是已完成', () => {
    const { ticket } = given(s.closed, by(agent, 'reopen'))
      .when(dispatcher, 'dispatch', { leadUnitId: OTHER_BUREAU })
      .then('ticket.dispatched')
    expect(ticket.assignments.map(({ id, status }) => [id, status])).toEqual([
      ['a1', 'done'],
      ['a2', 'toAcknowledge'],
    ])
  })
})
