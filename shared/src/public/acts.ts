import { z } from 'zod'
import { COMMAND_SCHEMAS } from '../ticket/commands'
import type { PublicAct } from '../ticket/view'

const { supplement, supplyInfo, withdraw, rate } = COMMAND_SCHEMAS

/** Six of the thirty characters that nobody mistakes for one another. */
export const QueryCode = z.string({ error: '请输入查询码' }).trim().toUpperCase().length(6, '查询码为 6 位')

/** What a citizen may say to each of his commands: never a version, nor what is the hotline's to decide. */
export const PUBLIC_ACT_INPUTS = {
  urge: z.strictObject({ note: z.string().trim().max(500, '催办内容不能超过 500 字').optional() }),
  supplement: z.strictObject({ text: supplement.shape.text, attachmentIds: supplement.shape.attachmentIds }),
  supplyInfo: z.strictObject({
    facts: supplyInfo.shape.facts,
    address: supplyInfo.shape.address,
    location: supplyInfo.shape.location,
  }),
  withdraw: z.strictObject({ reason: withdraw.shape.reason }),
  rate: z.strictObject({
    channel: z.enum(['web', 'kiosk']).default('web'),
    score: rate.shape.score,
    comment: rate.shape.comment,
    isNamed: rate.shape.isNamed,
  }),
} as const satisfies Record<PublicAct, z.ZodObject>
export type PublicActInput<A extends PublicAct> = z.input<(typeof PUBLIC_ACT_INPUTS)[A]>

/** Where it is shown without a body: an address would be kept by proxies, histories and logs. */
export const CODE_HEADER = 'Query-Code'
