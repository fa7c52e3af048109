import { describe, expect, it } from 'vitest'
import { by, given, on, where } from '../testing/given'
import type { Overrides } from '../testing/inputs'
import * as s from '../testing/stories'
import { agent, at, bureau, citizen, CITY, director, dispatcher, PLACE, WORLD } from '../testing/world'

describe('登记', () => {
  it('话务员登记即受理，编号、登记人、派单时限俱全', () => {
    const { ticket, news } = given().when(agent, 'register').then('ticket.registered', { isAnonymous: false })
    expect(news.map(({ type, version }) => [type, version])).toEqual([
      ['ticket.registered', 1],
      ['ticket.accepted', 1],
    ])
    expect(ticket).toMatchObject({
      no: '371600261123000001',
      status: 'accepted',
      version: 1,
      registeredBy: { userId: 'agent1' },
      acceptedAt: at('2026-11-23 09:00'),
      dispatchBy: at('2026-11-23 24:00'),
      hasContact: true,
      needsCallback: true,
      assignments: [],
    })
    expect(ticket.resolveBy).toBeUndefined()
  })

  it('派单员、主任登记的同样即受理', () => {
    for (const actor of [dispatcher, director])
      expect(given().when(actor, 'register').then('ticket.accepted').ticket.status).toBe('accepted')
  })

  it('诉求人自己提交的待受理，可以没有标题和事项', () => {
    const { ticket, news } = given()
      .when(citizen, 'register', { channel: 'wechat', title: undefined, matterCode: undefined })
      .then('ticket.registered')
    expect(news).toHaveLength(1)
    expect(ticket).toMatchObject({ status: 'registered', channel: 'wechat' })
    expect(ticket.dispatchBy).toBeUndefined()
  })

  it('诉求人提交的即使写了标题和事项，也须热线受理', () => {
    expect(given().when(citizen, 'register').then('ticket.registered').ticket.status).toBe('registered')
  })

  it('紧急的 10 分钟内派单', () => {
    for (const urgency of ['urgent', 'critical'] as const)
      given()
        .when(agent, 'register', { urgency })
        .then('ticket.accepted', { dispatchBy: at('2026-11-23 09:10') })
  })

  it.each([
    [{ title: undefined }, /^请填写标题$/, 'title'],
    [{ matterCode: undefined }, /^请选择事项$/, 'matterCode'],
    [{ matterCode: '0101' }, /^请选择第三级事项$/, 'matterCode'],
    [{ regionCode: '371699' }, /^区划不存在$/, 'regionCode'],
    [{ address: undefined }, /^有事发地的须填写具体地址$/, 'address'],
    [
      { regionCode: CITY, address: undefined, location: { lng: 118, lat: 37.4 } },
      /^有事发地的须填写具体地址$/,
      'address',
    ],
    [{ caller: {} }, /^请填写联系电话$/, 'caller.number'],
    [{ confidentiality: 2 }, /^举报保密仅用于举报$/, 'confidentiality'],
    [{ accusedUnitIds: [bureau.clerk.unitId, 'nobody'] }, /^被反映单位不存在$/, 'accusedUnitIds.1'],
    [{ detail: ' ' }, /^请填写诉求内容$/, 'detail'],
    [{ detail: '诉'.repeat(20_001) }, /^诉求内容不能超过 20000 字$/, 'detail'],
    [{ title: '题'.repeat(61) }, /^标题不能超过 60 字$/, 'title'],
    [{ address: '址'.repeat(201) }, /^地址不能超过 200 字$/, 'address'],
    [{ caller: { number: '不详' } }, /^号码格式不正确$/, 'caller.number'],
  ] as const)('必填项逐一检查：%o', (overrides, message, path) => {
    const { fields } = given()
      .when(agent, 'register', overrides as Overrides<'register'>)
      .refused('invalidInput', message)
    expect(fields).toContain(path)
  })

  it('几处不对，一次说全', () => {
    const { fields } = given()
      .when(agent, 'register', { title: undefined, address: undefined, caller: {} })
      .refused('invalidInput', /请填写标题；有事发地的须填写具体地址；请填写联系电话/)
    expect(fields).toEqual(['title', 'address', 'caller.number'])
  })

  it('标题、地址、内容可以写到上限', () => {
    given()
      .when(agent, 'register', { title: '题'.repeat(60), address: '址'.repeat(200), detail: '诉'.repeat(20_000) })
      .then('ticket.accepted')
  })

  it('未提及区划的记到市，不要地址', () => {
    given().when(agent, 'register', { regionCode: CITY, address: undefined }).then('ticket.accepted')
    given().when(agent, 'register', { regionCode: '371602', address: undefined }).then('ticket.accepted')
  })

  it.each(['mailbox', 'province', 'emergency110', 'national', 'peopleDaily', 'leader', 'department'] as const)(
    '渠道 %s 转来的可以没有联系电话，也就不回访',
    (channel) => {
      const { ticket } = given().when(agent, 'register', { channel, caller: {} }).then('ticket.registered')
      expect(ticket).toMatchObject({ hasContact: false, needsCallback: false })
    },
  )

  it.each(['phone', 'wechat', 'website', 'app', 'sms', 'kiosk'] as const)('渠道 %s 必须有联系电话', (channel) => {
    given()
      .when(agent, 'register', { channel, caller: {} })
      .refused('invalidInput', /请填写联系电话/)
  })

  it('匿名的也要在热线留下联系方式', () => {
    given()
      .when(agent, 'register', { caller: { isAnonymous: true } })
      .refused('invalidInput', /请填写联系电话/)
    const { ticket } = given()
      .when(agent, 'register', { caller: { isAnonymous: true, phone: '13805430001' } })
      .then('ticket.registered', { isAnonymous: true })
    expect(ticket).toMatchObject({ isAnonymous: true, hasContact: true })
  })

  it('诉求人要求不回访的，不回访', () => {
    expect(
      given().when(agent, 'register', { needsCallback: false }).then('ticket.registered').ticket.needsCallback,
    ).toBe(false)
  })

  it('承办单位、回访员不能登记', () => {
    for (const actor of [bureau.clerk, bureau.head])
      given()
        .when(actor, 'register')
        .refused('forbidden', /^您的岗位不能登记$/)
  })

  it('已登记的工单不能再登记一次', () => {
    given(s.registered)
      .when(agent, 'register')
      .refused('illegalTransition', /^工单已登记，不能再次登记$/)
  })

  it('没有编号是系统的错，不是用户的', () => {
    given(where({ fresh: undefined }))
      .when(agent, 'register')
      .refused('internal', /^缺少工单编号$/)
  })

  it('事项由目录判断，不由格式判断', () => {
    given(where({ isLeafMatter: WORLD.isRegion }))
      .when(agent, 'register')
      .refused('invalidInput', /^请选择第三级事项$/)
  })
})

describe('受理', () => {
  it('派单员受理诉求人提交的工单，补上标题和事项', () => {
    const { ticket } = given(s.submitted(), on('2026-11-23 15:00'))
      .when(dispatcher, 'accept')
      .then('ticket.accepted', { dispatchBy: at('2026-11-23 24:00') })
    expect(ticket).toMatchObject({ status: 'accepted', matterCode: '010101', acceptedAt: at('2026-11-23 15:00') })
  })

  it('诉求人已写的不必再写', () => {
    const empty = { title: undefined, matterCode: undefined, regionCode: undefined }
    const { ticket } = given(by(citizen, 'register')).when(agent, 'accept', empty).then('ticket.accepted')
    expect(ticket).toMatchObject({ title: '夜间施工噪音扰民', matterCode: '010101', regionCode: PLACE })
  })

  it.each([
    [{ title: undefined }, /^请填写标题$/],
    [{ matterCode: undefined }, /^请选择第三级事项$/],
    [{ matterCode: '01' }, /^请选择第三级事项$/],
    [{ regionCode: '999999' }, /^区划不存在$/],
  ])('标题、三级事项、区划缺一不可：%o', (overrides, message) => {
    given(s.submitted()).when(agent, 'accept', overrides).refused('invalidInput', message)
  })

  it('受理过的不能再受理', () => {
    given(s.registered)
      .when(dispatcher, 'accept')
      .refused('illegalTransition', /^工单待派单，不能受理$/)
  })

  it('承办单位不能受理', () => {
    given(s.submitted())
      .when(bureau.clerk, 'accept')
      .refused('forbidden', /^您的岗位不能受理$/)
  })
})
