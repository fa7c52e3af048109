import { describe, expect, it } from 'vitest'
import { CLOCK } from '../../actor'
import { desksOf } from '../desks'
import { by, given, on, type Step } from '../testing/given'
import * as s from '../testing/stories'
import {
  agent,
  at,
  BUREAU,
  bureau,
  callbackOfficer,
  citizen,
  director,
  dispatcher,
  OTHER_BUREAU,
  otherBureau,
  supervisor,
} from '../testing/world'

const { rated } = s.ratedAs()

describe('好差评', () => {
  it('诉求人对办结、直接办结的工单评价一次，五级', () => {
    for (const story of [s.closed, s.answered]) {
      const { ticket } = given(story).when(citizen, 'rate', { score: 2, comment: '答复敷衍' }).then('ticket.rated')
      expect(ticket.rating).toMatchObject({ score: 2, comment: '答复敷衍', channel: 'web', isNamed: false })
      expect(ticket.status).toBe(given(story).ticket.status)
    }
    given(s.closed)
      .when(citizen, 'rate', { score: 6 as 5 })
      .refused('invalidInput', /^请选择评价$/)
  })

  it('评价过的不再评价；办结 30 天内评价', () => {
    given(s.closed, by(citizen, 'rate'))
      .when(citizen, 'rate')
      .refused('ruleViolated', /^已评价$/)
    given(s.closed, on('2026-12-23 09:00')).when(citizen, 'rate').then('ticket.rated')
    given(s.closed, on('2026-12-23 09:00:01'))
      .when(citizen, 'rate')
      .refused('ruleViolated', /^办结已超过 30 天，不能评价$/)
  })

  it('没有办结的不评价，热线和单位不能替诉求人评价', () => {
    given(s.handling)
      .when(citizen, 'rate')
      .refused('illegalTransition', /^工单办理中，不能评价$/)
    for (const actor of [agent, supervisor, bureau.clerk])
      given(s.closed)
        .when(actor, 'rate')
        .refused('forbidden', /^您的岗位不能评价$/)
  })

  it('对承办单位匿名的诉求人，评价也不署名', () => {
    given(s.closed).when(citizen, 'rate', { isNamed: true }).then('ticket.rated', { isNamed: true })
    const anonymous = [...s.registeredAs({ caller: { number: '13805430001', isAnonymous: true } }), by(agent, 'answer')]
    given(anonymous).when(citizen, 'rate', { isNamed: true }).then('ticket.rated', { isNamed: false })
  })
})

describe('差评整改工单', () => {
  it('由系统登记、受理并派给被评价单位，5 个工作日整改', () => {
    const { ticket } = given(s.badlyRated)
    expect(ticket).toMatchObject({
      status: 'dispatched',
      kind: 'rating',
      channel: 'rating',
      needsCallback: true,
      resolveBy: at('2026-11-30 24:00'),
      rated: { ratingId: 'r1', score: 1, unitId: BUREAU, isNamed: true },
    })
    expect(ticket.assignments).toMatchObject([{ unitId: BUREAU, role: 'lead', dispatchedBy: { userId: 'system' } }])
  })

  it('别人不能登记差评整改工单，系统也不登记别的工单', () => {
    for (const actor of [agent, dispatcher, director, citizen])
      given()
        .when(actor, 'register', s.ratedAs())
        .refused('forbidden', /^差评整改工单由系统登记$/)
    for (const broken of [
      s.ratedAs({ rated: undefined }),
      s.ratedAs({ kind: 'complaint' }),
      s.ratedAs({ channel: 'website' }),
      s.ratedAs({ externalNo: 'other' }),
      s.ratedAs({ externalNo: undefined }),
    ])
      given()
        .when(CLOCK, 'register', broken)
        .refused('ruleViolated', /^系统只登记差评整改工单$/)
  })

  it('系统只派差评整改件，只派一次；退单以后由派单员改派', () => {
    given(s.registered)
      .when(CLOCK, 'dispatch')
      .refused('ruleViolated', /^系统只派差评整改件$/)
    const returned = [...s.badlyRated, by(bureau.clerk, 'requestReturn'), by(dispatcher, 'approveReturn')]
    given(returned)
      .when(CLOCK, 'dispatch')
      .refused('ruleViolated', /^系统只派差评整改件$/)
    given(returned).when(dispatcher, 'dispatch', { leadUnitId: OTHER_BUREAU }).then('ticket.dispatched')
  })

  it('不能直接答复、不予受理、并单了事；评的是热线自己的，由热线答复', () => {
    const undispatched = by(CLOCK, 'register', s.ratedAs())
    for (const type of ['answer', 'decline', 'transferEmergency'] as const)
      given(undispatched)
        .when(dispatcher, type)
        .refused('ruleViolated', /^差评整改件须派单整改$/)
    given(undispatched)
      .when(dispatcher, 'merge')
      .refused('ruleViolated', /^差评整改件不能并单$/)
    const ofHotline = by(CLOCK, 'register', s.ratedAs({ rated: { ...rated!, unitId: agent.unitId } }))
    given(ofHotline).when(dispatcher, 'answer').then('ticket.answered')
  })

  it('实名差评必须回访，不能改为不回访', () => {
    given(s.badlyRated)
      .when(dispatcher, 'amend', { changes: { needsCallback: false }, reason: '诉求人不便' })
      .refused('invalidInput', /^实名差评必须回访$/)
    given(s.handling)
      .when(dispatcher, 'amend', { changes: { needsCallback: false }, reason: '诉求人不便' })
      .then('ticket.amended')
  })
})

describe('整改', () => {
  it('经办人提交原因剖析、整改措施、整改结果，送单位审核', () => {
    const { ticket, lead } = given(s.rectifying).when(bureau.handler, 'rectify').then('ticket.rectified')
    expect(ticket.status).toBe('unitReview')
    expect(lead.rectification).toMatchObject({
      cause: '窗口人员业务不熟',
      measures: '组织培训',
      result: '已向当事人致歉',
      by: { userId: bureau.handler.userId },
    })
    for (const field of ['cause', 'measures', 'result'] as const)
      given(s.rectifying)
        .when(bureau.handler, 'rectify', { [field]: '' })
        .refused('invalidInput', /^请填写/)
  })

  it('差评整改件不用办理反馈，其他工单不用整改', () => {
    given(s.rectifying)
      .when(bureau.handler, 'reply')
      .refused('ruleViolated', /^差评整改件请提交整改$/)
    given(s.handling)
      .when(bureau.handler, 'rectify')
      .refused('ruleViolated', /^不是差评整改件$/)
  })

  it('超期的须说明原因，联系时间不能晚于现在', () => {
    given(s.rectifying, on('2026-12-01 09:00'))
      .when(bureau.handler, 'rectify', { overdueReason: undefined })
      .refused('invalidInput', /^已超期，请填写超期原因$/)
    given(s.rectifying, on('2026-12-01 09:00')).when(bureau.handler, 'rectify').then('ticket.rectified')
    given(s.rectifying)
      .when(bureau.handler, 'rectify', { contactedAt: at('2026-11-24 09:00') })
      .refused('invalidInput', /^联系时间不能晚于现在$/)
    given(s.rectifying)
      .when(bureau.handler, 'rectify', { contactedAt: at('2026-11-20 09:00') })
      .refused('invalidInput', /^联系时间不能早于派单$/)
  })

  it('单位审核、热线审核照常，经办人与审核人不得为同一人', () => {
    const both = { ...bureau.lead, userId: bureau.handler.userId }
    given(s.rectified)
      .when(both, 'reviewByUnit')
      .refused('ruleViolated', /^经办人与审核人不得为同一人$/)
    given(s.rectified).when(bureau.lead, 'reviewByUnit', { isPassed: false }).then('ticket.unitReviewed')
    expect(given(s.rectified, by(bureau.lead, 'reviewByUnit')).ticket.status).toBe('hotlineReview')
  })

  it('实名差评整改后一律回访，匿名差评整改后办结', () => {
    const reviews: Step[] = [by(bureau.lead, 'reviewByUnit'), by(dispatcher, 'reviewByHotline')]
    expect(given(s.rectified, reviews).ticket.status).toBe('callback')
    given(s.rectified, reviews).when(callbackOfficer, 'recordCallback').then('ticket.closed', { outcome: 'satisfied' })
    const unnamed = given(s.unnamedBadlyRated, s.acknowledged, by(bureau.handler, 'rectify'), reviews).ticket
    expect(unnamed).toMatchObject({ status: 'closed', outcome: 'noCallback' })
  })

  it('回访仍不满意的重办，再提交整改', () => {
    given(
      s.rectified,
      by(bureau.lead, 'reviewByUnit'),
      by(dispatcher, 'reviewByHotline'),
      by(callbackOfficer, 'recordCallback', s.dissatisfied('reasonable')),
    )
      .when(bureau.handler, 'rectify', { result: '已更换窗口人员并再次致歉' })
      .then('ticket.rectified')
  })

  it('整改件不再被评价', () => {
    given(
      s.rectified,
      by(bureau.lead, 'reviewByUnit'),
      by(dispatcher, 'reviewByHotline'),
      by(callbackOfficer, 'recordCallback'),
    )
      .when(citizen, 'rate', { score: 1 })
      .refused('ruleViolated', /^差评整改件不再评价$/)
  })
})

describe('误评申诉与认定', () => {
  const appealed = [...s.rectifying, by(bureau.clerk, 'appealRating')]

  it('被评价单位收文员、分管负责人申诉一次，在督办员台上待认定', () => {
    for (const actor of [bureau.clerk, bureau.lead])
      for (const story of [s.badlyRated, s.rectifying]) {
        const { ticket } = given(story).when(actor, 'appealRating').then('ticket.ratingAppealed')
        expect(ticket.rated).toMatchObject({ score: 1, appeal: { reason: '评价人误触评价器' } })
        expect(desksOf(ticket)).toContain('hotline|ratingReview')
      }
    given(appealed)
      .when(bureau.lead, 'appealRating')
      .refused('ruleViolated', /^已申诉，待认定$/)
    given(s.rectifying)
      .when(bureau.handler, 'appealRating')
      .refused('forbidden', /^您的岗位不能误评申诉$/)
    given(s.handling)
      .when(bureau.clerk, 'appealRating')
      .refused('ruleViolated', /^不是差评整改件$/)
  })

  it('提交整改以后不再申诉，协办单位不能申诉', () => {
    given(s.rectified, by(bureau.lead, 'reviewByUnit', { isPassed: false }))
      .when(bureau.clerk, 'appealRating')
      .refused('ruleViolated', /^已提交整改，不再申诉$/)
    given(by(CLOCK, 'register', s.ratedAs()), by(dispatcher, 'dispatch', { coUnitIds: [OTHER_BUREAU] }))
      .when(otherBureau.clerk, 'appealRating')
      .refused('ruleViolated', /^由主办单位申诉$/)
  })

  it('申诉期间照常整改，时限照走', () => {
    expect(given(appealed).ticket.resolveBy).toEqual(given(s.rectifying).ticket.resolveBy)
    given(appealed).when(bureau.handler, 'rectify').then('ticket.rectified')
  })

  it('认定误评、恶意差评：办结，原评价保留在旁', () => {
    for (const verdict of ['misrated', 'malicious'] as const)
      for (const actor of [supervisor, director]) {
        const { ticket } = given(appealed).when(actor, 'judgeRating', { verdict }).then('ticket.ratingJudged')
        expect(ticket).toMatchObject({
          status: 'closed',
          outcome: 'misrated',
          rated: { ...rated, verdict: { verdict, reason: '经核实属实', by: { userId: actor.userId } } },
        })
        expect(desksOf(ticket)).toEqual([])
      }
  })

  it('认定有效差评：继续整改', () => {
    const { ticket, news } = given(appealed).when(supervisor, 'judgeRating').then('ticket.ratingJudged')
    expect(news).toHaveLength(1)
    expect(ticket).toMatchObject({ status: 'handling', rated: { verdict: { verdict: 'valid' } } })
    expect(desksOf(ticket)).not.toContain('hotline|ratingReview')
    given(appealed, by(supervisor, 'judgeRating')).when(bureau.handler, 'rectify').then('ticket.rectified')
  })

  it('没有申诉也可认定；认定一次，认定以后不得申诉', () => {
    given(s.badlyRated).when(supervisor, 'judgeRating', { verdict: 'misrated' }).then('ticket.closed')
    given(s.rectified).when(supervisor, 'judgeRating', { verdict: 'misrated' }).then('ticket.closed')
    given(s.rectifying, by(supervisor, 'judgeRating'))
      .when(director, 'judgeRating')
      .refused('ruleViolated', /^评价已认定$/)
    given(s.rectifying, by(supervisor, 'judgeRating'))
      .when(bureau.clerk, 'appealRating')
      .refused('ruleViolated', /^评价已认定，不得再申诉$/)
    given(s.handling)
      .when(supervisor, 'judgeRating')
      .refused('ruleViolated', /^不是差评整改件$/)
    given(appealed)
      .when(dispatcher, 'judgeRating')
      .refused('forbidden', /^您的岗位不能评价认定$/)
    given(appealed)
      .when(supervisor, 'judgeRating', { reason: '' })
      .refused('invalidInput', /^请填写理由$/)
  })

  it('已办结的整改件也可认定，只记认定', () => {
    const closed = [
      ...s.rectified,
      by(bureau.lead, 'reviewByUnit'),
      by(dispatcher, 'reviewByHotline'),
      by(callbackOfficer, 'recordCallback'),
    ]
    const { ticket, news } = given(closed)
      .when(supervisor, 'judgeRating', { verdict: 'misrated' })
      .then('ticket.ratingJudged')
    expect(news).toHaveLength(1)
    expect(ticket).toMatchObject({
      status: 'closed',
      outcome: 'satisfied',
      rated: { verdict: { verdict: 'misrated' } },
    })
  })
})
