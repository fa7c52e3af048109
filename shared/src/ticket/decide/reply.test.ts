import { describe, expect, it } from 'vitest'
import { by, given, on, type Step } from '../testing/given'
import type { Overrides } from '../testing/inputs'
import * as s from '../testing/stories'
import { at, bureau, citizen, county, dispatcher, otherBureau } from '../testing/world'

type ReplyInput = Overrides<'reply'>
const registeredAndHandling = (overrides: Overrides<'register'>): Step[] => [
  ...s.registeredAs(overrides),
  by(dispatcher, 'dispatch'),
  s.acknowledged,
]

describe('办理反馈', () => {
  it('经办人反馈后待单位审核；联系号码不进历史', () => {
    const { ticket, lead } = given(s.handling, on('2026-11-25 10:00'))
      .when(bureau.handler, 'reply')
      .then('ticket.replied', { assignmentId: 'a1' })
    expect(ticket.status).toBe('unitReview')
    expect(lead).toMatchObject({
      status: 'inReview',
      reply: { isFactual: 'yes', solved: 'yes', hasContactNumber: true, by: { userId: bureau.handler.userId } },
    })
    expect(JSON.stringify(ticket)).not.toContain('13800000000')
  })

  it.each<[string, ReplyInput, RegExp, string]>([
    ['诉求是否属实', { isFactual: undefined }, /./, 'isFactual'],
    ['是否联系', { contacted: undefined }, /./, 'contacted'],
    ['联系时间', { contactedAt: undefined }, /^请填写联系时间$/, 'contactedAt'],
    ['联系方式', { contactMethod: undefined }, /^请选择联系方式$/, 'contactMethod'],
    ['联系号码', { contactNumber: undefined }, /^请填写联系号码$/, 'contactNumber'],
    ['是否解决', { solved: undefined }, /./, 'solved'],
    ['未解决原因', { solved: 'no' }, /^未完全解决的须填写原因$/, 'unsolvedReason'],
    ['部分解决的原因', { solved: 'partly' }, /^未完全解决的须填写原因$/, 'unsolvedReason'],
    ['不办理的原因', { solved: 'notHandled' }, /^未完全解决的须填写原因$/, 'unsolvedReason'],
    ['办理情况', { handling: ' ' }, /^请填写办理情况$/, 'handling'],
    ['公开答复', { publicReply: '' }, /^请填写公开答复$/, 'publicReply'],
    ['办理情况过长', { handling: '办'.repeat(20_001) }, /^办理情况不能超过 20000 字$/, 'handling'],
    ['将来的联系时间', { contactedAt: at('2026-11-23 10:00') }, /^联系时间不能晚于现在$/, 'contactedAt'],
    ['派单前的联系时间', { contactedAt: at('2026-11-20 10:00') }, /^联系时间不能早于派单$/, 'contactedAt'],
  ])('必填：%s', (_, overrides, message, path) => {
    const { fields } = given(s.handling).when(bureau.handler, 'reply', overrides).refused('invalidInput', message)
    expect(fields).toEqual([path])
  })

  it('不是电话联系的不要号码；未联系的什么都不要', () => {
    given(s.handling)
      .when(bureau.handler, 'reply', { contactMethod: 'visit', contactNumber: undefined })
      .then('ticket.replied')
    given(s.handling)
      .when(bureau.handler, 'reply', {
        contacted: 'no',
        contactedAt: undefined,
        contactMethod: undefined,
        contactNumber: undefined,
      })
      .then('ticket.replied')
  })

  it('未解决的写明原因即可反馈', () => {
    given(s.handling)
      .when(bureau.handler, 'reply', { solved: 'notHandled', unsolvedReason: '不属职责' })
      .then('ticket.replied')
  })

  it.each<[string, Overrides<'register'>]>([
    ['匿名', { caller: { number: '13805430001', isAnonymous: true } }],
    ['隐藏身份', { confidentiality: 1 }],
  ])('%s的免联系，也不得联系', (_, overrides) => {
    const story = registeredAndHandling(overrides)
    given(story).when(bureau.handler, 'reply').then('ticket.replied')
    given(story)
      .when(bureau.handler, 'reply', { contacted: 'yes', contactMethod: 'visit', contactedAt: at('2026-11-23 09:00') })
      .refused('invalidInput', /^匿名或保密工单不得联系诉求人$/)
  })

  it('有联系方式而不保密的，应当联系', () => {
    given(s.handling)
      .when(bureau.handler, 'reply', { contacted: 'exempt' })
      .refused('invalidInput', /^本件应当联系诉求人$/)
  })

  it('没有联系方式的可免联系，上门见到了也可以写已联系', () => {
    const story = registeredAndHandling({ channel: 'province', caller: {} })
    given(story).when(bureau.handler, 'reply', { contacted: 'exempt' }).then('ticket.replied')
    given(story)
      .when(bureau.handler, 'reply', { contacted: 'yes', contactMethod: 'visit', contactedAt: at('2026-11-23 09:00') })
      .then('ticket.replied')
  })

  it('超期反馈须写超期原因，到期时刻还不算', () => {
    const bare = { overdueReason: undefined }
    given(s.handling, on('2026-11-30 24:00')).when(bureau.handler, 'reply', bare).then('ticket.replied')
    given(s.handling, on('2026-12-01 00:00:01'))
      .when(bureau.handler, 'reply', bare)
      .refused('invalidInput', /^已超期，请填写超期原因$/)
    given(s.handling, on('2026-12-01 00:00:01')).when(bureau.handler, 'reply').then('ticket.replied')
  })

  it('协办未反馈，主办不得反馈', () => {
    const waiting = [...s.withCo, s.acknowledged]
    given(waiting)
      .when(bureau.handler, 'reply')
      .refused('ruleViolated', /^还有 1 个协办（下派）单位未反馈$/)
    const inReview = [...waiting, by(otherBureau.clerk, 'acknowledge'), by(otherBureau.handler, 'reply')]
    given(inReview)
      .when(bureau.handler, 'reply')
      .refused('ruleViolated', /^还有 1 个协办/)
    const done = [...inReview, by(otherBureau.lead, 'reviewByUnit')]
    expect(given(done).when(bureau.handler, 'reply').then('ticket.replied').ticket.status).toBe('unitReview')
  })

  it('协办反馈不动工单', () => {
    const { ticket } = given(s.withCo, by(otherBureau.clerk, 'acknowledge'))
      .when(otherBureau.handler, 'reply')
      .then('ticket.replied', { assignmentId: 'a2' })
    expect(ticket).toMatchObject({
      status: 'dispatched',
      assignments: [{ status: 'toAcknowledge' }, { status: 'inReview' }, {}],
    })
  })

  it('有申请待审时不能反馈', () => {
    given(s.extensionRequested)
      .when(bureau.handler, 'reply')
      .refused('ruleViolated', /^有申请待审核，不能反馈$/)
    given(s.handling, by(bureau.clerk, 'requestReturn'))
      .when(bureau.handler, 'reply')
      .refused('ruleViolated', /^有申请待审核，不能反馈$/)
  })

  it('签收前、反馈后不能反馈；收文员、外单位、抄送单位、诉求人不能反馈', () => {
    given(s.dispatched)
      .when(bureau.handler, 'reply')
      .refused('illegalTransition', /^承办任务待签收，不能办理反馈$/)
    given(s.replied)
      .when(bureau.handler, 'reply')
      .refused('illegalTransition', /^承办任务待单位审核，不能办理反馈$/)
    given(s.handling)
      .when(bureau.clerk, 'reply')
      .refused('forbidden', /^您的岗位不能办理反馈$/)
    given(s.handling)
      .when(otherBureau.handler, 'reply')
      .refused('forbidden', /^不是本单位的承办任务$/)
    given(s.withCo)
      .when(county.handler, 'reply')
      .refused('illegalTransition', /^承办任务已完成/)
    given(s.handling).when(citizen, 'reply').refused('forbidden', /./)
  })

  it('反馈里写了联系时间的，补记首次联系', () => {
    const { lead } = given(s.handling, on('2026-11-25 10:00')).when(bureau.handler, 'reply').then('ticket.replied')
    expect(lead.firstContactAt).toEqual(at('2026-11-25 10:00'))
  })
})
