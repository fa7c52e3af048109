import type { Matters } from '@hotline/shared/catalogue/matter'
import type { Quote } from '@hotline/shared/knowledge/quote'
import type { Regions } from '@hotline/shared/region/region'
import type { UnitTree } from '@hotline/shared/unit/unit'
import type { Clock } from '../../platform/clock'
import type { Feature } from '../../platform/feature'
import type { Write } from '../../platform/http/idempotency'
import type { RateLimiter } from '../../platform/http/rateLimit'
import type { Db } from '../../platform/mongo'
import type { Transact } from '../../platform/outbox'
import type { Notices } from '../notice/noticeService'
import type { Effect } from '../ticket/announcer'
import type { UserStore } from '../user/userStore'
import { demoPeople } from './demo/people'
import { seedOf } from './demo/seed'
import { createArticleList, type ArticleList } from './articleList'
import { createFeedbackStore } from './feedbackStore'
import { createKnowledgeFeature } from './knowledgeFeature'
import { createKnowledgeNotices } from './knowledgeNotices'
import { createKnowledgeQueries } from './knowledgeQueries'
import { reminderJob } from './knowledgeReminders'
import { createKnowledgeService } from './knowledgeService'
import { createKnowledgeStore, type KnowledgeUse } from './knowledgeStore'
import { createKnowledgePresenter } from './knowledgeView'
import { createPublicKnowledge } from './publicKnowledge'

export interface KnowledgeDeps {
  db: Db
  notices: Notices
  transact: Transact
  units: UnitTree
  matters: Matters
  regions: Regions
  clock: Clock
  write: Write
  rateLimiter: RateLimiter
  users: Pick<UserStore, 'findByUsername'>
  isDemo: boolean
}

export interface Knowledge {
  features: Feature[]
  articles: ArticleList
  /** What answers quote is counted. */
  follow: Effect
  /** @throws AppError invalidInput, ruleViolated */
  assertQuotes(quotes: readonly Quote[]): Promise<void>
  /** In a demo the first articles, into an empty database. */
  start(): Promise<void>
  stop(): Promise<void>
}

/** 知识库, joined. */
export function createKnowledge(deps: KnowledgeDeps): Knowledge {
  const { db, notices, units, clock, users, isDemo } = deps
  const store = createKnowledgeStore(db, units)
  const queries = createKnowledgeQueries(db)
  const presenter = createKnowledgePresenter(deps)
  const feedback = createFeedbackStore(db)
  const told = createKnowledgeNotices(notices)
  const service = createKnowledgeService({ ...deps, store, queries, notices: told })
  const jobs = [reminderJob({ store, queries, notices, clock })]
  return {
    features: [
      createKnowledgeFeature({
        ...deps,
        ...{ store, queries, service, presenter, jobs },
        ...{ feedback, notices: told },
      }),
      createPublicKnowledge({ ...deps, queries, presenter }),
    ],
    articles: createArticleList({ store, queries, feedback, presenter, clock }),
    async follow(news) {
      const uses = news.flatMap(({ ticket, events }) => events.flatMap((event) => usesIn(ticket.id, event)))
      if (uses.length > 0) await store.noteUses(uses)
    },
    assertQuotes: (quotes) => service.assertQuotes(quotes),
    async start() {
      const people = isDemo ? await demoPeople(users) : undefined
      if (people) await store.seed(seedOf(units, people, clock.now()))
    },
    stop: async () => undefined,
  }
}

function usesIn(ticketId: string, event: Parameters<Effect>[0][number]['events'][number]): KnowledgeUse[] {
  const quotes =
    event.type === 'ticket.answered'
      ? event.knowledge
      : event.type === 'ticket.replied'
        ? event.reply.knowledge
        : undefined
  return (quotes ?? []).map(({ articleId, version }) => ({
    _id: `${ticketId}:${event.version}:${articleId}`,
    ...{ articleId, version, ticketId },
    unitId: event.by.unitId,
    at: event.at,
  }))
}
