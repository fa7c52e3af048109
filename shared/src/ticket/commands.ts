import { z } from 'zod'
import { Moment } from '../calendar/momentInput'
import * as L from './labels'

/** Length limits of ticket.md §4; real messages reach 12,220 characters. */
export const TITLE_MAX = 60
export const TEXT_MAX = 20_000
export const ADDRESS_MAX = 200
export const OPINION_MAX = 2_000

const keys = <K extends string>(labels: Record<K, string>) => z.enum(Object.keys(labels) as [K, ...K[]])
const required = (label: string, max: number) =>
  z
    .string({ error: `请填写${label}` })
    .trim()
    .min(1, `请填写${label}`)
    .max(max, `${label}不能超过 ${max} 字`)
const optional = (label: string, max: number) => z.string().trim().max(max, `${label}不能超过 ${max} 字`).optional()
const id = z.string().regex(/^[\w@.|-]{1,64}$/, '标识格式不正确')
const ids = z.array(id).max(50)
const version = z.number({ error: '缺少版本号' }).int().min(0)
const phone = z
  .string()
  .trim()
  .max(40)
  // Three digits at least: all numbers without any would be one and the same caller's.
  .regex(/^(?=(?:\D*\d){3})[+\d][\d\s()/-]{2,}$/, '号码格式不正确')

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
const confidentiality = z.union([z.literal(0), z.literal(1), z.literal(2)])
const satisfaction = z.union([
  z.literal(1),
  z.literal(2),
  z.literal(3),
  z.literal(4),
  z.literal(5),
  z.literal('declined'),
])

const content = {
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

/** 登记. Staff must give title and matter too (their tickets are accepted in the same commit). */
export const Register = z.strictObject({
  type: z.literal('register'),
  channel: keys(L.CHANNEL_LABELS),
  caller: CallerInput,
  ...content,
  externalNo: optional('外部单号', 64),
  callId: id.optional(),
  attachmentIds: ids.default([]),
})

const four = {
  leadUnitId: id,
  coUnitIds: ids.default([]),
  copyUnitIds: ids.default([]),
  task: required('办理任务', OPINION_MAX),
  standard: required('办理标准', OPINION_MAX),
  limit: LimitInput,
  note: optional('备注', OPINION_MAX),
}
const opinion = required('意见', OPINION_MAX)
const reason = required('理由', OPINION_MAX)
const on = <T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  z.strictObject({ type: z.literal(type), version, assignmentId: id.optional(), ...shape })

/** Every command, by its name in `LIFECYCLE`. Strict: an unknown field is an error, not a silent loss. */
export const COMMAND_SCHEMAS = {
  register: Register,
  accept: on('accept', {
    title: required('标题', TITLE_MAX).optional(),
    matterCode: id.optional(),
    regionCode: id.optional(),
  }),
  amend: on('amend', {
    changes: z
      .strictObject({
        ...content,
        kind: content.kind.optional(),
        regionCode: id.optional(),
        detail: content.detail.optional(),
        urgency: keys(L.URGENCY_LABELS).optional(),
        confidentiality: confidentiality.optional(),
        accusedUnitIds: ids.optional(),
        needsReply: z.boolean().optional(),
        needsCallback: z.boolean().optional(),
        isPublicAllowed: z.boolean().optional(),
      })
      .refine((changes) => Object.values(changes).some((value) => value !== undefined), '没有要更正的内容'),
    reason: optional('理由', OPINION_MAX),
  }),
  answer: on('answer', { answer: required('答复内容', TEXT_MAX), knowledgeIds: ids.default([]) }),
  decline: on('decline', { code: keys(L.DECLINE_LABELS), reason, channelTold: optional('告知的法定渠道', 500) }),
  transferEmergency: on('transferEmergency', {
    to: keys(L.EMERGENCY_LABELS),
    transferredAt: Moment,
    isThreeWay: z.boolean().default(false),
    note: optional('说明', OPINION_MAX),
  }),
  dispatch: on('dispatch', four),
  designate: on('designate', { ...four, basis: required('指定依据', OPINION_MAX) }),
  recall: on('recall', { reason }),
  acknowledge: on('acknowledge', {}),
  autoAcknowledge: on('autoAcknowledge', {}),
  requestReturn: on('requestReturn', {
    reason: keys(L.RETURN_REASON_LABELS),
    basis: required('退单依据', OPINION_MAX),
    suggestedUnitId: id,
  }),
  approveReturn: on('approveReturn', { opinion }),
  rejectReturn: on('rejectReturn', { opinion }),
  assignHandler: on('assignHandler', { handlerId: id }),
  recordContact: on('recordContact', {
    contactedAt: Moment,
    method: keys(L.CONTACT_METHOD_LABELS),
    isReached: z.boolean(),
    result: required('联系情况', OPINION_MAX),
  }),
  recordProgress: on('recordProgress', { note: required('办理进展', OPINION_MAX) }),
  requestExtension: on('requestExtension', {
    reason,
    workdays: z.number({ error: '请填写延期工作日数' }).int().min(1).max(60),
    isCallerTold: z.boolean(),
  }),
  endorseRequest: on('endorseRequest', { opinion }),
  refuseRequest: on('refuseRequest', { opinion }),
  approveExtension: on('approveExtension', { opinion }),
  rejectExtension: on('rejectExtension', { opinion }),
  reply: on('reply', {
    isFactual: keys(L.FACTUAL_LABELS),
    isBeyondDuty: z.boolean().default(false),
    contacted: keys(L.CONTACTED_LABELS),
    contactNumber: phone.optional(),
    contactedAt: Moment.optional(),
    contactMethod: keys(L.CONTACT_METHOD_LABELS).optional(),
    solved: keys(L.HANDLED_LABELS),
    unsolvedReason: optional('未解决原因', OPINION_MAX),
    handling: required('办理情况', TEXT_MAX),
    publicReply: required('公开答复', TEXT_MAX),
    legalBasis: optional('法规依据', OPINION_MAX),
    overdueReason: optional('超期原因', OPINION_MAX),
    attachmentIds: ids.default([]),
  }),
  reviewByUnit: on('reviewByUnit', { isPassed: z.boolean(), opinion }),
  reviewByHotline: on('reviewByHotline', { isPassed: z.boolean(), opinion }),
  recordAttempt: on('recordAttempt', {
    result: keys(L.ATTEMPT_LABELS),
    nextAt: Moment.optional(),
    remark: optional('备注', OPINION_MAX),
  }),
  closeUnreachable: on('closeUnreachable', {}),
  recordCallback: on('recordCallback', {
    method: keys(L.CALLBACK_METHOD_LABELS),
    solved: keys(L.SOLVED_LABELS),
    contactedByUnit: z.boolean(),
    satisfaction: z.strictObject({ result: satisfaction, attitude: satisfaction, agent: satisfaction }),
    reasons: z.array(keys(L.DISSATISFIED_LABELS)).max(7).optional(),
    remark: optional('诉求人意见', OPINION_MAX),
    judged: z.enum(['reasonable', 'unreasonable']).optional(),
  }),
  judgeCallback: on('judgeCallback', { verdict: z.enum(['upheld', 'dismissed']), reason }),
  rework: on('rework', { reason }),
  reopen: on('reopen', { newFacts: required('新情况、新理由', TEXT_MAX) }),
  urge: on('urge', { note: optional('催办内容', OPINION_MAX) }),
  yellowCard: on('yellowCard', {}),
  redCard: on('redCard', {}),
} as const

export type CommandType = keyof typeof COMMAND_SCHEMAS
export const COMMAND_TYPES = Object.keys(COMMAND_SCHEMAS) as CommandType[]
export type CommandOf<T extends CommandType> = z.output<(typeof COMMAND_SCHEMAS)[T]>
export type TicketCommand = { [T in CommandType]: CommandOf<T> }[CommandType]
export type CommandInput<T extends CommandType> = Omit<z.input<(typeof COMMAND_SCHEMAS)[T]>, 'type'>

export function isCommandType(name: string): name is CommandType {
  return Object.hasOwn(COMMAND_SCHEMAS, name)
}
