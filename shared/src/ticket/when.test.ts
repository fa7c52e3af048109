import { describe, expect, it } from 'vitest'
import { CLOCK } from '../actor'
import { given, setting } from './testing/given'
import * as s from './testing/stories'
import { bureau, callbackOfficer, county, dispatcher, MONDAY, WORLD } from './testing/world'
import * as when from './when'

describe('不该出现的工单也不出错', () => {
  const ticket = given(s.dispatched).ticket
  const context = { ...WORLD, at: MONDAY, actor: bureau.clerk, assignment: undefined }

  it.each([
    [when.canStillReturn, '没有可退的承办任务'],
    [when.canStillExtend, '没有可延期的承办任务'],
    [when.mayReply, '没有可反馈的承办任务'],
    [when.mayReviewForUnit, '没有待审核的反馈'],
    [when.mayDecideReturn, '没有待审核的退单申请'],
    [when.awaitsUnitLead, '没有待单位审批的申请'],
    [when.awaitsHotline, '没有待热线审批的延期申请'],
    [when.isReturnTimeOver, '退单申请待审核'],
    [when.isYellowDue, '没有承办任务'],
    [when.isRedDue, '没有承办任务'],
  ])('%o 没有承办任务：%s', (condition, reason) => expect(condition(ticket, context)).toBe(reason))

  it('锁定而没有写原因的，也不得再退', () => {
    given(
      s.dispatched,
      setting(() => ({ assignments: ticket.assignments.map((one) => ({ ...one, locked: true })) })),
    )
      .when(bureau.clerk, 'requestReturn')
      .refused('ruleViolated', /^本件不得再退$/)
  })

  it('抄送单位即使显示在办，也不延期、不发牌', () => {
    const story = [
      ...s.withCo,
      setting(({ assignments }) => ({ assignments: assignments.map((one) => ({ ...one, status: 'handling' })) })),
    ]
    given(story)
      .when(county.clerk, 'requestExtension')
      .refused('ruleViolated', /^抄送单位不办理$/)
    for (const card of ['yellowCard', 'redCard'] as const)
      given(story)
        .when(CLOCK, card, { assignmentId: 'a3' })
        .refused('ruleViolated', /^没有承办任务$/)
  })

  it('没有主办的工单不能热线审核、不能重办，是系统的错或说得出的理由', () => {
    const without = setting(() => ({ leadAssignmentId: undefined }))
    given(s.signedOff, without)
      .when(dispatcher, 'reviewByHotline')
      .refused('internal', /^缺少承办任务$/)
    given(s.inCallback, without)
      .when(callbackOfficer, 'recordCallback', s.dissatisfied('reasonable'))
      .refused('ruleViolated', /^没有承办单位，不能重办$/)
  })

  it('没有登记的工单，什么都不能做', () => {
    given()
      .when(dispatcher, 'dispatch')
      .refused('notFound', /^工单不存在$/)
  })

  it('回访员没写意见的，重办理由写明是回访不满意', () => {
    given(s.inCallback)
      .when(callbackOfficer, 'recordCallback', s.dissatisfied('reasonable'))
      .then('ticket.reworked', { reason: '回访不满意，诉求合理' })
    given(s.inCallback)
      .when(callbackOfficer, 'recordCallback', { ...s.dissatisfied('reasonable'), remark: '还在施工' })
      .then('ticket.reworked', { reason: '还在施工' })
  })
})
