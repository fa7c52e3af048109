import { describe, expect, it } from 'vitest'
import { by, given, setting } from '../testing/given'
import * as s from '../testing/stories'
import { agent, bureau, director, dispatcher, otherBureau, supervisor } from '../testing/world'

/** Signed off by the unit, and asked to be ended after all. */
const whileInReview = [...s.signedOff, by(bureau.handler, 'requestTermination')]

describe('申请终止', () => {
  it('主办的经办人申请：情形、理由，并向诉求人解释；先由单位分管负责人同意', () => {
    const { lead } = given(s.handling)
      .when(bureau.handler, 'requestTermination')
      .then('ticket.terminationRequested', { ground: 'uncooperative', stage: 'unit' })
    expect(lead.pendingTermination).toMatchObject({ reason: '三次上门均拒绝配合' })
  })

  it('属不予受理情形的，须指明是哪一种', () => {
    given(s.handling)
      .when(bureau.handler, 'requestTermination', { ground: 'notAcceptable' })
      .refused('invalidInput', /^请选择不予受理的情形$/)
    given(s.handling)
      .when(bureau.handler, 'requestTermination', { ground: 'notAcceptable', code: 'LEGAL' })
      .then('ticket.terminationRequested', { code: 'LEGAL' })
  })

  it('须向诉求人解释；匿名、保密或没有联系方式的除外', () => {
    given(s.handling)
      .when(bureau.handler, 'requestTermination', { isCallerTold: false })
      .refused('ruleViolated', /^申请终止前须向诉求人解释$/)
    for (const patch of [{ isAnonymous: true }, { confidentiality: 1 as const }, { hasContact: false }])
      given(
        s.handling,
        setting(() => patch),
      )
        .when(bureau.handler, 'requestTermination', { isCallerTold: false })
        .then('ticket.terminationRequested')
  })

  it('热线审核期间也可以申请；办结以后不能', () => {
    given(s.signedOff).when(bureau.handler, 'requestTermination').then('ticket.terminationRequested')
    given(s.closed)
      .when(bureau.handler, 'requestTermination')
      .refused('illegalTransition', /^工单已办结，不能申请终止$/)
  })

  it('协办单位不能申请，收文员不能申请', () => {
    given(s.withCo, s.acknowledged, by(otherBureau.clerk, 'acknowledge'))
      .when(otherBureau.handler, 'requestTermination')
      .refused('ruleViolated', /^只有主办单位可以申请终止$/)
    given(s.handling)
      .when(bureau.clerk, 'requestTermination')
      .refused('forbidden', /^您的岗位不能申请终止$/)
  })

  it('有别的申请待审的不能申请，挂起期间可以', () => {
    given(s.extensionRequested)
      .when(bureau.handler, 'requestTermination')
      .refused('ruleViolated', /^延期申请待审核，不能申请终止$/)
    given(s.suspended).when(bureau.handler, 'requestTermination').then('ticket.terminationRequested')
  })

  it('待批时不能反馈、退单、延期', () => {
    given(s.terminationRequested)
      .when(bureau.handler, 'reply')
      .refused('ruleViolated', /^有申请待审核，不能反馈$/)
    given(s.terminationRequested)
      .when(bureau.clerk, 'requestReturn')
      .refused('ruleViolated', /^终止申请待审批，不能同时退单$/)
    given(s.terminationRequested)
      .when(bureau.handler, 'requestExtension')
      .refused('ruleViolated', /^终止申请待审批$/)
  })
})

describe('审批终止', () => {
  it('由热线主任审批，单位同意之前不能批', () => {
    given(s.terminationRequested)
      .when(director, 'approveTermination')
      .refused('ruleViolated', /^没有待热线审批的终止申请$/)
    for (const actor of [dispatcher, supervisor])
      given(s.terminationEndorsed)
        .when(actor, 'approveTermination')
        .refused('forbidden', /^您的岗位不能同意终止$/)
  })

  it('同意的终止办理，各单位的任务撤回', () => {
    const { ticket } = given(s.withCo, s.acknowledged, by(bureau.clerk, 'delegate'), s.terminationEndorsed.slice(-2))
      .when(director, 'approveTermination')
      .then('ticket.terminationApproved', { opinion: '同意终止' })
    expect(ticket).toMatchObject({
      status: 'terminated',
      terminated: { ground: 'uncooperative', reason: '三次上门均拒绝配合', opinion: '同意终止' },
    })
    expect(ticket.closedAt).toBeDefined()
    expect(ticket.cases.at(-1)?.closedAt).toEqual(ticket.closedAt)
    expect(ticket.assignments.map(({ status }) => status)).toEqual(['recalled', 'recalled', 'done', 'recalled'])
    expect(ticket.assignments[0]?.pendingTermination).toBeUndefined()
  })

  it('挂起中终止的，挂起随之结束', () => {
    const { ticket } = given(s.suspended, s.terminationEndorsed.slice(-2))
      .when(director, 'approveTermination')
      .then('ticket.terminationApproved')
    expect(ticket.suspension).toBeUndefined()
  })

  it('驳回的继续办理', () => {
    const { ticket, lead } = given(s.terminationEndorsed)
      .when(director, 'rejectTermination')
      .then('ticket.terminationRejected', { opinion: '继续办理' })
    expect(ticket.status).toBe('handling')
    expect(lead.pendingTermination).toBeUndefined()
  })

  it('终止后有新情况，三十天内可以重启', () => {
    given(s.terminated).when(agent, 'reopen').then('ticket.reopened')
  })
})

describe('热线审核期间的终止申请', () => {
  it('单位同意以后，审核要等主任审批', () => {
    const endorsed = [...whileInReview, by(bureau.lead, 'endorseRequest')]
    given(endorsed)
      .when(dispatcher, 'reviewByHotline')
      .refused('ruleViolated', /^终止申请待审批，不能审核$/)
    expect(given(endorsed).when(director, 'approveTermination').then('ticket.terminationApproved').ticket.status).toBe(
      'terminated',
    )
    given(endorsed, by(director, 'rejectTermination'))
      .when(dispatcher, 'reviewByHotline')
      .then('ticket.hotlineReviewed')
  })

  it('单位还没有同意的，热线照常审核，申请随之了结', () => {
    const { lead } = given(whileInReview)
      .when(dispatcher, 'reviewByHotline', { isPassed: false })
      .then('ticket.hotlineReviewed')
    expect(lead).toMatchObject({ status: 'handling' })
    expect(lead.pendingTermination).toBeUndefined()
  })
})
