import type { FEEDBACK_LABELS, FEEDBACK_OUTCOME_LABELS } from '@hotline/shared/knowledge/inputs'
import { TOTAL_CAP } from '@hotline/shared/page'
import type { By } from '@hotline/shared/ticket/ticket'
import { READ_LIMIT, type Db } from '../../platform/mongo'
import type { Tx } from '../../platform/outbox'

export interface FeedbackRow {
  _id: string
  articleId: string
  version: number
  verdict: keyof typeof FEEDBACK_LABELS
  words?: string
  by: By
  at: Date
  ticketId?: string
  /** What this person says of the article now. */
  isLatest?: true
  /** Waits for the keeper. */
  isOpen?: true
  settled?: { outcome: keyof typeof FEEDBACK_OUTCOME_LABELS; note: string; by: By; at: Date }
}

export interface FeedbackCounts {
  useful: number
  useless: number
  wrong: number
  open: number
}
const NONE: FeedbackCounts = { useful: 0, useless: 0, wrong: 0, open: 0 }

export type FeedbackStore = ReturnType<typeof createFeedbackStore>

export function createFeedbackStore(db: Db) {
  const rows = db.collection<FeedbackRow>('knowledgeFeedback')

  return {
    /** Who says something else of it takes back what he said before, unless that has been settled. */
    async insert(row: FeedbackRow, { session }: Tx): Promise<void> {
      await rows.updateMany(
        { articleId: row.articleId, isLatest: true, 'by.userId': row.by.userId },
        { $unset: { isLatest: '', isOpen: '' } },
        { session },
      )
      await rows.insertOne(row, { ignoreUndefined: true, session })
    },

    find: async (id: string) => (await rows.findOne({ _id: id })) ?? undefined,

    /** @returns false when it has been settled meanwhile */
    async settle(id: string, settled: NonNullable<FeedbackRow['settled']>, { session }: Tx): Promise<boolean> {
      const { matchedCount } = await rows.updateOne(
        { _id: id, isOpen: true },
        { $set: { settled }, $unset: { isOpen: '' } },
        { session },
      )
      return matchedCount === 1
    },

    async countsOf(articleIds: readonly string[]): Promise<Map<string, FeedbackCounts>> {
      const groups = await rows
        .aggregate<{ _id: { articleId: string; verdict: FeedbackRow['verdict'] }; n: number; open: number }>(
          [
            { $match: { articleId: { $in: articleIds }, isLatest: true } },
            {
              $group: {
                _id: { articleId: '$articleId', verdict: '$verdict' },
                n: { $sum: 1 },
                open: { $sum: { $cond: ['$isOpen', 1, 0] } },
              },
            },
          ],
          READ_LIMIT,
        )
        .toArray()
      const counts = new Map<string, FeedbackCounts>()
      for (const { _id, n, open } of groups) {
        const before = counts.get(_id.articleId) ?? NONE
        counts.set(_id.articleId, { ...before, [_id.verdict]: n, open: before.open + open })
      }
      return counts
    },

    async verdictOf(articleId: string, userId: string): Promise<FeedbackRow['verdict'] | undefined> {
      const row = await rows.findOne({ articleId, isLatest: true, 'by.userId': userId })
      return row?.verdict
    },

    /** Open ones in the order they came, settled ones the newest first. */
    async list(state: 'open' | 'settled', articleId: string | undefined, page: { page: number; pageSize: number }) {
      const filter = {
        ...(state === 'open' ? { isOpen: true as const } : { 'settled.at': { $exists: true } }),
        ...(articleId ? { articleId } : {}),
      }
      const [items, total] = await Promise.all([
        rows
          .find(filter, READ_LIMIT)
          .sort(state === 'open' ? { at: 1 } : { 'settled.at': -1 })
          .skip((page.page - 1) * page.pageSize)
          .limit(page.pageSize)
          .toArray(),
        rows.countDocuments(filter, { limit: TOTAL_CAP + 1, ...READ_LIMIT }),
      ])
      return { items, total: Math.min(total, TOTAL_CAP), isTotalCapped: total > TOTAL_CAP }
    },

    countOpen: (most: number) => rows.countDocuments({ isOpen: true }, { limit: most, ...READ_LIMIT }),
  }
}
