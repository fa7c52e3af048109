import { hasRole, type Actor } from '@hotline/shared/actor'
import { dayOf } from '@hotline/shared/calendar/day'
import { AppError } from '@hotline/shared/error'
import type { ArticleQuery } from '@hotline/shared/knowledge/inputs'
import { KNOWLEDGE_READERS } from '@hotline/shared/knowledge/roles'
import type { ArticleRow } from '@hotline/shared/knowledge/view'
import { inBatches } from '../../platform/batches'
import type { Clock } from '../../platform/clock'
import type { FeedbackStore } from './feedbackStore'
import type { KnowledgeQueries } from './knowledgeQueries'
import type { KnowledgeStore } from './knowledgeStore'
import type { KnowledgePresenter } from './knowledgeView'

export interface ArticleListDeps {
  store: KnowledgeStore
  queries: KnowledgeQueries
  feedback: FeedbackStore
  presenter: KnowledgePresenter
  clock: Clock
}

/** All articles of a desk, as its list shows them. */
export interface ArticleList {
  /** Counts no further than `most`. @throws AppError forbidden, invalidInput */
  count(actor: Actor, query: ArticleQuery, most: number): Promise<number>
  each(actor: Actor, query: ArticleQuery): AsyncIterable<ArticleRow>
}

const AT_ONCE = 200

export function createArticleList({ store, queries, feedback, presenter, clock }: ArticleListDeps): ArticleList {
  return {
    async count(actor, query, most) {
      assertReader(actor)
      const { days } = await store.reminders()
      return queries.countEach(actor, query, dayOf(clock.now()), days, most)
    },
    async *each(actor, query) {
      assertReader(actor)
      const { days } = await store.reminders()
      const today = dayOf(clock.now())
      for await (const rows of inBatches(queries.each(actor, query, today, days), AT_ONCE)) {
        const counts = await feedback.countsOf(rows.map(({ _id }) => _id))
        for (const row of rows) yield presenter.row(row, counts.get(row._id), actor, today, days)
      }
    },
  }
}

function assertReader(actor: Actor): void {
  if (!hasRole(actor, ...KNOWLEDGE_READERS)) throw new AppError('forbidden', '您没有这项权限')
}
