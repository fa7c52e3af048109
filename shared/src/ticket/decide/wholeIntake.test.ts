import { describe, expect, it } from 'vitest'
import { by, given, on } from '../testing/given'
import * as s from '../testing/stories'
import {
  agent,
  at,
  bureau,
  callbackOfficer,
  CITY,
  citizen,
  director,
  dispatcher,
  otherAgent,
  OTHER_BUREAU,
  otherBureau,
} from '../testing/world'

describe('退补', () => {
  it('派单员退回补充，写明缺什么；派单时限停下', () => {
    const { ticket } = given(s.registered)
      .when(dispatcher, 'requestInfo', { missing: '请问清门牌号' })
      .then('ticket.infoRequested')
    expect(ticket).toMatchObject({
      status: 'needInfo',
      infoRequest: { missing: '请问清门牌号', by: { userId: 'dispatch1' } },
    })
    expect(ticket.dispatchBy).toBeUndefined()
  })

  it('诉求人提交、尚未受理的也可退补', () => {
    given(s.submitted()).when(dispatcher, 'requestInfo').then('ticket.infoRequested')
  })

  it('缺什么必须写明；话务员不能退补；派出的不能退补', () => {
    given(s.registered)
      .when(dispatcher, 'requestInfo', { missing: ' ' })
      .refused('invalidInput', /^请填写缺少的信息$/)
    given(s.registered)
      .when(agent, 'requestInfo')
      .refused('forbidden', /^您的岗位不能退补$/)
    given(s.dispatched)
      .when(dispatcher, 'requestInfo')
      .refused('illegalTransition', /^工单待签收，不能退补$/)
  })

  it('待补充的仍可直接答复、不予受理，不能派单', () => {
    given(s.infoRequested).when(agent, 'answer').then('ticket.answered')
    given(s.infoRequested).when(dispatcher, 'decline').then('ticket.declined')
    given(s.infoRequested)
      .when(dispatcher, 'dispatch')
      .refused('illegalTransition', /^工单待补充，不能派单$/)
  })
})

describe('补充', () => {
  it('话务员补充后回到待派单，派单时限重新起算，受理时间不变', () => {
    const { ticket } = given(s.infoRequested, on('2026-11-25 10:00'))
      .when(agent, 'supplyInfo', { facts: '门牌号是 12 号', address: '黄河五路 12 号' })
      .then('ticket.infoSupplied')
    expect(ticket).toMatchObject({
      status: 'accepted',
      acceptedAt: at('2026-11-23 09:00'),
      dispatchBy: at('2026-11-25 24:00'),
      address: '黄河五路 12 号',
      newFacts: [{ text: '门牌号是 12 号', by: { userId: 'agent1' } }],
    })
    expect(ticket.infoRequest).toBeUndefined()
  })

  it('诉求人再来电时换了话务员，也可补充', () => {
    given(s.infoRequested).when(otherAgent, 'supplyInfo').then('ticket.infoSupplied')
  })

  it('受理过的，诉求人自己补充后即待派单；没有受理过的，仍须受理', () => {
    expect(given(s.infoRequested).when(citizen, 'supplyInfo').then('ticket.infoSupplied').ticket.status).toBe(
      'accepted',
    )
    const { ticket } = given(by(citizen, 'register'), by(dispatcher, 'requestInfo'))
      .when(citizen, 'supplyInfo')
      .then('ticket.infoSupplied')
    expect(ticket).toMatchObject({ status: 'registered' })
    expect(ticket.dispatchBy).toBeUndefined()
  })

  it('话务员补齐标题和事项的，即为受理；仍缺的，回到待受理', () => {
    const story = [s.submitted(), by(dispatcher, 'requestInfo'), on('2026-11-23 11:00')]
    expect(given(story).when(agent, 'supplyInfo').then('ticket.infoSupplied').ticket).toMatchObject({
      status: 'accepted',
      acceptedAt: at('2026-11-23 11:00'),
      matterCode: '010101',
    })
    expect(
      given(story).when(agent, 'supplyInfo', { matterCode: undefined }).then('ticket.infoSupplied').ticket.status,
    ).toBe('registered')
  })

  it('诉求人只补充事实，标题、事项、区划由热线确定', () => {
    for (const overrides of [{ title: '改个标题' }, { matterCode: '010101' }, { regionCode: CITY }])
      given(s.infoRequested)
        .when(citizen, 'supplyInfo', overrides)
        .refused('ruleViolated', /^标题、事项、区划由热线确定$/)
    given(s.infoRequested).when(citizen, 'supplyInfo', { address: '黄河五路 12 号' }).then('ticket.infoSupplied')
  })

  it.each([
    [{ facts: '' }, /^请填写补充内容$/, 'facts'],
    [{ matterCode: '0101' }, /^请选择第三级事项$/, 'matterCode'],
    [{ regionCode: '999999' }, /^区划不存在$/, 'regionCode'],
  ] as const)('补充的内容逐项检查：%o', (overrides, message, path) => {
    const { fields } = given(s.infoRequested).when(agent, 'supplyInfo', overrides).refused('invalidInput', message)
    expect(fields).toEqual([path])
  })

  it('没有退补的不能补充；承办单位不能补充', () => {
    given(s.registered)
      .when(agent, 'supplyInfo')
      .refused('illegalTransition', /^工单待派单，不能补充$/)
    given(s.infoRequested)
      .when(bureau.clerk, 'supplyInfo')
      .refused('forbidden', /^您的岗位不能补充$/)
  })
})

describe('补充新情况', () => {
  it.each([
    ['待签收', s.dispatched],
    ['办理中', s.handling],
    ['待单位审核', s.replied],
    ['待热线审核', s.signedOff],
    ['待回访', s.inCallback],
  ])('%s 的，诉求人和话务员都可补充，状态不变', (_, story) => {
    for (const actor of [agent, citizen]) {
      const before = given(story).ticket
      const { ticket } = given(story)
        .when(actor, 'supplement', { text: '昨夜又施工', attachmentIds: ['f1'] })
        .then('ticket.supplemented')
      expect(ticket.status).toBe(before.status)
      expect(ticket.newFacts.at(-1)).toMatchObject({ text: '昨夜又施工', attachmentIds: ['f1'] })
      expect(ticket.resolveBy).toEqual(before.resolveBy)
    }
  })

  it('还没派出的用更正，办结了的用重启', () => {
    given(s.registered)
      .when(agent, 'supplement')
      .refused('illegalTransition', /^工单待派单，不能补充新情况$/)
    given(s.closed)
      .when(citizen, 'supplement')
      .refused('illegalTransition', /^工单已办结，不能补充新情况$/)
    given(s.handling)
      .when(agent, 'supplement', { text: '' })
      .refused('invalidInput', /^请填写新情况$/)
  })
})

describe('撤回诉求', () => {
  it('诉求人撤回：承办单位的任务一律撤回，写明理由', () => {
    const { ticket } = given(
      s.withCo,
      by(bureau.clerk, 'acknowledge'),
      by(otherBureau.clerk, 'acknowledge'),
      on('2026-11-24 10:00'),
    )
      .when(citizen, 'withdraw', { reason: '邻居已停工' })
      .then('ticket.withdrawn')
    expect(ticket).toMatchObject({
      status: 'withdrawn',
      closedAt: at('2026-11-24 10:00'),
      withdrawn: { reason: '邻居已停工', by: { userId: 'caller' } },
      archiveBy: at('2026-12-24 10:00'),
    })
    expect(ticket.assignments.map(({ status }) => status)).toEqual(['recalled', 'recalled', 'done'])
    expect(ticket.cases[0]?.closedAt).toEqual(at('2026-11-24 10:00'))
  })

  it('话务员可以代诉求人撤回，不论是谁登记的；理由必填', () => {
    for (const actor of [agent, otherAgent]) given(s.handling).when(actor, 'withdraw').then('ticket.withdrawn')
    given(s.handling)
      .when(agent, 'withdraw', { reason: '' })
      .refused('invalidInput', /^请填写理由$/)
  })

  it('有申请待审的，申请一并作罢', () => {
    for (const story of [s.returnRequested, s.extensionEndorsed]) {
      const { ticket } = given(story).when(citizen, 'withdraw').then('ticket.withdrawn')
      expect(ticket.assignments[0]?.pendingReturn).toBeUndefined()
      expect(ticket.assignments[0]?.pendingExtension).toBeUndefined()
    }
  })

  it('举报不能撤回', () => {
    given(s.registeredAs({ kind: 'report' }))
      .when(citizen, 'withdraw')
      .refused('ruleViolated', /^举报不能撤回$/)
  })

  it('已转回访、已办结的不能撤回；派单员、承办单位不能撤回', () => {
    given(s.inCallback)
      .when(citizen, 'withdraw')
      .refused('illegalTransition', /^工单待回访，不能撤回诉求$/)
    given(s.closed)
      .when(agent, 'withdraw')
      .refused('illegalTransition', /^工单已办结，不能撤回诉求$/)
    for (const actor of [dispatcher, bureau.lead])
      given(s.handling)
        .when(actor, 'withdraw')
        .refused('forbidden', /^您的岗位不能撤回诉求$/)
  })

  it('撤回后三十天内有新情况的可以重启', () => {
    const { ticket } = given(s.handling, by(citizen, 'withdraw')).when(agent, 'reopen').then('ticket.reopened')
    expect(ticket.status).toBe('accepted')
    expect(ticket.archiveBy).toBeUndefined()
  })
})

describe('作废', () => {
  it('登记错误的由主任作废，写明理由', () => {
    for (const story of [s.submitted(), s.registered, s.infoRequested])
      expect(given(story).when(director, 'void', { reason: '重复登记' }).then('ticket.voided').ticket).toMatchObject({
        status: 'void',
        voided: { reason: '重复登记' },
      })
    given(s.registered)
      .when(director, 'void', { reason: '' })
      .refused('invalidInput', /^请填写理由$/)
  })

  it('派单员不能作废；派出的不能作废；有人并入的先撤销并单', () => {
    given(s.registered)
      .when(dispatcher, 'void')
      .refused('forbidden', /^您的岗位不能作废$/)
    given(s.dispatched)
      .when(director, 'void')
      .refused('illegalTransition', /^工单待签收，不能作废$/)
    given(s.joined)
      .when(director, 'void')
      .refused('ruleViolated', /^已有其他诉求并入本件，请先撤销并单$/)
  })
})

describe('退回补充前后的承办单位', () => {
  it('退单获准后又退补的，补充回来再派，原来对诉求人的期限不变', () => {
    const returned = given(s.registered, s.returnedBy(bureau)).ticket
    const { ticket } = given(s.registered, s.returnedBy(bureau), by(dispatcher, 'requestInfo'), by(agent, 'supplyInfo'))
      .when(dispatcher, 'dispatch', { leadUnitId: OTHER_BUREAU })
      .then('ticket.dispatched')
    expect(ticket.resolveBy).toEqual(returned.resolveBy)
    given(s.infoRequested)
      .when(callbackOfficer, 'supplyInfo')
      .refused('forbidden', /^您的岗位不能补充$/)
  })
})
