import { z } from 'zod'
import { PublicAttachments } from '../attachment/publicUpload'
import { levelOf } from '../region/code'
import { CallerInput, content, NUMBER_NEEDED } from '../ticket/commandInputs'
import { KIND_LABELS } from '../ticket/labels'

const { rating: _, ...CITIZEN_KIND_LABELS } = KIND_LABELS
export { CITIZEN_KIND_LABELS }
export type CitizenKind = keyof typeof CITIZEN_KIND_LABELS

/** What a citizen hides from those who handle his matter; 举报保密 is the hotline's to decide. */
const hidden = z.union([z.literal(0), z.literal(1)], { error: '请选择是否对承办单位隐藏身份' })

/** 自己提交: what a citizen says without an account. What it means is the hotline's. */
export const PublicRegistration = z
  .strictObject({
    channel: z.enum(['website', 'wechat', 'app', 'kiosk']).default('website'),
    caller: CallerInput,
    kind: z.enum(Object.keys(CITIZEN_KIND_LABELS) as [CitizenKind, ...CitizenKind[]], { error: '请选择是哪一类诉求' }),
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
  // The procedure's own rules, for whom it is told before he sends it.
  .refine(({ caller }) => !!(caller.number || caller.phone), { path: ['caller', 'number'], error: NUMBER_NEEDED })
  .refine(({ regionCode, location, address }) => !!address || !(location || isExact(regionCode)), {
    path: ['address'],
    error: '请写清具体地址，让人找得到',
  })
export type PublicRegistrationInput = z.input<typeof PublicRegistration>

function isExact(regionCode: string): boolean {
  return ['town', 'village'].includes(levelOf(regionCode))
}
