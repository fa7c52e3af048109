import { z } from 'zod'
import { Moment } from '../../calendar/momentInput'
import { id, keys, on, OPINION_MAX, optional, reason, required, TEXT_MAX } from '../commandInputs'
import * as L from '../labels'

const score = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)], { error: '请选择评价' })

/** The rating that a rectification ticket answers (差评整改). */
export const RatedInput = z.strictObject({
  ratingId: id,
  channel: keys(L.RATING_CHANNEL_LABELS),
  score,
  comment: optional('评价内容', OPINION_MAX),
  unitId: id,
  /** 事项 and 窗口 as the rated place names them. */
  item: optional('办理事项', 100),
  window: optional('窗口', 50),
  isNamed: z.boolean(),
  ratedAt: Moment,
  /** The ticket that was rated, if it was one. */
  ticketId: id.optional(),
})
export type RatedInput = z.output<typeof RatedInput>

/** 好差评 (domain.md §3.6). */
export const RATING_SCHEMAS = {
  rate: on('rate', {
    channel: keys(L.RATING_CHANNEL_LABELS).default('web'),
    score,
    comment: optional('评价内容', OPINION_MAX),
    isNamed: z.boolean().default(false),
  }),
  /** 整改: the unit's answer to a bad rating. */
  rectify: on('rectify', {
    cause: required('原因剖析', TEXT_MAX),
    measures: required('整改措施', TEXT_MAX),
    result: required('整改结果', TEXT_MAX),
    contactedAt: Moment.optional(),
    overdueReason: optional('超期原因', OPINION_MAX),
  }),
  /** 误评申诉. */
  appealRating: on('appealRating', { reason }),
  judgeRating: on('judgeRating', { verdict: keys(L.RATING_VERDICT_LABELS), reason }),
}
