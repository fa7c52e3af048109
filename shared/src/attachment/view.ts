import { z } from 'zod'
import { keys } from '../ticket/commandInputs'
import { ATTACHMENT_KIND_LABELS, MOST_ATTACHMENTS } from './kinds'

/** One attachment as whoever sees it gets it. */
export const AttachmentView = z.object({
  id: z.string(),
  /** Of a hidden caller's ticket a plain one, such as 图片 1: names tell who somebody is. */
  name: z.string(),
  kind: keys(ATTACHMENT_KIND_LABELS),
  type: z.string(),
  /** Bytes, as it is stored. */
  size: z.int(),
  width: z.int().optional(),
  height: z.int().optional(),
  uploadedAt: z.iso.datetime(),
  /** Not yet named by a command. */
  isDraft: z.boolean(),
  /** Good for some minutes; a recording's is asked for by itself, because that is audited. */
  url: z.string().optional(),
  thumbUrl: z.string().optional(),
})
export type AttachmentView = z.output<typeof AttachmentView>

/** `GET /api/attachments?ids=a,b`: in this order, without those that the caller may not see. */
export const AttachmentQuery = z.strictObject({
  ids: z
    .string({ error: '请给出附件标识' })
    .transform((text) => [...new Set(text.split(',').filter(Boolean))])
    .pipe(z.array(z.string().max(64)).max(MOST_ATTACHMENTS * 10)),
})

/** A signed address, as an `<img>` asks for it. */
export const SignedQuery = z.strictObject({
  thumb: z.literal('1').optional(),
  until: z.coerce.number().int(),
  sig: z.string().max(64),
})

export const FileQuery = z.strictObject({ thumb: z.literal('1').optional() })
