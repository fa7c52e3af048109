import { z } from 'zod'
import { FromMoment, Moment, ToMoment } from '../calendar/momentInput'
import { PageQuery, type Page } from '../page'
import type { RatingMeasure } from '../stats/ratingMeasures'
import { id, keys, OPINION_MAX, optional, phone } from '../ticket/commandInputs'
import * as L from '../ticket/labels'

/** 好差评 of a 窗口 or a 事项: an agent enters what he heard on the telephone, a clerk what the counter's device took. */
export const RateInput = z
  .strictObject({
    channel: keys(L.RATING_CHANNEL_LABELS),
    unitId: id,
    /** 事项 and 窗口 as the rated place names them. */
    item: optional('办理事项', 100),
    window: optional('窗口', 50),
    score: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)], { error: '请选择评价' }),
    comment: optional('评价内容', OPINION_MAX),
    isNamed: z.boolean().default(false),
    /** For a named one, who is called back. Sealed; with a good rating it is not kept at all. */
    contact: z.strictObject({ name: optional('姓名', 50), phone }).optional(),
    /** False for what the device noted by itself because nobody pressed a key (默认好评). */
    isActive: z.boolean().default(true),
    /** The device's own number: sent again, it is the same rating. */
    externalNo: optional('外部编号', 64),
    ratedAt: Moment.optional(),
  })
  .refine(({ isNamed, contact }) => !isNamed || contact !== undefined, {
    path: ['contact'],
    message: '实名评价须留联系电话',
  })
export type RateInput = z.output<typeof RateInput>

/** Where the rectification of a bad rating stands. */
export const RATING_STATE_LABELS = {
  rectifying: '整改中',
  rectified: '已整改',
  misrated: '误评',
  malicious: '恶意差评',
} as const
export type RatingState = keyof typeof RATING_STATE_LABELS

const period = {
  /** By default from the first of the month until now. */
  from: FromMoment.optional(),
  to: ToMoment.optional(),
  /** With all units under it. */
  unitId: z.string().max(64).optional(),
}

/** `GET /api/ratings`. */
export const RatingQuery = PageQuery.extend({
  ...period,
  /** `bad`: 不满意、非常不满意, whatever was found of them since. */
  grade: z.enum(['good', 'bad']).optional(),
  state: z.enum(Object.keys(RATING_STATE_LABELS) as [RatingState, ...RatingState[]]).optional(),
  channel: keys(L.RATING_CHANNEL_LABELS).optional(),
}).strict()
export type RatingQuery = z.output<typeof RatingQuery>

/** `GET /api/ratings/measures`. */
export const RatingMeasureQuery = z.strictObject({ ...period, groupBy: z.enum(['unit', 'month']).optional() })
export type RatingMeasureQuery = z.output<typeof RatingMeasureQuery>

export interface RatingItem {
  id: string
  channel: L.RatingChannel
  score: 1 | 2 | 3 | 4 | 5
  comment?: string
  unitId: string
  unitName: string
  item?: string
  window?: string
  isNamed: boolean
  isActive: boolean
  ratedAt: string
  /** The ticket that was rated, if it was one. */
  ticketId?: string
  state?: RatingState
  /** The rectification ticket, as soon as it is registered. */
  rectification?: {
    ticketId: string
    no: string
    status: L.TicketStatus
    hasAppeal: boolean
    verdict?: L.RatingVerdict
    rectifiedAt?: string
    calledBackAt?: string
    resolveBy?: string
    closedAt?: string
  }
}
export type RatingPage = Page<RatingItem>

export interface RatingMeasures {
  from: string
  to: string
  unitId?: string
  unitName?: string
  total: RatingMeasure[]
  /** With `groupBy`: the most rated unit first, months in their order. */
  items: { key: string; name: string; measures: RatingMeasure[] }[]
}
