import { z } from 'zod'
import { id } from '../ticket/commandInputs'

export const MOST_QUOTES = 5

/** What an answer quotes (引用知识): which article, and which of its versions. */
export const Quotes = z
  .array(z.strictObject({ articleId: id, version: z.number().int().min(1) }))
  .max(MOST_QUOTES, `最多引用 ${MOST_QUOTES} 条知识`)
  .refine((list) => new Set(list.map(({ articleId }) => articleId)).size === list.length, '同一条知识引用了两次')
export type Quote = z.output<typeof Quotes>[number]
