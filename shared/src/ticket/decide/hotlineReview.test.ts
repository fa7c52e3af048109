import { describe, expect, it } from 'vitest'
import { by, given, on } from '../testing/given'
import * as s from '../testing/stories'
import { at, bureau, callbackOfficer, director, dispatcher, supervisor } from '../testing/world'

describe('热线审核通过', () => {
  it('转回访，三个工作日内，现在就可以拨打', () => {
    const { ticket } = given(s.signedOff, on('2026-11-24 10:00'))
      .when(dispatcher, 'reviewByHotline')
      .then('ticket.hotlineReviewed', { isPassed: true })
    expect(ticket).toMatchObject({
      status: 'callback',
      callbackSince: at('2026-11-24 10:00'),
      callbackBy: at('2026-11-27 24:00'),
      nextAttemptAt: at('2026-11-24 10:00'),
      assignments: [{ status: 'replied' }],
    })
    expect(ticket.hotlineReviewBy).toBeUndefined()
  })

  it.each([
    ['诉求人不要回访', { needsCallback: false }],
    ['没有联系方式', { channel: 'province' as const, caller: {} }],
  ])('%s的，直接办结', (_, overrides) => {
    const { ticket } = given(
      s.registeredAs(overrides),
      by(dispatcher, 'dispatch'),
      s.acknowledged,
      by(bureau.handler, 'reply'),
      by(bureau.lead, 'reviewByUnit'),
    )
      .when(director, 'reviewByHotline')
      .then('ticket.closed', { outcome: 'noCallback' })
    expect(ticket).toMatchObject({ status: 'closed', outcome: 'noCallback', assignments: [{ status: 'done' }] })
    expect(ticket.cases).toMatchObject([{ closedAt: ticket.closedAt, isLate: false }])
  })

  it('按时与否看单位签发的时间，不看热线审核的时间', () => {
    const inTime = [...s.replied, on('2026-11-30 24:00'), by(bureau.lead, 'reviewByUnit'), on('2026-12-02 10:00')]
    expect(given(inTime).when(dispatcher, 'reviewByHotline').then('ticket.hotlineReviewed').ticket.cases).toMatchObject(
      [{ isLate: false, isUnitLate: false, metAt: at('2026-11-30 24:00') }],
    )
    const late = [...s.replied, on('2026-12-01 00:00:01'), by(bureau.lead, 'reviewByUnit')]
    expect(given(late).when(dispatcher, 'reviewByHotline').then('ticket.hotlineReviewed').ticket.cases).toMatchObject([
      { isLate: true, isUnitLate: true },
    ])
  })

  it('由派单员、主任审核，别人不能', () => {
    for (const actor of [supervisor, callbackOfficer, bureau.lead])
      given(s.signedOff)
        .when(actor, 'reviewByHotline')
        .refused('forbidden', /^您的岗位不能热线审核$/)
    given(s.signedOff)
      .when(dispatcher, 'reviewByHotline', { opinion: '' })
      .refused('invalidInput', /^请填写意见$/)
  })

  it('不得跳过单位审核、热线审核', () => {
    given(s.replied)
      .when(dispatcher, 'reviewByHotline')
      .refused('illegalTransition', /^工单待单位审核，不能热线审核$/)
    given(s.signedOff)
      .when(callbackOfficer, 'recordCallback')
      .refused('illegalTransition', /^工单待热线审核，不能回访结果$/)
  })
})

describe('热线退回', () => {
  const sentBack = (signedAt: string, reviewedAt: string) =>
    given(s.replied, on(signedAt), by(bureau.lead, 'reviewByUnit'), on(reviewedAt))
      .when(dispatcher, 'reviewByHotline', { isPassed: false, opinion: '未正面回应' })
      .then('ticket.hotlineReviewed', { isPassed: false })

  it('回到办理中，不算重办，协办不必重来', () => {
    const { ticket, lead } = sentBack('2026-11-24 10:00', '2026-11-24 15:00')
    expect(ticket).toMatchObject({ status: 'handling', reworkCount: 0 })
    expect(lead).toMatchObject({
      status: 'handling',
      reviews: [{ level: 'unit' }, { level: 'hotline', isPassed: false }],
    })
    expect(lead.metAt).toBeUndefined()
    expect(ticket.cases[0]?.metAt).toBeUndefined()
    expect(ticket.hotlineReviewSince).toBeUndefined()
  })

  it('审核所占的工作时间退还，进到整日', () => {
    const { ticket, lead } = sentBack('2026-11-24 10:00', '2026-11-24 15:00')
    expect(lead).toMatchObject({ resolveBy: at('2026-12-01 24:00'), yellowAt: at('2026-12-01 00:00') })
    expect(ticket.resolveBy).toEqual(at('2026-12-01 24:00'))
    expect(ticket.promises.map(({ reason }) => reason)).toEqual(['dispatch', 'givenBack'])
    expect(lead.explain[0]).toBe('暂停 2026-11-24 10:00 至 2026-11-24 15:00，占工作日 5 小时')
  })

  it('审了两个工作日多，退还三天', () => {
    expect(sentBack('2026-11-24 10:00', '2026-11-26 15:00').ticket.resolveBy).toEqual(at('2026-12-03 24:00'))
  })

  it('只占了周末的，不退还', () => {
    expect(sentBack('2026-11-28 10:00', '2026-11-29 15:00').ticket.resolveBy).toEqual(at('2026-11-30 24:00'))
  })

  it('已经超期才送审的，不因退还而不超期', () => {
    const { ticket } = sentBack('2026-12-01 10:00', '2026-12-03 10:00')
    expect(ticket.resolveBy).toEqual(at('2026-11-30 24:00'))
  })

  it('小时类的按自然时间退还，精确到秒', () => {
    const { ticket } = given(
      s.registeredAs({ urgency: 'urgent' }),
      by(dispatcher, 'dispatch'),
      s.acknowledged,
      by(bureau.handler, 'reply'),
      on('2026-11-23 20:00'),
      by(bureau.lead, 'reviewByUnit'),
      on('2026-11-23 21:30:30'),
    )
      .when(dispatcher, 'reviewByHotline', { isPassed: false })
      .then('ticket.hotlineReviewed')
    expect(ticket.resolveBy).toEqual(at('2026-11-24 10:30:30'))
  })

  it('暂定的时限退还后仍暂定', () => {
    const { ticket, lead } = given(
      s.registeredAs({ complexity: 'difficult' }),
      on('2026-12-11 10:00'),
      by(dispatcher, 'dispatch'),
      s.acknowledged,
      by(bureau.handler, 'reply'),
      on('2026-12-12 10:00'),
      by(bureau.head, 'reviewByUnit'),
      on('2026-12-13 10:00'),
    )
      .when(dispatcher, 'reviewByHotline', { isPassed: false })
      .then('ticket.hotlineReviewed')
    expect([ticket.isProvisional, lead.isProvisional]).toEqual([true, true])
  })

  it('退回后再反馈、再审，最后按签发时间算', () => {
    const { ticket } = sentBack('2026-11-24 10:00', '2026-11-24 15:00').given(
      on('2026-12-01 20:00'),
      s.throughReviews(bureau),
    )
    expect(ticket).toMatchObject({ status: 'callback', cases: [{ isLate: false, metAt: at('2026-12-01 20:00') }] })
  })
})
