import type { TicketView } from '@hotline/shared/ticket/view'
import { describe, expect, it } from 'vitest'
import type { ReplyAnswers } from './replyAnswers'
import { replyAdvice, replyGaps } from './replyCheck'

const ticket = { version: 3, isAnonymous: false, confidentiality: 0, hasContact: true } as TicketView
const mine = {
  dispatchedAt: '2026-11-20T01:00:00.000Z',
  resolveBy: '2026-11-27T16:00:00.000Z',
} as TicketView['assignments'][number]
const at = new Date('2026-11-22T02:00:00.000Z')
const names = (body: object) => replyGaps({ attachmentIds: [], ...body }, ticket, mine, at).map(({ name }) => name)
const whole = {
  ...{ isFactual: 'yes', contacted: 'yes', contactedAt: '2026-11-21T02:00:00.000Z', contactMethod: 'phone' },
  ...{ contactNumber: '13800000000', solved: 'yes', handling: '到场核实', publicReply: '已修好' },
}

describe('反馈还差什么', () => {
  it('一项没填时列出各项；按表单的顺序', () => {
    expect(names({ handling: '', publicReply: '' })).toEqual([
      '诉求是否属实',
      '是否联系诉求人',
      '是否解决',
      '办理情况',
      '公开答复',
    ])
    expect(names(whole)).toEqual([])
  })

  it('联系了要写何时、打哪个号码；没解决要写原因', () => {
    expect(names({ ...whole, contactNumber: undefined, solved: 'no' })).toEqual(['联系号码', '未完全解决的原因'])
    const [early] = replyGaps(
      { ...whole, attachmentIds: [], contactedAt: '2026-11-19T02:00:00.000Z' },
      ticket,
      mine,
      at,
    )
    expect(early?.message).toBe('联系时间不能早于派单')
  })
})

describe('审核可能退回的', () => {
  const answers = (changes: Partial<ReplyAnswers>): ReplyAnswers => ({
    ...{ isBeyondDuty: false, unsolvedReason: '', legalBasis: '', overdueReason: '', attachmentIds: [] },
    ...{ handling: '到场', publicReply: '', knowledge: [] },
    ...changes,
  })

  it('没联系、答复太短、空没填、不办没依据', () => {
    expect(replyAdvice(answers({ contacted: 'no', publicReply: '已处理' }))).toHaveLength(2)
    expect(replyAdvice(answers({ publicReply: `${'已经处理完毕'.repeat(6)}\n预计完成时间：` }))).toEqual([
      '公开答复里还有没填的空',
    ])
    expect(replyAdvice(answers({ solved: 'notHandled' }))).toEqual(['不予办理的，请写明依据'])
    expect(
      replyAdvice(answers({ publicReply: '您好，路灯已于十一月二十日修好，我们已同您电话确认，感谢监督。' })),
    ).toEqual([])
  })
})
