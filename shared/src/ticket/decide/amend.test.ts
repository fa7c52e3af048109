import { describe, expect, it } from 'vitest'
import { by, given, on } from '../testing/given'
import * as s from '../testing/stories'
import { agent, at, CITY, director, dispatcher, otherAgent, PLACE } from '../testing/world'

describe('更正', () => {
  it('登记人派单前可以更正，记下改前改后', () => {
    const { ticket } = given(s.registered)
      .when(agent, 'amend', { changes: { detail: '改过的内容', needsReply: true }, reason: undefined })
      .then('ticket.amended', {
        changes: [{ field: 'detail', from: '诉求人反映工地夜间施工，影响休息。', to: '改过的内容' }],
      })
    expect(ticket).toMatchObject({ detail: '改过的内容', status: 'accepted' })
  })

  it('别的话务员不能更正，派单后登记人也不能', () => {
    given(s.registered)
      .when(otherAgent, 'amend')
      .refused('ruleViolated', /^只能处理本人登记的工单$/)
    given(s.dispatched)
      .when(agent, 'amend')
      .refused('ruleViolated', /^派单后只能由派单员更正$/)
    given(s.returnRequested, by(dispatcher, 'approveReturn'))
      .when(agent, 'amend')
      .refused('ruleViolated', /^派单后只能由派单员更正$/)
  })

  it('派单后由派单员、主任更正，并填写理由', () => {
    for (const actor of [dispatcher, director]) {
      given(s.handling).when(actor, 'amend').then('ticket.amended', { reason: '话务员笔误' })
      given(s.handling)
        .when(actor, 'amend', { reason: undefined })
        .refused('invalidInput', /^派单后更正须填写理由$/)
    }
  })

  it('改了事项、区划，承办单位和时限都不自己变', () => {
    const before = given(s.handling).ticket
    const { ticket } = given(s.handling)
      .when(dispatcher, 'amend', { changes: { matterCode: '020202', regionCode: '371602002', urgency: 'urgent' } })
      .then('ticket.amended')
    expect(ticket).toMatchObject({ matterCode: '020202', regionCode: '371602002', urgency: 'urgent' })
    expect(ticket.assignments).toEqual(before.assignments)
    expect([ticket.resolveBy, ticket.status]).toEqual([before.resolveBy, before.status])
  })

  it('待派单时改了紧急程度，派单时限随之改变', () => {
    expect(
      given(s.registered, on('2026-11-23 10:00'))
        .when(agent, 'amend', { changes: { urgency: 'urgent' } })
        .then('ticket.amended').ticket.dispatchBy,
    ).toEqual(at('2026-11-23 10:10'))
  })

  it('改的不是紧急程度，或不在待派单，派单时限不变', () => {
    const later = on('2026-11-24 10:00')
    for (const changes of [{ detail: '改过的内容' }, { detail: '改过的内容', urgency: 'general' as const }])
      expect(
        given(s.registered, later).when(agent, 'amend', { changes }).then('ticket.amended').ticket.dispatchBy,
      ).toEqual(at('2026-11-23 24:00'))
    expect(
      given(s.handling, later)
        .when(dispatcher, 'amend', { changes: { urgency: 'urgent' } })
        .then('ticket.amended').ticket.dispatchBy,
    ).toBeUndefined()
  })

  it.each([
    [{ regionCode: '999999' }, /^区划不存在$/],
    [{ matterCode: '0101' }, /^请选择第三级事项$/],
    [{ confidentiality: 2 as const }, /^举报保密仅用于举报$/],
    [{ accusedUnitIds: ['nobody'] }, /^被反映单位不存在$/],
    [{ title: '' }, /^请填写标题$/],
    [{ address: '' }, /^有事发地的须填写具体地址$/],
    [{ detail: '' }, /^请填写诉求内容$/],
    [{}, /^没有要更正的内容$/],
  ])('更正的内容照样检查：%o', (changes, message) => {
    given(s.registered).when(agent, 'amend', { changes }).refused('invalidInput', message)
  })

  it('新补的地点要有地址', () => {
    const vague = s.registeredAs({ regionCode: CITY, address: undefined })
    given(vague)
      .when(agent, 'amend', { changes: { regionCode: PLACE } })
      .refused('invalidInput', /^有事发地的须填写具体地址$/)
    given(vague)
      .when(agent, 'amend', { changes: { regionCode: PLACE, address: '渤海七路' } })
      .then('ticket.amended')
    given(vague)
      .when(agent, 'amend', { changes: { location: { lng: 118, lat: 37.4 } } })
      .refused('invalidInput', /^有事发地的须填写具体地址$/)
  })

  it('举报保密的不能改成别的类型而仍保密', () => {
    const report = s.registeredAs({ kind: 'report', confidentiality: 2 })
    given(report)
      .when(agent, 'amend', { changes: { kind: 'complaint' } })
      .refused('invalidInput', /^举报保密仅用于举报$/)
    given(report)
      .when(agent, 'amend', { changes: { kind: 'complaint', confidentiality: 1 } })
      .then('ticket.amended')
  })

  it('没有联系方式的不能改成要回访', () => {
    given(s.registeredAs({ channel: 'province', caller: {} }))
      .when(agent, 'amend', { changes: { needsCallback: true } })
      .refused('invalidInput', /^没有联系方式，不能回访$/)
  })

  it('什么都没改的不算更正', () => {
    given(s.registered)
      .when(agent, 'amend', { changes: { kind: 'complaint' } })
      .refused('ruleViolated', /^没有改动$/)
  })

  it('办结以后不能更正', () => {
    given(s.closed)
      .when(director, 'amend')
      .refused('illegalTransition', /^工单已办结，不能更正$/)
  })
})
