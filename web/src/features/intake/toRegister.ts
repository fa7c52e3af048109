import type { FieldError } from '@hotline/shared/error'
import type { Quote } from '@hotline/shared/knowledge/quote'
import { levelOf } from '@hotline/shared/region/code'
import { COMMAND_SCHEMAS, type CommandInput } from '@hotline/shared/ticket/commands'
import { titleOf, type CallDraft, type CallPanel } from './callDraft'

const text = (value: string) => value.trim() || undefined

/** The body of `POST /api/tickets`. `cityCode` stands for 未提及. */
export function toRegister(draft: CallDraft, cityCode: string): CommandInput<'register'> {
  return {
    channel: draft.channel,
    caller: {
      number: text(draft.number),
      name: text(draft.name),
      gender: draft.gender,
      type: draft.callerType,
      isAnonymous: draft.isAnonymous,
    },
    confidentiality: draft.confidentiality,
    kind: draft.kind as CommandInput<'register'>['kind'],
    matterCode: draft.matterCode,
    regionCode: draft.regionCode ?? cityCode,
    address: text(draft.address),
    location: draft.location,
    occurredAt: draft.occurredAt,
    title: text(titleOf(draft)),
    detail: draft.detail,
    urgency: draft.urgency,
    accusedUnitIds: draft.accusedUnitIds,
    needsReply: draft.needsReply,
    needsCallback: draft.needsCallback,
    isPublicAllowed: draft.isPublicAllowed,
    duplicateOfId: draft.duplicateOf?.id,
    callId: draft.callId,
    attachmentIds: draft.attachmentIds,
  }
}

type Second = { [P in CallPanel]: Omit<CommandInput<P>, 'version'> }

/** What follows the registration at once, without the version that it only gives. */
export function toSecond<P extends CallPanel>(draft: CallDraft, panel: P): Second[P] {
  const bodies: { [K in CallPanel]: () => object } = {
    answer: () => ({ answer: draft.answer, knowledge: quotesOf(draft) }),
    decline: () => ({ code: draft.declineCode, reason: draft.declineReason, channelTold: text(draft.channelTold) }),
    transferEmergency: () => ({
      to: draft.emergencyTo,
      transferredAt: draft.transferredAt,
      isThreeWay: draft.isThreeWay,
      note: text(draft.emergencyNote),
    }),
  }
  return bodies[panel]() as Second[P]
}

/** Absent when nothing is quoted. */
function quotesOf({ quotes }: CallDraft): Quote[] | undefined {
  return quotes.length > 0 ? quotes.map(({ articleId, version }) => ({ articleId, version })) : undefined
}

const CONTACT_CHANNELS = ['phone', 'wechat', 'website', 'app', 'sms', 'kiosk']

/**
 * All that the agent still has to fill in, at once, before anything is sent: what the schema says and what stands with a
 * star on the screen. The server has the last word.
 */
export function checkDraft(draft: CallDraft, cityCode: string): FieldError[] {
  const fields = issuesOf('register', toRegister(draft, cityCode))
  const want = (isMissing: boolean, path: string, message: string) => {
    if (isMissing && !fields.some((field) => field.path === path)) fields.push({ path, message })
  }
  want(!draft.kind, 'kind', '请选择诉求类型')
  want(!draft.matterCode, 'matterCode', '请选择事项')
  want(!text(titleOf(draft)), 'title', '请填写标题')
  want(needsAddress(draft) && !text(draft.address), 'address', '有事发地的须填写具体地址')
  want(CONTACT_CHANNELS.includes(draft.channel) && !text(draft.number), 'caller.number', '请填写联系电话')
  want(draft.confidentiality === 2 && draft.kind !== 'report', 'confidentiality', '举报保密仅用于举报')
  const isUnknownTime = !!text(draft.occurredText) && !draft.occurredAt
  want(isUnknownTime, 'occurredAt', '时间看不懂，请写成 11-20 14:00 这样')
  if (draft.panel) fields.push(...checkSecond(draft, draft.panel))
  // The city is loaded when it is needed, so its absence is no fault of the form's.
  const all = draft.regionCode ? fields : fields.filter(({ path }) => path !== 'regionCode')
  return all.map((field) => (field.path === 'kind' ? { ...field, message: '请选择诉求类型' } : field))
}

function checkSecond(draft: CallDraft, panel: CallPanel): FieldError[] {
  const fields = issuesOf(panel, { ...toSecond(draft, panel), version: 0 })
  const choose = { code: '请选择不予受理的情形', to: '请选择转往哪里' } as Record<string, string>
  if (panel === 'decline' && draft.declineCode === 'LEGAL' && !text(draft.channelTold))
    fields.push({ path: 'channelTold', message: '请填写已告知的法定渠道' })
  return fields.map((field) => ({ ...field, message: choose[field.path] ?? field.message }))
}

/** A street, town or village was named, so somebody must find the place. */
export function needsAddress(draft: CallDraft): boolean {
  return !!draft.regionCode && ['town', 'village'].includes(levelOf(draft.regionCode))
}

function issuesOf(type: 'register' | CallPanel, body: object): FieldError[] {
  const parsed = COMMAND_SCHEMAS[type].safeParse({ ...body, type })
  if (parsed.success) return []
  return parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
}

/** What no correction brings in any more. */
export function hasOtherFiles(before: string, after: string): boolean {
  const [old, now] = [before, after].map((body) => (JSON.parse(body) as { attachmentIds?: string[] }).attachmentIds)
  return !isSame(now ?? [], old ?? [])
}

const AMENDABLE = [
  'kind',
  'matterCode',
  'regionCode',
  'address',
  'occurredAt',
  'title',
  'detail',
  'urgency',
  'confidentiality',
  'accusedUnitIds',
  'needsReply',
  'needsCallback',
  'isPublicAllowed',
] as const

/** What the agent changed between two bodies of `register` that a correction (更正) can still bring in. */
export function changesBetween(before: string, after: string): CommandInput<'amend'>['changes'] | undefined {
  const [old, now] = [before, after].map((body) => JSON.parse(body) as Record<string, unknown>)
  const changed = AMENDABLE.filter((field) => now?.[field] !== undefined && !isSame(now[field], old?.[field]))
  if (changed.length === 0) return undefined
  return Object.fromEntries(changed.map((field) => [field, now?.[field]]))
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
