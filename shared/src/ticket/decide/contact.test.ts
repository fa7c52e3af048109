import { describe, expect, it } from 'vitest'
import { by, given, on } from '../testing/given'
import * as s from '../testing/stories'
import { at, bureau, citizen, dispatcher, otherBureau } from '../testing/world'

describe('联系诉求人', () => {
  it('经办人、收文员记录时间、方式、结果，首次的记为首次联系', () => {
    for (const actor of [bureau.handler, bureau.clerk]) {
      const { ticket, lead } = given(s.handling, on('2026-11-23 15:00'))
        .when(actor, 'recordContact', { contactedAt: at('2026-11-23 14:30'), method: 'visit', isReached: true })
        .then('ticket.contactRecorded', { method: 'visit', contactedAt: at('2026-11-23 14:30') })
      expect(lead.firstContactAt).toEqual(at('2026-11-23 14:30'))
      expect(ticket.contacts).toMatchObject([{ assignmentId: 'a1', at: at('2026-11-23 15:00'), isReached: true }])
    }
  })

  it('再次联系不改首次联系时间', () => {
    const { ticket } = given(
      s.handling,
      by(bureau.handler, 'recordContact'),
      on('2026-11-24 10:00'),
      by(bureau.handler, 'recordContact'),
    )
    expect(ticket.contacts).toHaveLength(2)
    expect(ticket.assignments[0]?.firstContactAt).toEqual(at('2026-11-23 09:00'))
  })

  it('联系情况必填；时间不能晚于现在，不能早于派单', () => {
    given(s.handling)
      .when(bureau.handler, 'recordContact', { result: '' })
      .refused('invalidInput', /^请填写联系情况$/)
    given(s.handling)
      .when(bureau.handler, 'recordContact', { contactedAt: at('2026-11-23 09:02') })
      .refused('invalidInput', /^联系时间不能晚于现在$/)
    given(s.handling)
      .when(bureau.handler, 'recordContact', { contactedAt: at('2026-11-23 08:58') })
      .refused('invalidInput', /^联系时间不能早于派单$/)
  })

  it.each([
    ['匿名', { caller: { number: '13805430001', isAnonymous: true } }],
    ['隐藏身份', { confidentiality: 1 as const }],
    ['举报保密', { kind: 'report' as const, confidentiality: 2 as const }],
  ])('%s的工单由热线联系，单位不得联系', (_, overrides) => {
    given(s.registeredAs(overrides), by(dispatcher, 'dispatch'), s.acknowledged)
      .when(bureau.handler, 'recordContact')
      .refused('ruleViolated', /^匿名或保密工单由热线联系诉求人$/)
  })

  it('退单待审时不联系，签收前不联系', () => {
    given(s.handling, by(bureau.clerk, 'requestReturn'))
      .when(bureau.handler, 'recordContact')
      .refused('ruleViolated', /^退单申请待审核$/)
    given(s.dispatched)
      .when(bureau.clerk, 'recordContact')
      .refused('illegalTransition', /^承办任务待签收/)
  })

  it('负责人、外单位、诉求人都不记', () => {
    given(s.handling)
      .when(bureau.lead, 'recordContact')
      .refused('forbidden', /^您的岗位不能联系诉求人$/)
    given(s.handling)
      .when(otherBureau.handler, 'recordContact')
      .refused('forbidden', /^不是本单位的承办任务$/)
    given(s.handling)
      .when(citizen, 'recordContact')
      .refused('forbidden', /^您的岗位/)
  })
})

describe('办理进展', () => {
  it('随时可记，记在自己的任务上', () => {
    const { ticket } = given(s.withCo, by(otherBureau.clerk, 'acknowledge'))
      .when(otherBureau.handler, 'recordProgress')
      .then('ticket.progressRecorded', { assignmentId: 'a2', note: '已到现场' })
    expect(ticket.progress).toMatchObject([{ assignmentId: 'a2', by: { userId: otherBureau.handler.userId } }])
  })

  it('内容必填', () => {
    given(s.handling)
      .when(bureau.handler, 'recordProgress', { note: '' })
      .refused('invalidInput', /^请填写办理进展$/)
  })
})
