import { describe, expect, it } from 'vitest'
import { by, given, on } from '../testing/given'
import * as s from '../testing/stories'
import {
  at,
  BUREAU,
  bureau,
  CLOSED_BUREAU,
  director,
  dispatcher,
  OTHER_BUREAU,
  otherBureau,
  supervisor,
  thirdBureau,
} from '../testing/world'

describe('申请退单', () => {
  it('签收前可以申请，工单仍在原处，由热线一个工作日内审核', () => {
    const { ticket, lead } = given(s.dispatched, on('2026-11-23 16:00'))
      .when(bureau.clerk, 'requestReturn')
      .then('ticket.returnRequested', {
        reason: 'notOurDuty',
        basis: '三定规定第三条',
        reviewBy: at('2026-11-24 24:00'),
      })
    expect(ticket).toMatchObject({ status: 'dispatched', returnRequestCount: 1, returnCount: 0 })
    expect(lead.pendingReturn).toMatchObject({ suggestedUnitId: OTHER_BUREAU, by: { userId: bureau.clerk.userId } })
  })

  it('签收后、时限内也可以', () => {
    given(s.handling, on('2026-11-24 24:00')).when(bureau.clerk, 'requestReturn').then('ticket.returnRequested')
  })

  it('过了退单时限视为接受', () => {
    given(s.handling, on('2026-11-25 00:00:01'))
      .when(bureau.clerk, 'requestReturn')
      .refused('ruleViolated', /^已过退单时限，视为接受$/)
  })

  it('要有原因、依据和建议承办单位', () => {
    given(s.dispatched)
      .when(bureau.clerk, 'requestReturn', { basis: '' })
      .refused('invalidInput', /^请填写退单依据$/)
    for (const missing of [{ reason: undefined }, { suggestedUnitId: undefined }])
      given(s.dispatched).when(bureau.clerk, 'requestReturn', missing).refused('invalidInput', /./)
  })

  it('建议的单位须在用，且不是自己', () => {
    for (const suggestedUnitId of [CLOSED_BUREAU, 'nobody'])
      given(s.dispatched)
        .when(bureau.clerk, 'requestReturn', { suggestedUnitId })
        .refused('ruleViolated', /^建议承办单位不存在或已停用$/)
    given(s.dispatched)
      .when(bureau.clerk, 'requestReturn', { suggestedUnitId: BUREAU })
      .refused('ruleViolated', /^建议承办单位不能是本单位$/)
  })

  it('待审时不能再申请', () => {
    given(s.returnRequested)
      .when(bureau.clerk, 'requestReturn')
      .refused('ruleViolated', /^已申请退单，待审核$/)
  })

  it('延期待审时不能退单', () => {
    given(s.extensionRequested)
      .when(bureau.clerk, 'requestReturn')
      .refused('ruleViolated', /^延期申请待审核，不能同时退单$/)
  })

  it('经办人不能申请，外单位不能申请，已反馈的不能退', () => {
    given(s.dispatched)
      .when(bureau.handler, 'requestReturn')
      .refused('forbidden', /^您的岗位不能申请退单$/)
    given(s.dispatched)
      .when(otherBureau.clerk, 'requestReturn')
      .refused('forbidden', /^不是本单位的承办任务$/)
    given(s.replied)
      .when(bureau.clerk, 'requestReturn')
      .refused('illegalTransition', /^承办任务待单位审核，不能申请退单$/)
  })
})

describe('同意退单', () => {
  it('回到待派单，次数加一，派单时限重新起算', () => {
    const { ticket } = given(s.returnRequested, on('2026-11-24 10:00'))
      .when(dispatcher, 'approveReturn')
      .then('ticket.returnApproved', { isLead: true, dispatchBy: at('2026-11-24 24:00') })
    expect(ticket).toMatchObject({ status: 'accepted', returnCount: 1, assignments: [{ status: 'returned' }] })
    expect(ticket.leadAssignmentId).toBeUndefined()
  })

  it('主办退了，协办的任务一并撤回', () => {
    const { ticket } = given(s.withCo, by(otherBureau.clerk, 'acknowledge'), by(bureau.clerk, 'requestReturn'))
      .when(dispatcher, 'approveReturn')
      .then('ticket.returnApproved')
    expect(ticket.assignments.map(({ status }) => status)).toEqual(['returned', 'recalled', 'done'])
  })

  it('协办退单只终止协办的任务，不计次数，主办不再等它', () => {
    const coReturned = [
      ...s.withCo,
      s.acknowledged,
      by(otherBureau.clerk, 'requestReturn'),
      by(dispatcher, 'approveReturn', { assignmentId: 'a2' }),
    ]
    const { ticket } = given(coReturned)
    expect(ticket).toMatchObject({ status: 'handling', returnCount: 0, leadAssignmentId: 'a1' })
    expect(ticket.assignments.map(({ status }) => status)).toEqual(['handling', 'returned', 'done'])
    given(coReturned).when(bureau.handler, 'reply').then('ticket.replied')
    given(coReturned)
      .when(otherBureau.handler, 'reply')
      .refused('illegalTransition', /^承办任务已退单，不能办理反馈$/)
  })

  it('审核要写意见；没有申请就没有可审的', () => {
    given(s.returnRequested)
      .when(dispatcher, 'approveReturn', { opinion: '' })
      .refused('invalidInput', /^请填写意见$/)
    for (const command of ['approveReturn', 'rejectReturn'] as const)
      given(s.dispatched)
        .when(dispatcher, command)
        .refused('ruleViolated', /^没有待审核的退单申请$/)
  })

  it('督办员、承办单位不能审核', () => {
    for (const actor of [supervisor, bureau.lead])
      given(s.returnRequested)
        .when(actor, 'approveReturn')
        .refused('forbidden', /^您的岗位不能同意退单$/)
  })
})

describe('第三次退单', () => {
  const third = [
    ...s.twiceReturned,
    by(dispatcher, 'dispatch', { leadUnitId: thirdBureau.clerk.unitId, coUnitIds: [OTHER_BUREAU] }),
    by(thirdBureau.clerk, 'requestReturn'),
  ]

  it('由热线主任审批，派单员不能同意，也不能驳回', () => {
    for (const command of ['approveReturn', 'rejectReturn'] as const)
      given(third)
        .when(dispatcher, command, { assignmentId: 'a3' })
        .refused('ruleViolated', /^第 3 次退单须由热线主任审批$/)
    given(third).when(director, 'rejectReturn').then('ticket.returnRejected')
  })

  it('主任同意后，次数到三', () => {
    expect(given(third).when(director, 'approveReturn').then('ticket.returnApproved').ticket.returnCount).toBe(3)
  })

  it('协办的退单不论第几次，派单员都能审', () => {
    given(third, by(otherBureau.clerk, 'requestReturn'))
      .when(dispatcher, 'approveReturn', { assignmentId: given(third).ticket.assignments.at(-1)?.id })
      .then('ticket.returnApproved', { isLead: false })
  })
})

describe('驳回退单', () => {
  it('继续办理，锁定不得再退，时限不重算', () => {
    const before = given(s.returnRequested).ticket
    const { ticket, lead } = given(s.returnRequested, on('2026-11-25 10:00'))
      .when(dispatcher, 'rejectReturn')
      .then('ticket.returnRejected', { firstContactBy: at('2026-11-26 24:00') })
    expect(ticket).toMatchObject({ status: 'handling', returnCount: 0, resolveBy: before.resolveBy })
    expect(lead).toMatchObject({
      status: 'handling',
      locked: true,
      lockedReason: '退单已被驳回，不得再退',
      acknowledgedAt: at('2026-11-25 10:00'),
      resolveBy: before.assignments[0]?.resolveBy,
    })
    expect(lead.pendingReturn).toBeUndefined()
  })

  it('时限内也不得再退', () => {
    given(s.returnRejected)
      .when(bureau.clerk, 'requestReturn')
      .refused('ruleViolated', /^退单已被驳回，不得再退$/)
  })

  it('按时申请退单的，热线审得再久也不算单位迟签', () => {
    const { lead } = given(s.returnRequested, on('2026-11-27 10:00'))
      .when(dispatcher, 'rejectReturn')
      .then('ticket.returnRejected')
    expect(lead.isAcknowledgedLate).toBe(false)
  })

  it('过了签收时限才申请的，驳回后算迟签', () => {
    const late = [...s.withCo, on('2026-11-25 10:00'), by(bureau.clerk, 'requestReturn')]
    expect(given(late).when(dispatcher, 'rejectReturn').then('ticket.returnRejected').lead.isAcknowledgedLate).toBe(
      true,
    )
  })

  it('签收过的，签收时间和首次联系时限不变', () => {
    const { lead } = given(
      s.handling,
      on('2026-11-24 10:00'),
      by(bureau.clerk, 'requestReturn'),
      on('2026-11-26 10:00'),
    )
      .when(dispatcher, 'rejectReturn')
      .then('ticket.returnRejected')
    expect(lead).toMatchObject({ acknowledgedAt: at('2026-11-23 09:00'), firstContactBy: at('2026-11-24 24:00') })
  })
})
