import { describe, expect, it } from 'vitest'
import { expectedDue } from '../standstill'
import { after, by, given, on, setting } from '../testing/given'
import * as s from '../testing/stories'
import {
  agent,
  at,
  BUREAU,
  bureau,
  calendar,
  county,
  director,
  dispatcher,
  otherBureau,
  profile,
  SOLO_TOWN,
  solo,
  supervisor,
} from '../testing/world'

/** Suspended on Monday at 09:00 until the end of Wednesday. */
const untilWednesday = [
  ...s.handling,
  by(bureau.handler, 'requestSuspension', { promisedDate: '2026-11-25' }),
  by(bureau.lead, 'endorseRequest'),
  by(director, 'approveSuspension'),
]

describe('申请挂起', () => {
  it('主办的经办人申请：客观原因、措施、解决期限、已告知诉求人；先由单位分管负责人同意', () => {
    const { lead, ticket } = given(s.handling)
      .when(bureau.handler, 'requestSuspension')
      .then('ticket.suspensionRequested', {
        stage: 'unit',
        promisedDate: '2027-03-31',
        measures: '先行围挡，开春后施工',
      })
    expect(lead.pendingSuspension).toMatchObject({ by: { userId: bureau.handler.userId }, isCallerTold: true })
    expect(ticket.suspension).toBeUndefined()
  })

  it('原因、措施、期限缺一不可', () => {
    given(s.handling)
      .when(bureau.handler, 'requestSuspension', { reason: '' })
      .refused('invalidInput', /^请填写理由$/)
    given(s.handling)
      .when(bureau.handler, 'requestSuspension', { measures: '' })
      .refused('invalidInput', /^请填写解决措施$/)
    given(s.handling)
      .when(bureau.handler, 'requestSuspension', { promisedDate: '明年' })
      .refused('invalidInput', /^日期格式应为 2026-11-22$/)
  })

  it('解决期限须晚于今天，不超过方案规定的天数', () => {
    given(s.handling)
      .when(bureau.handler, 'requestSuspension', { promisedDate: '2026-11-23' })
      .refused('invalidInput', /^解决期限须晚于今天$/)
    given(s.handling)
      .when(bureau.handler, 'requestSuspension', { promisedDate: '2026-11-24' })
      .then('ticket.suspensionRequested')
    given(s.handling)
      .when(bureau.handler, 'requestSuspension', { promisedDate: '2027-05-22' })
      .then('ticket.suspensionRequested')
    given(s.handling)
      .when(bureau.handler, 'requestSuspension', { promisedDate: '2027-05-23' })
      .refused('invalidInput', /^解决期限不得超过 180 天$/)
  })

  it('须告知诉求人；匿名、保密或没有联系方式的除外', () => {
    given(s.handling)
      .when(bureau.handler, 'requestSuspension', { isCallerTold: false })
      .refused('ruleViolated', /^申请挂起前须告知诉求人$/)
    given(
      s.handling,
      setting(() => ({ isAnonymous: true })),
    )
      .when(bureau.handler, 'requestSuspension', { isCallerTold: false })
      .then('ticket.suspensionRequested')
  })

  it('收文员、协办单位、没有分到本件的经办人不能申请', () => {
    given(s.handling)
      .when(bureau.clerk, 'requestSuspension')
      .refused('forbidden', /^您的岗位不能申请挂起$/)
    given(s.withCo, s.acknowledged, by(otherBureau.clerk, 'acknowledge'))
      .when(otherBureau.handler, 'requestSuspension')
      .refused('ruleViolated', /^只有主办单位可以申请挂起$/)
    given(s.handling, by(bureau.clerk, 'assignHandler'))
      .when(bureau.otherHandler, 'requestSuspension')
      .refused('ruleViolated', /^本件已分办给/)
  })

  it.each([
    ['退单', [by(bureau.clerk, 'requestReturn')], /^退单申请待审核，不能申请挂起$/],
    ['延期', [by(bureau.handler, 'requestExtension')], /^延期申请待审核，不能申请挂起$/],
    ['挂起', [by(bureau.handler, 'requestSuspension')], /^挂起申请待审批，不能申请挂起$/],
    ['终止', [by(bureau.handler, 'requestTermination')], /^终止申请待审批，不能申请挂起$/],
  ])('有%s申请待审的不能再申请', (_, asked, message) => {
    given(s.handling, asked).when(bureau.handler, 'requestSuspension').refused('ruleViolated', message)
  })

  it('挂起待批时不能退单、延期、反馈、终止', () => {
    const pending = s.suspensionRequested
    given(pending)
      .when(bureau.clerk, 'requestReturn')
      .refused('ruleViolated', /^挂起申请待审批，不能同时退单$/)
    given(pending)
      .when(bureau.handler, 'requestExtension')
      .refused('ruleViolated', /^挂起申请待审批$/)
    given(pending)
      .when(bureau.handler, 'reply')
      .refused('ruleViolated', /^有申请待审核，不能反馈$/)
    given(pending)
      .when(bureau.handler, 'requestTermination')
      .refused('ruleViolated', /^挂起申请待审批，不能申请终止$/)
  })

  it('单位分管负责人不同意的，就此作罢', () => {
    const { lead } = given(s.suspensionRequested).when(bureau.lead, 'refuseRequest').then('ticket.requestRefused')
    expect(lead.pendingSuspension).toBeUndefined()
  })

  it('一人多岗的单位，由上级的分管负责人同意', () => {
    const asked = [...s.dispatchedAs({ leadUnitId: SOLO_TOWN }), by(solo, 'acknowledge'), by(solo, 'requestSuspension')]
    given(asked)
      .when(solo, 'endorseRequest')
      .refused('ruleViolated', /^申请人不得审批本人的申请$/)
    given(asked).when(county.lead, 'endorseRequest').then('ticket.requestEndorsed')
  })
})

describe('批准挂起', () => {
  it('由热线主任批准，单位同意之前不能批', () => {
    given(s.suspensionRequested)
      .when(director, 'approveSuspension')
      .refused('ruleViolated', /^没有待热线审批的挂起申请$/)
    for (const actor of [dispatcher, supervisor])
      given(s.suspensionEndorsed)
        .when(actor, 'approveSuspension')
        .refused('forbidden', /^您的岗位不能批准挂起$/)
  })

  it('停表到承诺之日的 24:00，同时列为跟踪督办', () => {
    const { ticket } = given(s.suspensionEndorsed)
      .when(director, 'approveSuspension')
      .then('ticket.suspensionApproved', { until: at('2027-03-31 24:00') })
    expect(ticket).toMatchObject({
      status: 'handling',
      nextCheckAt: at('2027-03-31 24:00'),
      suspension: {
        since: at('2026-11-23 09:00'),
        assignmentId: 'a1',
        reason: '冬季停工，不具备条件',
        supervisionId: 's1',
      },
      supervisions: [
        { id: 's1', form: 'tracking', trigger: 'suspended', unitId: BUREAU, deadline: at('2027-03-31 24:00') },
      ],
    })
    expect(ticket.assignments[0]?.pendingSuspension).toBeUndefined()
  })

  it('承诺的期限已过才来批的，只能驳回', () => {
    const late = [
      ...s.handling,
      by(bureau.handler, 'requestSuspension', { promisedDate: '2026-11-24' }),
      by(bureau.lead, 'endorseRequest'),
      on('2026-11-25 00:00'),
    ]
    given(late)
      .when(director, 'approveSuspension')
      .refused('ruleViolated', /^承诺的解决期限已过，不能再批准挂起$/)
    given(late).when(director, 'rejectSuspension').then('ticket.suspensionRejected')
  })

  it('驳回的继续办理，时限不变', () => {
    const { ticket, lead } = given(s.suspensionEndorsed)
      .when(director, 'rejectSuspension')
      .then('ticket.suspensionRejected', { opinion: '不属客观原因' })
    expect(ticket.suspension).toBeUndefined()
    expect(lead).toMatchObject({ status: 'handling', resolveBy: at('2026-11-30 24:00') })
  })
})

describe('挂起期间', () => {
  it('不发黄牌、红牌，不自动签收', () => {
    const withCo = [...s.withCo, s.acknowledged]
    const { ticket } = given(
      withCo,
      by(bureau.handler, 'requestSuspension'),
      by(bureau.lead, 'endorseRequest'),
      by(director, 'approveSuspension'),
      on('2027-01-15 09:00'),
      s.clockRuns,
    )
    expect(ticket).toMatchObject({ yellowCount: 0, redCount: 0 })
    expect(ticket.assignments[1]).toMatchObject({ status: 'toAcknowledge' })
  })

  it('不能反馈、退单、延期、下派，热线不能撤回改派', () => {
    given(s.suspended)
      .when(bureau.handler, 'reply')
      .refused('ruleViolated', /^工单挂起中，不能反馈$/)
    given(s.suspended)
      .when(bureau.clerk, 'requestReturn')
      .refused('ruleViolated', /^工单挂起中，不能退单$/)
    given(s.suspended)
      .when(bureau.handler, 'requestExtension')
      .refused('ruleViolated', /^工单挂起中，不能延期$/)
    given(s.suspended)
      .when(bureau.clerk, 'delegate')
      .refused('ruleViolated', /^工单挂起中，不能下派$/)
    given(s.suspended)
      .when(dispatcher, 'recall')
      .refused('ruleViolated', /^工单挂起中，请先恢复办理$/)
    given(s.suspended)
      .when(bureau.handler, 'requestSuspension')
      .refused('ruleViolated', /^工单已挂起$/)
  })

  it('可以联系诉求人、记录进展、催办', () => {
    given(s.suspended).when(bureau.handler, 'recordContact').then('ticket.contactRecorded')
    given(s.suspended).when(bureau.clerk, 'recordProgress').then('ticket.progressRecorded')
    given(s.suspended).when(agent, 'urge').then('ticket.urged')
  })

  it('看得到恢复后预计的时限', () => {
    const ticket = after(untilWednesday)
    expect(expectedDue(ticket, { at: at('2026-11-23 10:00'), calendar, profile })).toEqual({
      resolveBy: at('2026-12-03 24:00'),
      assignments: [{ id: 'a1', resolveBy: at('2026-12-03 24:00') }],
    })
    expect(expectedDue(after(s.handling), { at: at('2026-11-23 10:00'), calendar, profile })).toBeUndefined()
  })
})
