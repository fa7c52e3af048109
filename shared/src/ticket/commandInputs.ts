import { z } from 'zod'
import { MOST_ATTACHMENTS } from '../attachment/kinds'
import { Moment } from '../calendar/momentInput'
import * as L from './labels'

/** Length limits of ticket.md §4; real messages reach 12,220 characters. */
export const TITLE_MAX = 60
export const TEXT_MAX = 20_000
export const ADDRESS_MAX = 200
export const OPINION_MAX = 2_000

export const keys = <K extends string>(labels: Record<K, string>, error?: string) =>
  z.enum(Object.keys(labels) as [K, ...K[]], error ? { error } : undefined)
export const required = (label: string, max: number) =>
  z
    .string({ error: `请填写${label}` })
    .trim()
    .min(1, `请填写${label}`)
    .max(max, `${label}不能超过 ${max} 字`)
export const optional = (label: string, max: number) =>
  z.string().trim().max(max, `${label}不能超过 ${max} 字`).optional()
export const id = z.string().regex(/^[\w@.|-]{1,64}$/, '标识格式不正确')
export const ids = z.array(id).max(50)
export const attachmentIds = z
  .array(id)
  .max(MOST_ATTACHMENTS, `附件最多 ${MOST_ATTACHMENTS} 个`)
  .refine((list) => new Set(list).size === list.length, '同一个附件给了两次')
  .default([])
const version = z.number({ error: '缺少版本号' }).int().min(0)
export const phone = z
  .string()
  .trim()
  .max(40)
  // Three digits at least: all numbers without any would be one and the same caller's.
  .regex(/^(?=(?:\D*\d){3})[+\d][\d\s()/-]{2,}$/, '号码格式不正确')

export const NUMBER_NEEDED = '请填写联系电话'

export const CallerInput = z.strictObject({
  number: phone.optional(),
  name: optional('姓名', 50),
  phone: phone.optional(),
  address: optional('住址', ADDRESS_MAX),
  gender: keys(L.GENDER_LABELS).default('unknown'),
  type: keys(L.CALLER_TYPE_LABELS).default('person'),
  isAnonymous: z.boolean().default(false),
})
export type CallerInput = z.output<typeof CallerInput>

export const Location = z.strictObject({ lng: z.number().min(73).max(136), lat: z.number().min(3).max(54) })
export const LimitInput = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('profile') }),
  z.strictObject({ kind: z.literal('workdays'), n: z.number().int().min(1).max(120) }),
  z.strictObject({ kind: z.literal('hours'), n: z.number().min(0.5).max(240) }),
])
export const confidentiality = z.union([z.literal(0), z.literal(1), z.literal(2)])
export const satisfaction = z.union([
  z.literal(1),
  z.literal(2),
  z.literal(3),
  z.literal(4),
  z.literal(5),
  z.literal('declined'),
])

export const content = {
  kind: keys(L.KIND_LABELS),
  matterCode: id.optional(),
  regionCode: id,
  address: optional('地址', ADDRESS_MAX),
  location: Location.optional(),
  occurredAt: Moment.optional(),
  title: optional('标题', TITLE_MAX),
  detail: required('诉求内容', TEXT_MAX),
  urgency: keys(L.URGENCY_LABELS).default('general'),
  complexity: keys(L.COMPLEXITY_LABELS).optional(),
  confidentiality: confidentiality.default(0),
  accusedUnitIds: ids.default([]),
  needsReply: z.boolean().default(true),
  needsCallback: z.boolean().default(true),
  isPublicAllowed: z.boolean().default(false),
}

export const four = {
  leadUnitId: id,
  coUnitIds: ids.default([]),
  copyUnitIds: ids.default([]),
  task: required('办理任务', OPINION_MAX),
  standard: required('办理标准', OPINION_MAX),
  limit: LimitInput,
  note: optional('备注', OPINION_MAX),
}
export const opinion = required('意见', OPINION_MAX)
export const reason = required('理由', OPINION_MAX)
export const on = <T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  z.strictObject({ type: z.literal(type), version, assignmentId: id.optional(), ...shape })
