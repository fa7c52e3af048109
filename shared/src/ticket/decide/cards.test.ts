import { describe, expect, it } from 'vitest'
import { CLOCK } from '../../actor'
import { by, given, on } from '../testing/given'
import * as s from '../testing/stories'
import { at, bureau, dispatcher, otherBureau, supervisor } from '../testing/world'

const cards = (types: readonly { type: string }[]) => types.filter(({ type }) => type === 'ticket.cardIssued')

describe('黄牌', () => {
  it('距到期一个工作日，零点发', () => {
    given(s.handling, on('2026-11-29 23:59:59'))
      .when(CLOCK, 'yellowCard')
      .refused('ruleViolated', /^未到黄牌时间或已发$/)
    const { ticket, lead } = given(s.handling, on('2026-11-30 00:00'))
      .when(CLOCK, 'yellowCard')
      .then('ticket.cardIssued', { card: 'yellow', resolveBy: at('2026-11-30 24:00') })
    expect(ticket).toMatchObject({ yellowCount: 1, redCount: 0, status: 'handling' })
    expect(lead.yellowFor).toEqual(lead.resolveBy)
    expect(ticket.nextCheckAt).toEqual(at('2026-12-01 00:00'))
  })

  it('同一到期日只发一次', () => {
    given(s.handling, on('2026-11-30 00:00'), s.clockRuns, on('2026-11-30 12:00'))
      .when(CLOCK, 'yellowCard')
      .refused('ruleViolated', /^未到黄牌时间或已发$/)
  })

  it('待签收、待单位审核的也发，送热线以后不发', () => {
    given(s.replied, on('2026-11-30 00:00')).when(CLOCK, 'yellowCard').then('ticket.cardIssued')
    given(s.signedOff, on('2026-11-30 00:00'))
      .when(CLOCK, 'yellowCard')
      .refused('illegalTransition', /^工单待热线审核/)
    const urgent = [...s.registeredAs({ urgency: 'urgent' }), by(dispatcher, 'dispatch')]
    given(urgent, on('2026-11-24 03:00')).when(CLOCK, 'yellowCard').then('ticket.cardIssued')
  })

  it('到了红牌时间不再补发黄牌', () => {
    given(s.handling, on('2026-12-01 00:00'))
      .when(CLOCK, 'yellowCard')
      .refused('ruleViolated', /^已到红牌时间$/)
  })
})

describe('红牌', () => {
  it('超期第一个工作日零点发，先黄后红各一次', () => {
    given(s.handling, on('2026-11-30 23:59:59'))
      .when(CLOCK, 'redCard')
      .refused('ruleViolated', /^未到红牌时间或已发$/)
    const { ticket, events } = given(
      s.handling,
      on('2026-11-30 00:00'),
      s.clockRuns,
      on('2026-12-01 00:00'),
      s.clockRuns,
      on('2026-12-20 00:00'),
      s.clockRuns,
    ).scene
    expect(cards(events)).toMatchObject([
      { card: 'yellow', at: at('2026-11-30 00:00'), by: { userId: 'system' } },
      { card: 'red', at: at('2026-12-01 00:00') },
    ])
    expect(ticket).toMatchObject({ yellowCount: 1, redCount: 1 })
    expect(ticket?.nextCheckAt).toBeUndefined()
  })

  it('时钟停了几天再来，只补红牌', () => {
    const { events } = given(s.handling, on('2026-12-05 10:00'), s.clockRuns).scene
    expect(cards(events)).toMatchObject([{ card: 'red' }])
  })

  it('到期在周五的，周一发红牌', () => {
    const { ticket } = given(s.registered, by(dispatcher, 'dispatch', { limit: { kind: 'workdays', n: 4 } }))
    expect(ticket.assignments[0]).toMatchObject({ resolveBy: at('2026-11-27 24:00'), redAt: at('2026-11-30 00:00') })
  })

  it('小时类的剩四分之一发黄牌，到期即发红牌', () => {
    const urgent = [...s.registeredAs({ urgency: 'urgent' }), by(dispatcher, 'dispatch'), s.acknowledged]
    given(urgent, on('2026-11-24 02:59:59'))
      .when(CLOCK, 'yellowCard')
      .refused('ruleViolated', /^未到黄牌时间或已发$/)
    given(urgent, on('2026-11-24 03:00')).when(CLOCK, 'yellowCard').then('ticket.cardIssued', { card: 'yellow' })
    given(urgent, on('2026-11-24 09:00')).when(CLOCK, 'redCard').then('ticket.cardIssued', { card: 'red' })
  })

  it('延期以后是新的到期日，可以再发', () => {
    const { ticket } = given(
      s.handling,
      by(bureau.lead, 'requestExtension'),
      on('2026-12-01 10:00'),
      s.clockRuns,
      by(dispatcher, 'approveExtension'),
      s.clockRuns,
      on('2026-12-02 10:00'),
      s.clockRuns,
    )
    expect(ticket).toMatchObject({ yellowCount: 1, redCount: 2 })
  })

  it('主办、协办各发各的；抄送、已反馈、已退单的不发', () => {
    const { ticket, events } = given(
      s.withCo,
      s.acknowledged,
      by(otherBureau.clerk, 'acknowledge'),
      on('2026-12-01 10:00'),
      s.clockRuns,
    ).scene
    expect(cards(events)).toMatchObject([{ assignmentId: 'a1' }, { assignmentId: 'a2' }])
    expect(ticket?.redCount).toBe(2)
    const replied = [...s.withCo, by(otherBureau.clerk, 'acknowledge'), by(otherBureau.handler, 'reply')]
    const done = given(replied, by(otherBureau.lead, 'reviewByUnit'), on('2026-12-01 10:00'), s.clockRuns).scene
    expect(cards(done.events)).toMatchObject([{ assignmentId: 'a1' }])
    given(s.withCo, on('2026-12-01 10:00'))
      .when(CLOCK, 'redCard', { assignmentId: 'a3' })
      .refused('illegalTransition', /^承办任务已完成，不能红牌$/)
  })

  it('没有承办任务的不发', () => {
    given(s.registered)
      .when(CLOCK, 'redCard')
      .refused('illegalTransition', /^工单待派单，不能红牌$/)
    given(s.dispatched)
      .when(supervisor, 'redCard')
      .refused('forbidden', /^您的岗位不能红牌$/)
    given(s.dispatched)
      .when(CLOCK, 'redCard', { assignmentId: 'a9' })
      .refused('forbidden', /任务不存在$/)
  })
})
