import { z } from 'zod'
import { Moment } from '../calendar/momentInput'
import { Quotes } from '../knowledge/quote'
import {
  attachmentIds,
  CallerInput,
  confidentiality,
  content,
  four,
  id,
  ids,
  keys,
  on,
  opinion,
  OPINION_MAX,
  optional,
  phone,
  reason,
  required,
  satisfaction,
  TEXT_MAX,
  TITLE_MAX,
} from './commandInputs'
import * as L from './labels'
import { OVERSIGHT_SCHEMAS } from './commands/oversight'
import { RATING_SCHEMAS, RatedInput } from './commands/rating'
import { TOGETHER_SCHEMAS } from './commands/together'
import { WHOLE_INTAKE_SCHEMAS } from './commands/wholeIntake'

/** 登记. Staff must give title and matter too (their tickets are accepted in the same commit). */
export const Register = z.strictObject({
  type: z.literal('register'),
  channel: keys(L.CHANNEL_LABELS),
  caller: CallerInput,
  ...content,
  externalNo: optional('外部单号', 64),
  callId: id.optional(),
  attachmentIds,
  /** The ticket that the agent takes it for; the dispatcher merges or not (并单). */
  duplicateOfId: id.optional(),
  /** An earlier, ended ticket of the same matter. */
  relatedIds: ids.optional(),
  /** For a rectification ticket only, which the system itself registers (好差评). */
  rated: RatedInput.optional(),
})

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
  answer: on('answer', { answer: required('答复内容', TEXT_MAX), knowledge: Quotes.optional() }),
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
  handOver: on('handOver', { unitId: id.optional(), handlerId: id.optional(), reason }),
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
    knowledge: Quotes.optional(),
    attachmentIds,
  }),
  reviewByUnit: on('reviewByUnit', { isPassed: z.boolean(), opinion }),
  reviewByHotline: on('reviewByHotline', { isPassed: z.boolean(), opinion }),
  recordAttempt: on('recordAttempt', {
    /** The merged ticket whose caller was called; absent: the ticket's own. */
    participantId: id.optional(),
    result: keys(L.ATTEMPT_LABELS),
    nextAt: Moment.optional(),
    remark: optional('备注', OPINION_MAX),
  }),
  closeUnreachable: on('closeUnreachable', {}),
  recordCallback: on('recordCallback', {
    /** As in `recordAttempt`. */
    participantId: id.optional(),
    method: keys(L.CALLBACK_METHOD_LABELS),
    solved: keys(L.SOLVED_LABELS),
    contactedByUnit: z.boolean(),
    satisfaction: z.strictObject({ result: satisfaction, attitude: satisfaction, agent: satisfaction }),
    reasons: z.array(keys(L.DISSATISFIED_LABELS)).max(7).optional(),
    remark: optional('诉求人意见', OPINION_MAX),
    judged: z.enum(['reasonable', 'unreasonable']).optional(),
    /** How long they spoke, as far as the officer's screen knows. */
    talkSeconds: z
      .int()
      .min(0)
      .max(4 * 3600)
      .optional(),
  }),
  judgeCallback: on('judgeCallback', { verdict: z.enum(['upheld', 'dismissed']), reason }),
  rework: on('rework', { reason }),
  reopen: on('reopen', { newFacts: required('新情况、新理由', TEXT_MAX) }),
  urge: on('urge', { note: optional('催办内容', OPINION_MAX) }),
  yellowCard: on('yellowCard', {}),
  redCard: on('redCard', {}),
  ...WHOLE_INTAKE_SCHEMAS,
  ...TOGETHER_SCHEMAS,
  ...OVERSIGHT_SCHEMAS,
  ...RATING_SCHEMAS,
} as const

export type CommandType = keyof typeof COMMAND_SCHEMAS
export const COMMAND_TYPES = Object.keys(COMMAND_SCHEMAS) as CommandType[]
export type CommandOf<T extends CommandType> = z.output<(typeof COMMAND_SCHEMAS)[T]>
export type TicketCommand = { [T in CommandType]: CommandOf<T> }[CommandType]
export type CommandInput<T extends CommandType> = Omit<z.input<(typeof COMMAND_SCHEMAS)[T]>, 'type'>

export function isCommandType(name: string): name is CommandType {
  return Object.hasOwn(COMMAND_SCHEMAS, name)
}
