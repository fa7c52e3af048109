import { describe, expect, it } from 'vitest'
import { after, by, given, on } from '../testing/given'
import * as s from '../testing/stories'
import {
  agent,
  at,
  BUREAU,
  bureau,
  CLOSED_BUREAU,
  COUNTY,
  county,
  director,
  dispatcher,
  HOTLINE,
  OFFICE,
  OTHER_BUREAU,
  otherBureau,
  supervisor,
  THIRD_BUREAU,
  thirdBureau,
} from '../testing/world'
import { scopeOf } from '../visibility'

const concluded = [...s.consulting, on('2026-11-24 15:00'), by(dispatcher, 'concludeConsultation')]
/** Dispatched, then returned by the lead and put to the units instead. */
const fromReturn = [...s.returnRequested, on('2026-11-24 10:00'), by(dispatcher, 'openConsultation')]

describe('发起会商', () => {
  it('疑难复杂的，派单前可以会商：议题、会商单位', () => {
    const { ticket } = given(s.registered)
      .when(supervisor, 'openConsultation', { answerBy: new Date('2026-11-25T00:00:00Z') })
      .then('ticket.consultationOpened', { topic: '夜间施工由谁牵头', isFromReturn: false })
    expect(ticket.status).toBe('consulting')
    expect(ticket.dispatchBy).toBeUndefined()
    expect(ticket.consultations?.[0]?.units.map(({ unitId }) => unitId)).toEqual([BUREAU, OTHER_BUREAU])
  })

  it('由派单员、主任、督办员发起', () => {
    for (const actor of [dispatcher, director, supervisor])
      given(s.registered).when(actor, 'openConsultation').then('ticket.consultationOpened')
    for (const actor of [agent, bureau.clerk])
      given(s.registered)
        .when(actor, 'openConsultation')
        .refused('forbidden', /^您的岗位不能发起会商$/)
  })

  it('没有议题、没有单位的不能发起', () => {
    given(s.registered)
      .when(dispatcher, 'openConsultation', { topic: ' ' })
      .refused('invalidInput', /^请填写会商议题$/)
    given(s.registered)
      .when(dispatcher, 'openConsultation', { unitIds: [] })
      .refused('invalidInput', /^请选择会商单位$/)
  })

  it('反馈意见的时间须晚于现在', () => {
    given(s.registered)
      .when(dispatcher, 'openConsultation', { answerBy: at('2026-11-23 09:00') })
      .refused('invalidInput', /^反馈意见的时间须晚于现在$/)
  })

  it.each([
    ['停用的单位', [CLOSED_BUREAU], /^会商单位不存在或已停用$/],
    ['没有的单位', ['nobody'], /^会商单位不存在或已停用$/],
    ['热线中心', [HOTLINE], /^热线中心组织会商，不作为会商单位$/],
    ['同一单位两次', [BUREAU, BUREAU], /^同一单位不能重复邀请$/],
  ])('不能邀请%s', (_, unitIds, message) => {
    given(s.registered).when(dispatcher, 'openConsultation', { unitIds }).refused('ruleViolated', message)
  })

  it('被反映单位和它的下级不得参加', () => {
    for (const unitId of [BUREAU, OFFICE])
      given(s.registeredAs({ accusedUnitIds: [BUREAU] }))
        .when(dispatcher, 'openConsultation', { unitIds: [unitId] })
        .refused('ruleViolated', /是被反映单位，不得参加会商$/)
  })

  it('会商中不能派单', () => {
    given(s.consulting)
      .when(dispatcher, 'dispatch')
      .refused('illegalTransition', /^工单会商中，不能派单$/)
  })

  it('已派单的，只有主办单位申请了退单才能会商', () => {
    given(s.handling)
      .when(dispatcher, 'openConsultation')
      .refused('ruleViolated', /^已派单的，主办单位申请退单后才能会商$/)
    given(s.withCo, by(otherBureau.clerk, 'requestReturn'))
      .when(dispatcher, 'openConsultation')
      .refused('ruleViolated', /^已派单的，主办单位申请退单后才能会商$/)
  })

  it('代替退单审核的会商：退单就此了结，不计退单次数，各单位的任务撤回', () => {
    const { ticket } = given(s.withCo, by(bureau.clerk, 'requestReturn'))
      .when(dispatcher, 'openConsultation')
      .then('ticket.consultationOpened', { isFromReturn: true })
    expect(ticket).toMatchObject({ status: 'consulting', returnCount: 0, returnRequestCount: 1 })
    expect(ticket.assignments.map(({ status }) => status)).toEqual(['recalled', 'recalled', 'done'])
    expect(ticket.assignments[0]?.pendingReturn).toBeUndefined()
    expect(ticket.leadAssignmentId).toBeUndefined()
  })

  it('已经超过派单时限的，会商不能使其不超时', () => {
    const { ticket } = given(s.registered, on('2026-11-24 09:00'))
      .when(dispatcher, 'openConsultation')
      .then('ticket.consultationOpened')
    expect(ticket.isDispatchedLate).toBe(true)
  })
})

describe('会商意见', () => {
  it('受邀单位的人都可以说：主办、协办或不属职责，可附依据', () => {
    for (const actor of [bureau.clerk, bureau.handler, bureau.lead, bureau.head])
      given(s.consulting)
        .when(actor, 'giveOpinion')
        .then('ticket.opinionGiven', { unitId: BUREAU, stance: 'lead', basis: '三定规定第二条' })
  })

  it('没有受邀的不能说', () => {
    for (const actor of [otherBureau.clerk, county.clerk])
      given(s.consulting)
        .when(actor, 'giveOpinion')
        .refused('ruleViolated', /^本单位未受邀会商$/)
  })

  it('可以改变意见：都留着，以最后一次为准', () => {
    const { opinions } = after(
      s.consulting,
      by(bureau.clerk, 'giveOpinion', { stance: 'no' }),
      by(thirdBureau.clerk, 'giveOpinion', { stance: 'co' }),
      by(bureau.lead, 'giveOpinion', { stance: 'lead' }),
    ).consultations?.[0] ?? { opinions: [] }
    expect(opinions.map(({ unitId, stance }) => [unitId, stance])).toEqual([
      [BUREAU, 'no'],
      [THIRD_BUREAU, 'co'],
      [BUREAU, 'lead'],
    ])
  })

  it('会商结束后不能再说', () => {
    given(concluded)
      .when(bureau.clerk, 'giveOpinion')
      .refused('illegalTransition', /^工单待签收，不能会商意见$/)
  })

  it('受邀单位和它的上级在会商期间看得到工单，结束后没有任务的看不到', () => {
    expect(scopeOf(after(s.consulting))).toEqual(expect.arrayContaining([BUREAU, THIRD_BUREAU, '371600']))
    expect(scopeOf(after(concluded))).not.toContain(THIRD_BUREAU)
  })
})

describe('联合踏勘', () => {
  it('记下时间、地点、单位、人员和照片', () => {
    const { ticket } = given(s.consulting, on('2026-11-24 10:00'))
      .when(bureau.handler, 'recordSiteVisit', { visitedAt: at('2026-11-24 09:00'), attachmentIds: ['f1', 'f2'] })
      .then('ticket.siteVisitRecorded', { place: '黄河五路渤海七路路口', attachmentIds: ['f1', 'f2'] })
    expect(ticket.consultations?.[0]?.visits).toMatchObject([{ people: '住建局李强、城管局王芳' }])
  })

  it('热线的派单员、督办员、主任也可以记', () => {
    for (const actor of [dispatcher, supervisor, director])
      given(s.consulting).when(actor, 'recordSiteVisit').then('ticket.siteVisitRecorded')
  })

  it('不能是还没发生的，单位须存在，没有受邀的单位不能记', () => {
    given(s.consulting)
      .when(dispatcher, 'recordSiteVisit', { visitedAt: at('2026-11-24 09:00') })
      .refused('invalidInput', /^踏勘时间不能晚于现在$/)
    given(s.consulting)
      .when(dispatcher, 'recordSiteVisit', { unitIds: [BUREAU, 'nobody'] })
      .refused('invalidInput', /^参加单位不存在$/)
    given(s.consulting)
      .when(otherBureau.clerk, 'recordSiteVisit')
      .refused('ruleViolated', /^本单位未受邀会商$/)
  })
})

describe('会商结论', () => {
  it('一次提交里派出去：主办、协办、时限、依据，不得再退', () => {
    const { ticket, news, lead } = given(s.consulting, on('2026-11-24 15:00'))
      .when(dispatcher, 'concludeConsultation')
      .then('ticket.consultationConcluded', {
        leadUnitId: BUREAU,
        coUnitIds: [OTHER_BUREAU],
        basis: '会商纪要第 12 号',
      })
    expect(news.map(({ type }) => type)).toEqual(['ticket.consultationConcluded', 'ticket.dispatched'])
    expect(new Set(news.map(({ version }) => version)).size).toBe(1)
    expect(ticket).toMatchObject({ status: 'dispatched', isDispatchedLate: false })
    expect(lead).toMatchObject({ unitId: BUREAU, locked: true, lockedReason: '会商确定，不得退单' })
    expect(ticket.consultations?.[0]).toMatchObject({
      closedAt: at('2026-11-24 15:00'),
      conclusion: { basis: '会商纪要第 12 号' },
    })
  })

  it('会商确定的单位不得退单，协办的也不得退', () => {
    for (const clerk of [bureau.clerk, otherBureau.clerk])
      given(concluded)
        .when(clerk, 'requestReturn')
        .refused('ruleViolated', /^会商确定，不得退单$/)
  })

  it('由派单员、主任下结论，要有依据', () => {
    given(s.consulting)
      .when(supervisor, 'concludeConsultation')
      .refused('forbidden', /^您的岗位不能会商结论$/)
    given(s.consulting)
      .when(dispatcher, 'concludeConsultation', { basis: '' })
      .refused('invalidInput', /^请填写会商结论依据$/)
  })

  it('没有单位表态也可以下结论；可以定给没有受邀的单位，但不能是被反映单位', () => {
    given(s.consulting)
      .when(director, 'concludeConsultation', { leadUnitId: COUNTY, coUnitIds: [] })
      .then('ticket.dispatched')
    given(s.registeredAs({ accusedUnitIds: [COUNTY] }), by(dispatcher, 'openConsultation'))
      .when(director, 'concludeConsultation', { leadUnitId: COUNTY, coUnitIds: [] })
      .refused('ruleViolated', /是被反映单位，不得承办/)
  })

  it('三次退单后经会商确定的，也派得出去', () => {
    given(s.thriceReturned, by(dispatcher, 'openConsultation'))
      .when(dispatcher, 'concludeConsultation')
      .then('ticket.dispatched', { isDesignated: false })
  })

  it('首次派单的，承诺从派单起算', () => {
    expect(after(concluded).resolveBy).toEqual(at('2026-12-01 24:00'))
    expect(after(concluded).pauses).toBeUndefined()
  })

  it('退单转来的：会商期间承诺停表，单位的时限重新起算', () => {
    const before = after(fromReturn)
    expect(before.resolveBy).toEqual(at('2026-11-30 24:00'))
    const { ticket, lead } = given(fromReturn, on('2026-11-25 15:00'))
      .when(dispatcher, 'concludeConsultation')
      .then('ticket.consultationConcluded', {
        pause: { from: at('2026-11-24 10:00'), to: at('2026-11-25 15:00') },
      })
    // 1 day 5 hours of working time, rounded up to two days.
    expect(ticket.resolveBy).toEqual(at('2026-12-02 24:00'))
    expect(ticket.promises.at(-1)).toMatchObject({ reason: 'consultation' })
    expect(lead.resolveBy).toEqual(at('2026-12-02 24:00'))
    expect(ticket.cases.at(-1)).toMatchObject({ unitId: BUREAU, dueAt: ticket.resolveBy, unitDueAt: lead.resolveBy })
  })

  it('周末的会商不占工作时间', () => {
    const { ticket } = given(
      s.returnRequested,
      on('2026-11-28 00:00'),
      by(dispatcher, 'openConsultation'),
      on('2026-11-29 12:00'),
    )
      .when(dispatcher, 'concludeConsultation')
      .then('ticket.consultationConcluded')
    expect(ticket.resolveBy).toEqual(at('2026-11-30 24:00'))
  })
})

describe('取消会商', () => {
  it('回到待派单，派单时限重新起算，停表的时间照样顺延', () => {
    const { ticket } = given(fromReturn, on('2026-11-25 09:00'))
      .when(director, 'cancelConsultation')
      .then('ticket.consultationCancelled', { reason: '职责已明确', dispatchBy: at('2026-11-25 24:00') })
    expect(ticket).toMatchObject({ status: 'accepted', resolveBy: at('2026-12-01 24:00') })
    expect(ticket.consultations?.[0]).toMatchObject({ cancelReason: '职责已明确', closedAt: at('2026-11-25 09:00') })
    given(fromReturn, by(director, 'cancelConsultation')).when(dispatcher, 'dispatch').then('ticket.dispatched')
  })

  it('可以再次会商，两次停表合计后只进一次', () => {
    const { ticket } = given(
      s.returnRequested,
      on('2026-11-24 10:00'),
      by(dispatcher, 'openConsultation'),
      on('2026-11-24 14:00'),
      by(dispatcher, 'cancelConsultation'),
      on('2026-11-25 10:00'),
      by(dispatcher, 'openConsultation'),
      on('2026-11-25 14:00'),
    )
      .when(dispatcher, 'concludeConsultation')
      .then('ticket.consultationConcluded')
    expect(ticket.consultations).toHaveLength(2)
    expect(ticket.pauses).toHaveLength(2)
    expect(ticket.resolveBy).toEqual(at('2026-12-01 24:00'))
  })
})
