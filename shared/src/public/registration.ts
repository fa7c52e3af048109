import { z } from 'zod'
import { PublicAttachments } from '../attachment/publicUpload'
import { CallerInput, content } from '../ticket/commandInputs'

/** What a citizen hides from those who handle his matter; 举报保密 is the hotline's to decide. */
const hidden = z.union([z.literal(0), z.literal(1)], { error: '请选择是否对承办单位隐藏身份' })

/** 自己提交: what a citizen says without an account. What it means is the hotline's. */
export const PublicRegistration = z.strictObject({
  channel: z.enum(['website', 'wechat', 'app', 'kiosk']).default('website'),
  caller: CallerInput,
  kind: content.kind.exclude(['rating']),
  regionCode: content.regionCode,
  address: content.address,
  location: content.location,
  occurredAt: content.occurredAt,
  title: content.title,
  detail: content.detail,
  confidentiality: hidden.default(0),
  needsReply: content.needsReply,
  needsCallback: content.needsCallback,
  isPublicAllowed: content.isPublicAllowed,
  ...PublicAttachments,
})
export type PublicRegistrationInput = z.input<typeof PublicRegistration>
