import { describe, expect, it } from 'vitest'
import type { Actor } from '../../actor'
import { by, given, on, where } from '../testing/given'
import * as s from '../testing/stories'
import {
  ACCOUNTS,
  at,
  bureau,
  callbackOfficer,
  city,
  county,
  director,
  dispatcher,
  otherBureau,
  profile,
  solo,
  SOLO_TOWN,
  staffOf,
} from '../testing/world'

const approved = (workdays: number) => [
  by(bureau.lead, 'requestExtension', { workdays }),
  by(dispatcher, 'approveExtension'),
]

describe('申请延期', () => {
  it('经办人、收文员申请，先由分管负责人同意', () => {
    for (const actor of [bureau.handler, bureau.clerk]) {
      const { lead } = given(s.handling)
        .when(actor, 'requestExtension')
        .then('ticket.extensionRequested', { stage: 'unit' })
      expect(lead.pendingExtension).toMatchObject({ workdays: 1, reason: '需要检测', isCallerTold: true })
      expect(lead.pendingExtension?.reviewBy).toBeUndefined()
    }
  })

  it('分管负责人自己申请的，直接到热线', () => {
    given(s.handling, on('2026-11-24 10:00'))
      .when(bureau.lead, 'requestExtension')
      .then('ticket.extensionRequested', { stage: 'hotline', reviewBy: at('2026-11-25 24:00') })
  })

  it('一人兼数职的单位，申请直接到热线', () => {
    const story = [...s.dispatchedAs({ leadUnitId: SOLO_TOWN }), by(solo, 'acknowledge')]
    given(story).when(solo, 'requestExtension').then('ticket.extensionRequested', { stage: 'hotline' })
  })

  it('没有分管负责人的单位由主要负责人同意；都没有的，由最近的上级；申请人不批自己的', () => {
    const without = (...gone: Actor[]) => where({ staff: staffOf(ACCOUNTS.filter((one) => !gone.includes(one))) })
    const { handler, lead, head } = bureau
    given(s.extensionRequested)
      .when(head, 'endorseRequest')
      .refused('ruleViolated', /^由承办单位分管负责人审批$/)
    given(s.extensionRequested)
      .when(city.lead, 'refuseRequest')
      .refused('ruleViolated', /^由承办单位分管负责人审批$/)
    given(s.extensionRequested, without(lead)).when(head, 'endorseRequest').then('ticket.requestEndorsed')
    given(s.extensionRequested, without(lead))
      .when(city.lead, 'endorseRequest')
      .refused('ruleViolated', /^由承办单位分管负责人审批$/)
    given(s.extensionRequested, without(lead, head)).when(city.lead, 'endorseRequest').then('ticket.requestEndorsed')
    given(s.extensionRequested, without(lead, head)).when(city.lead, 'refuseRequest').then('ticket.requestRefused')
    const promoted: Actor = { ...handler, roles: ['handler', 'unitLead'] }
    given(s.handling, by(handler, 'requestExtension'))
      .when(promoted, 'endorseRequest')
      .refused('ruleViolated', /^申请人不得审批本人的申请$/)
  })

  it('到期时刻还可以，过了就不行', () => {
    given(s.handling, on('2026-11-30 24:00')).when(bureau.handler, 'requestExtension').then('ticket.extensionRequested')
    given(s.handling, on('2026-12-01 00:00:01'))
      .when(bureau.handler, 'requestExtension')
      .refused('ruleViolated', /^延期须在到期前申请$/)
  })

  it('理由、天数必填，要先告知诉求人', () => {
    given(s.handling)
      .when(bureau.handler, 'requestExtension', { reason: '' })
      .refused('invalidInput', /^请填写理由$/)
    given(s.handling)
      .when(bureau.handler, 'requestExtension', { workdays: undefined })
      .refused('invalidInput', /^请填写延期工作日数$/)
    given(s.handling)
      .when(bureau.handler, 'requestExtension', { isCallerTold: false })
      .refused('ruleViolated', /^申请延期前须告知诉求人$/)
  })

  it.each([
    ['匿名', { caller: { number: '13805430001', isAnonymous: true } }],
    ['隐藏身份', { confidentiality: 1 as const }],
    ['没有联系方式', { channel: 'province' as const, caller: {} }],
  ])('%s的工单，单位无从告知，不作要求', (_, overrides) => {
    given(s.registeredAs(overrides), by(dispatcher, 'dispatch'), s.acknowledged)
      .when(bureau.handler, 'requestExtension', { isCallerTold: false })
      .then('ticket.extensionRequested')
  })

  it('待审时不能再申请；退单待审时不能申请', () => {
    given(s.extensionRequested)
      .when(bureau.clerk, 'requestExtension')
      .refused('ruleViolated', /^已申请延期，待审核$/)
    given(s.handling, by(bureau.clerk, 'requestReturn'))
      .when(bureau.handler, 'requestExtension')
      .refused('ruleViolated', /^退单申请待审核$/)
  })

  it('签收前、反馈后不能申请；主要负责人、外单位、抄送单位不能申请', () => {
    given(s.dispatched)
      .when(bureau.clerk, 'requestExtension')
      .refused('illegalTransition', /^承办任务待签收，不能申请延期$/)
    given(s.replied)
      .when(bureau.handler, 'requestExtension')
      .refused('illegalTransition', /^承办任务待单位审核/)
    given(s.handling)
      .when(bureau.head, 'requestExtension')
      .refused('forbidden', /^您的岗位不能申请延期$/)
    given(s.handling)
      .when(otherBureau.handler, 'requestExtension')
      .refused('forbidden', /^不是本单位的承办任务$/)
    given(s.withCo)
      .when(county.clerk, 'requestExtension')
      .refused('illegalTransition', /^承办任务已完成，不能申请延期$/)
  })

  it('不超过两次', () => {
    given(s.handling, approved(1), approved(1))
      .when(bureau.handler, 'requestExtension')
      .refused('ruleViolated', /^延期不得超过 2 次$/)
  })

  it('合计不超过 10 个工作日', () => {
    given(s.handling).when(bureau.lead, 'requestExtension', { workdays: 10 }).then('ticket.extensionRequested')
    given(s.handling, approved(7))
      .when(bureau.lead, 'requestExtension', { workdays: 4 })
      .refused('ruleViolated', /^延期合计不得超过 10 个工作日，还可延 3 个$/)
    given(s.handling, approved(7))
      .when(bureau.lead, 'requestExtension', { workdays: 3 })
      .then('ticket.extensionRequested')
    given(s.handling, approved(10))
      .when(bureau.lead, 'requestExtension', { workdays: 1 })
      .refused('ruleViolated', /^延期合计已满 10 个工作日$/)
  })

  it('每次也有上限的方案，从其规定', () => {
    const lvliang = where({
      profile: { ...profile, extension: { maxTimes: 3, maxEachWorkdays: 3, maxTotalWorkdays: 9 } },
    })
    given(lvliang, s.handling)
      .when(bureau.handler, 'requestExtension', { workdays: 4 })
      .refused('ruleViolated', /^每次延期不得超过 3 个工作日$/)
    given(lvliang, s.handling, approved(3), approved(3), approved(2))
      .when(bureau.handler, 'requestExtension')
      .refused('ruleViolated', /^延期不得超过 3 次$/)
  })

  it('没有批准的申请不占次数', () => {
    const { ticket } = given(
      s.extensionRequested,
      by(bureau.lead, 'refuseRequest'),
      by(bureau.lead, 'requestExtension'),
      by(dispatcher, 'rejectExtension'),
    )
    expect(ticket.assignments[0]).toMatchObject({ extensionCount: 0, extensionWorkdays: 0 })
    expect(ticket.extensionCount).toBe(0)
  })
})

describe('逐级审批', () => {
  it('分管负责人同意后到热线，限一个工作日', () => {
    const { lead } = given(s.extensionRequested, on('2026-11-24 10:00'))
      .when(bureau.lead, 'endorseRequest')
      .then('ticket.requestEndorsed', { reviewBy: at('2026-11-25 24:00') })
    expect(lead.pendingExtension).toMatchObject({ stage: 'hotline', endorsedBy: { userId: bureau.lead.userId } })
  })

  it('分管负责人不同意的，到此为止', () => {
    const { lead, ticket } = given(s.extensionRequested)
      .when(bureau.lead, 'refuseRequest')
      .then('ticket.requestRefused')
    expect(lead.pendingExtension).toBeUndefined()
    expect(ticket.status).toBe('handling')
  })

  it('单位没有同意，热线不能批；热线那里的，单位不能再批', () => {
    for (const command of ['approveExtension', 'rejectExtension'] as const)
      given(s.extensionRequested)
        .when(dispatcher, command)
        .refused('ruleViolated', /^没有待热线审批的延期申请$/)
    for (const command of ['endorseRequest', 'refuseRequest'] as const)
      given(s.extensionEndorsed)
        .when(bureau.lead, command)
        .refused('ruleViolated', /^没有待单位审批的申请$/)
  })

  it('审批都要写意见', () => {
    given(s.extensionRequested)
      .when(bureau.lead, 'endorseRequest', { opinion: '' })
      .refused('invalidInput', /^请填写意见$/)
    given(s.extensionEndorsed)
      .when(dispatcher, 'approveExtension', { opinion: '' })
      .refused('invalidInput', /^请填写意见$/)
  })

  it('经办人不能批自己的，外单位的负责人不能批，回访员不能批', () => {
    given(s.extensionRequested)
      .when(bureau.handler, 'endorseRequest')
      .refused('forbidden', /^您的岗位不能同意申请$/)
    given(s.extensionRequested)
      .when(otherBureau.lead, 'endorseRequest')
      .refused('forbidden', /^不是本单位的承办任务$/)
    given(s.extensionEndorsed)
      .when(callbackOfficer, 'approveExtension')
      .refused('forbidden', /^您的岗位不能批准延期$/)
  })
})

describe('批准延期', () => {
  it('在原到期日上延，不从批准日起；对诉求人的承诺同延', () => {
    const { ticket, lead } = given(
      s.handling,
      on('2026-11-25 10:00'),
      by(bureau.lead, 'requestExtension', { workdays: 3 }),
    )
      .when(director, 'approveExtension')
      .then('ticket.extensionApproved', { workdays: 3 })
    expect(lead).toMatchObject({
      resolveBy: at('2026-12-03 24:00'),
      yellowAt: at('2026-12-03 00:00'),
      redAt: at('2026-12-04 00:00'),
      extensionCount: 1,
      extensionWorkdays: 3,
    })
    expect(lead.pendingExtension).toBeUndefined()
    expect(ticket).toMatchObject({ resolveBy: at('2026-12-03 24:00'), extensionCount: 1 })
    expect(ticket.promises.map(({ by, reason }) => [by, reason])).toEqual([
      [at('2026-11-30 24:00'), 'dispatch'],
      [at('2026-12-03 24:00'), 'extension'],
    ])
    expect(ticket.cases).toMatchObject([{ dueAt: at('2026-12-03 24:00'), unitDueAt: at('2026-12-03 24:00') }])
  })

  it('到期前申请的，到期后批准也从原到期日算', () => {
    const { lead } = given(s.extensionEndorsed, on('2026-12-02 10:00'), s.clockRuns)
      .when(dispatcher, 'approveExtension')
      .then('ticket.extensionApproved')
    expect(lead.resolveBy).toEqual(at('2026-12-01 24:00'))
  })

  it('两次合计', () => {
    const { ticket } = given(s.handling, approved(4), approved(6))
    expect(ticket.assignments[0]).toMatchObject({
      extensionCount: 2,
      extensionWorkdays: 10,
      resolveBy: at('2026-12-14 24:00'),
    })
    expect(ticket.promises).toHaveLength(3)
  })

  it('小时类的按工作日延，时刻不变', () => {
    const urgent = [...s.registeredAs({ urgency: 'urgent' }), by(dispatcher, 'dispatch'), s.acknowledged]
    expect(given(urgent, approved(1)).ticket.resolveBy).toEqual(at('2026-11-25 09:00'))
  })

  it('协办的延期只延协办，不动对诉求人的承诺', () => {
    const { ticket } = given(
      s.withCo,
      by(otherBureau.clerk, 'acknowledge'),
      by(otherBureau.lead, 'requestExtension', { workdays: 2 }),
      by(dispatcher, 'approveExtension'),
    )
    expect(ticket.assignments.map(({ resolveBy }) => resolveBy)).toEqual(
      ['2026-11-30 24:00', '2026-12-02 24:00', '2026-11-30 24:00'].map(at),
    )
    expect(ticket).toMatchObject({ resolveBy: at('2026-11-30 24:00'), promises: [{ reason: 'dispatch' }] })
  })

  it('驳回的，时限不变', () => {
    const { lead } = given(s.extensionEndorsed).when(dispatcher, 'rejectExtension').then('ticket.extensionRejected')
    expect(lead).toMatchObject({ resolveBy: at('2026-11-30 24:00'), extensionCount: 0 })
    expect(lead.pendingExtension).toBeUndefined()
  })
})
