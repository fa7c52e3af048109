import { momentText } from '@hotline/shared/calendar/day'
import { FALLBACK_MATTER } from '@hotline/shared/catalogue/matterData'
import { ADDRESS_MAX, TITLE_MAX } from '@hotline/shared/ticket/commandInputs'
import { Register } from '@hotline/shared/ticket/commands'
import { RATING_CHANNEL_LABELS, SATISFACTION_LABELS } from '@hotline/shared/ticket/labels'
import type { CommandOf } from '@hotline/shared/ticket/commands'
import type { Ticket } from '@hotline/shared/ticket/ticket'
import type { Unit } from '@hotline/shared/unit/unit'
import type { RatingRow } from './ratingStore'

/** 政务与综合 / 好差评 / 政务服务好差评. */
const MATTER = '160801'

export interface RatedThings {
  row: RatingRow
  unit: Unit
  /** The ticket that was rated, if it was one. */
  ticket?: Pick<Ticket, 'no' | 'confidentiality' | 'accusedUnitIds'>
  contact: { name?: string; phone?: string }
  isLeafMatter(code: string): boolean
}

/** What the system registers of a bad rating. An unnamed one carries nobody's number. */
export function rectificationTicket({ row, unit, ticket, contact, isLeafMatter }: RatedThings): CommandOf<'register'> {
  const { _id, channel, score, comment, unitId, item, window, isNamed, ratedAt, ticketId } = row
  const place = `${unit.shortName ?? unit.name}${window ? ` ${window}` : ''}`
  const facts = [
    `评价渠道：${RATING_CHANNEL_LABELS[channel]}；评价时间：${momentText(ratedAt)}；评价：${SATISFACTION_LABELS[score]}。`,
    ...(item ? [`办理事项：${item}。`] : []),
    ...(window ? [`窗口：${window}。`] : []),
    ...(ticket ? [`评价的工单：${ticket.no}。`] : []),
    `评价内容：${comment ?? '（未填写）'}`,
  ]
  return Register.parse({
    type: 'register',
    channel: 'rating',
    kind: 'rating',
    caller: isNamed ? contact : { isAnonymous: true },
    matterCode: isLeafMatter(MATTER) ? MATTER : FALLBACK_MATTER,
    regionCode: unit.regionCode,
    address: place.slice(0, ADDRESS_MAX),
    title: `差评整改：${place}`.slice(0, TITLE_MAX),
    detail: facts.join('\n'),
    // Whose identity the unit did not know before is not told to it now.
    confidentiality: ticket && ticket.confidentiality > 0 ? 1 : 0,
    // Nor is what he says of it ever given to whom he accused.
    accusedUnitIds: ticket && ticket.confidentiality > 0 ? ticket.accusedUnitIds : [],
    needsReply: isNamed,
    needsCallback: isNamed,
    externalNo: _id,
    rated: { ratingId: _id, channel, score, comment, unitId, item, window, isNamed, ratedAt, ticketId },
  })
}

export const RECTIFY_TASK = '剖析差评原因，落实整改措施，报送整改结果'
export const RECTIFY_STANDARD = '原因查清、措施到位；实名差评须联系评价人并取得谅解'
