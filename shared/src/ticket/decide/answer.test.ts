import { describe, expect, it } from 'vitest'
import { by, given, on, setting } from '../testing/given'
import * as s from '../testing/stories'
import { agent, at, dispatcher, otherAgent } from '../testing/world'

const EVENT_OF = { answer: 'answered', decline: 'declined', transferEmergency: 'emergencyTransferred' } as const

describe('直接答复、不予受理、转紧急', () => {
  it('能答复的当场答复，随即办结', () => {
    const { ticket } = given(s.registered, on('2026-11-23 09:05'))
      .when(agent, 'answer', { knowledge: [{ articleId: 'k1', version: 2 }] })
      .then('ticket.answered', { knowledge: [{ articleId: 'k1', version: 2 }] })
    expect(ticket).toMatchObject({ status: 'answered', closedAt: at('2026-11-23 09:05') })
    expect(ticket.dispatchBy).toBeUndefined()
  })

  it('答复内容必填', () => {
    given(s.registered)
      .when(agent, 'answer', { answer: '' })
      .refused('invalidInput', /^请填写答复内容$/)
  })

  it('答复最多引用五条知识，同一条只引用一次', () => {
    const quotes = (...ids: string[]) => ({ knowledge: ids.map((articleId) => ({ articleId, version: 1 })) })
    given(s.registered)
      .when(agent, 'answer', quotes('k1', 'k2', 'k3', 'k4', 'k5'))
      .then('ticket.answered')
    given(s.registered)
      .when(agent, 'answer', quotes('k1', 'k2', 'k3', 'k4', 'k5', 'k6'))
      .refused('invalidInput', /^最多引用 5 条知识$/)
    given(s.registered)
      .when(agent, 'answer', quotes('k1', 'k1'))
      .refused('invalidInput', /^同一条知识引用了两次$/)
  })

  it('话务员只能处理本人登记的', () => {
    for (const command of ['answer', 'decline', 'transferEmergency'] as const) {
      given(s.registered)
        .when(otherAgent, command)
        .refused('ruleViolated', /^只能处理本人登记的工单$/)
      given(s.submitted())
        .when(agent, command)
        .refused('ruleViolated', /^只能处理本人登记的工单$/)
      given(s.registered).when(dispatcher, command).then(`ticket.${EVENT_OF[command]}`)
    }
  })

  it('待补充的也可以直接答复', () => {
    given(
      s.registered,
      setting(() => ({ status: 'needInfo' })),
    )
      .when(agent, 'answer')
      .then('ticket.answered')
  })

  it('派单之后不能直接答复、不予受理、转紧急', () => {
    for (const command of ['answer', 'decline', 'transferEmergency'] as const)
      given(s.dispatched)
        .when(dispatcher, command)
        .refused('illegalTransition', /^工单待签收，不能/)
  })

  it('退单获准回到待派单的，可以直接答复', () => {
    given(s.returnRequested, by(dispatcher, 'approveReturn')).when(dispatcher, 'answer').then('ticket.answered')
  })

  it('不予受理要有情形和理由', () => {
    expect(given(s.registered).when(agent, 'decline').then('ticket.declined', { code: 'LEGAL' }).ticket).toMatchObject({
      status: 'declined',
      declined: { code: 'LEGAL', channelTold: '滨城区人民法院' },
    })
    given(s.registered)
      .when(agent, 'decline', { reason: '' })
      .refused('invalidInput', /^请填写理由$/)
  })

  it('属法定途径的，须同时告知途径；别的情形不必', () => {
    given(s.registered)
      .when(agent, 'decline', { channelTold: undefined })
      .refused('invalidInput', /^请填写已告知的法定渠道$/)
    for (const code of ['DUP_NONEW', 'SECRET', 'MARKET', 'ILLEGAL', 'OTHER_ORG', 'CLOSED_OK', 'INVALID'] as const)
      given(s.registered).when(agent, 'decline', { code, channelTold: undefined }).then('ticket.declined', { code })
  })

  it('转 110 记下去向、时间、是否三方通话', () => {
    const transferredAt = at('2026-11-23 08:58')
    const { ticket } = given(s.registered)
      .when(agent, 'transferEmergency', { transferredAt })
      .then('ticket.emergencyTransferred', { to: '110', isThreeWay: true, transferredAt })
    expect(ticket).toMatchObject({ status: 'transferred', emergency: { to: '110' } })
  })

  it('转接时间不能在将来，钟差一分钟之内不计较', () => {
    given(s.registered)
      .when(agent, 'transferEmergency', { transferredAt: at('2026-11-23 09:01') })
      .then('ticket.emergencyTransferred')
    given(s.registered)
      .when(agent, 'transferEmergency', { transferredAt: at('2026-11-23 09:01:01') })
      .refused('invalidInput', /^转接时间不能晚于现在$/)
  })
})
