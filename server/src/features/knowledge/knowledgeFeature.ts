import { randomBytes } from 'node:crypto'
import type { Actor } from '@hotline/shared/actor'
import { dayOf } from '@hotline/shared/calendar/day'
import { AppError } from '@hotline/shared/error'
import type { KnowledgeArticle } from '@hotline/shared/knowledge/article'
import {
  ArticleQuery,
  DraftInput,
  FeedbackInput,
  FeedbackQuery,
  KNOWLEDGE_ACT_INPUTS,
  KNOWLEDGE_ACTS,
  ReminderInput,
  SearchQuery,
  SettleInput,
  type KnowledgeAct,
  type KnowledgeActBody,
} from '@hotline/shared/knowledge/inputs'
import { knowledgeDesksOf } from '@hotline/shared/knowledge/rights'
import { KNOWLEDGE_KEEPERS, KNOWLEDGE_READERS } from '@hotline/shared/knowledge/roles'
import type { ArticleView, DeskCounts, RemindersView } from '@hotline/shared/knowledge/view'
import { TOTAL_CAP } from '@hotline/shared/page'
import type { Regions } from '@hotline/shared/region/region'
import { Router } from 'express'
import type { Clock } from '../../platform/clock'
import type { Feature } from '../../platform/feature'
import { actorOf, assertRole } from '../../platform/http/authenticate'
import type { Write } from '../../platform/http/idempotency'
import { parse } from '../../platform/http/validate'
import type { Job } from '../../platform/jobs'
import type { Transact } from '../../platform/outbox'
import type { FeedbackStore } from './feedbackStore'
import { knowledgeApi, QuotedQuery } from './knowledgeApi'
import type { KnowledgeNotices } from './knowledgeNotices'
import type { KnowledgeQueries } from './knowledgeQueries'
import { searchKnowledge } from './knowledgeSearch'
import { byOf, type KnowledgeService } from './knowledgeService'
import type { KnowledgeStore, Reminders } from './knowledgeStore'
import type { KnowledgePresenter } from './knowledgeView'

export interface KnowledgeFeatureDeps {
  service: KnowledgeService
  store: KnowledgeStore
  queries: KnowledgeQueries
  feedback: FeedbackStore
  notices: KnowledgeNotices
  transact: Transact
  presenter: KnowledgePresenter
  regions: Regions
  clock: Clock
  write: Write
  jobs: readonly Job[]
}

export function createKnowledgeFeature(deps: KnowledgeFeatureDeps): Feature {
  const { service, store, queries, feedback, notices, transact, presenter, regions, clock, write } = deps
  const router = Router()
  const today = () => dayOf(clock.now())

  async function present(article: KnowledgeArticle, actor: Actor): Promise<ArticleView> {
    const { id } = article
    const [versions, counts, myVerdict, { days }] = await Promise.all([
      store.versionsOf(id),
      feedback.countsOf([id]),
      feedback.verdictOf(id, actor.userId),
      store.reminders(),
    ])
    return presenter.article(article, actor, { versions, feedback: counts.get(id), myVerdict, today: today(), days })
  }

  async function search(actor: Actor, given: unknown) {
    assertRole(actor, ...KNOWLEDGE_READERS)
    const asked = parse(SearchQuery, given)
    const hits = await searchKnowledge(queries, asked, today(), regions.isWithin)
    return { items: hits.map((hit) => presenter.hit(hit, asked.q)) }
  }
  router.get('/search', async (req, res) => void res.json(await search(actorOf(req), req.query)))
  // What a caller says stands in no address, which proxies and histories keep.
  router.post('/search', async (req, res) => void res.json(await search(actorOf(req), req.body)))

  router.get('/desks', async (req, res) => {
    const actor = actorOf(req)
    assertRole(actor, ...KNOWLEDGE_READERS)
    const { days } = await store.reminders()
    const counted = await Promise.all(
      knowledgeDesksOf(actor).map(async (desk) => [
        desk,
        await (desk === 'feedback' ? feedback.countOpen(TOTAL_CAP + 1) : queries.countDesk(actor, desk, today(), days)),
      ]),
    )
    const counts = Object.fromEntries(counted.map(([desk, n]) => [desk, Math.min(Number(n), TOTAL_CAP)])) as DeskCounts
    res.json({ ...counts, isCapped: counted.some(([, n]) => Number(n) > TOTAL_CAP) })
  })

  router.get('/articles', async (req, res) => {
    const actor = actorOf(req)
    assertRole(actor, ...KNOWLEDGE_READERS)
    const { days } = await store.reminders()
    const { items, ...totals } = await queries.list(actor, parse(ArticleQuery, req.query), today(), days)
    const counts = await feedback.countsOf(items.map(({ _id }) => _id))
    res.json({
      items: items.map((row) => presenter.row(row, counts.get(row._id), actor, today(), days)),
      ...totals,
    })
  })

  router.post(
    '/articles',
    write(async (req) => {
      const actor = actorOf(req)
      const { content, note = '' } = parse(DraftInput, req.body)
      return { status: 201, body: await present(await service.create(content, note, actor), actor) }
    }),
  )

  router.get('/articles/:id', async (req, res) => {
    const actor = actorOf(req)
    res.json(await present(await service.load(req.params.id, actor), actor))
  })

  router.get('/articles/:id/versions/:version', async (req, res) => {
    const { id, current } = await service.load(req.params.id, actorOf(req))
    const version = await store.findVersion(id, Number(req.params.version))
    if (!version) throw new AppError('notFound', '没有这一版')
    res.json(presenter.version(id, version, version.version === current?.version))
  })

  router.post(
    '/articles/:id/feedback',
    write(async (req) => {
      const actor = actorOf(req)
      const { version, verdict, words, ticketId } = parse(FeedbackInput, req.body)
      const { id, current } = await service.load(String(req.params.id), actor)
      if (!current || !(await store.findVersion(id, version))) throw new AppError('notFound', '没有这一版')
      const isOpen = verdict !== 'useful' && Boolean(words)
      const row = {
        _id: randomBytes(9).toString('hex'),
        ...{ articleId: id, version, verdict, words: words || undefined, ticketId },
        by: byOf(actor),
        at: clock.now(),
        isLatest: true as const,
        ...(isOpen ? { isOpen: true as const } : {}),
      }
      await transact(async (tx) => {
        await feedback.insert(row, tx)
        if (isOpen) notices.feedback(tx, row, current.content.question)
      })
      return { status: 201, body: { id: row._id } }
    }),
  )

  for (const act of KNOWLEDGE_ACTS)
    router.post(
      `/articles/:id/${act}`,
      write(async (req) => {
        const actor = actorOf(req)
        const body = parse(KNOWLEDGE_ACT_INPUTS[act], req.body) as KnowledgeActBody<KnowledgeAct>
        const after = await service.act(String(req.params.id), act, body, actor)
        return { body: after ? await present(after, actor) : {} }
      }),
    )

  router.get('/feedback', async (req, res) => {
    assertRole(actorOf(req), ...KNOWLEDGE_KEEPERS)
    const { state, articleId, ...page } = parse(FeedbackQuery, req.query)
    const { items, ...totals } = await feedback.list(state, articleId, page)
    const questions = await queries.questionsOf(items.map((row) => row.articleId))
    res.json({ items: items.map((row) => presenter.feedback(row, questions.get(row.articleId) ?? '')), ...totals })
  })

  router.post(
    '/feedback/:id/settle',
    write(async (req) => {
      const actor = actorOf(req)
      assertRole(actor, ...KNOWLEDGE_KEEPERS)
      const { outcome, note } = parse(SettleInput, req.body)
      const row = await feedback.find(String(req.params.id))
      if (!row) throw new AppError('notFound', '没有这条反馈')
      const question = (await queries.questionsOf([row.articleId])).get(row.articleId) ?? ''
      await transact(async (tx) => {
        if (!(await feedback.settle(row._id, { outcome, note, by: byOf(actor), at: clock.now() }, tx)))
          throw new AppError('illegalTransition', '这条反馈不在待处理中')
        notices.settled(tx, row, note, question)
      })
      return { body: {} }
    }),
  )

  router.get('/quoted', async (req, res) => {
    assertRole(actorOf(req), ...KNOWLEDGE_READERS)
    const { refs } = parse(QuotedQuery, req.query)
    res.json({ items: await store.quoted(refs) })
  })

  const presentReminders = ({ days, by }: Reminders): RemindersView => ({
    days: [...days],
    ...(by ? { by: { name: by.name, at: by.at.toISOString() } } : {}),
  })
  router.get('/reminders', async (req, res) => {
    assertRole(actorOf(req), ...KNOWLEDGE_READERS)
    res.json(presentReminders(await store.reminders()))
  })
  router.post(
    '/reminders',
    write(async (req) => {
      const actor = actorOf(req)
      assertRole(actor, ...KNOWLEDGE_KEEPERS)
      const days = parse(ReminderInput, req.body).days.sort((a, b) => b - a)
      const reminders = { days, by: { name: actor.name, at: clock.now() } }
      await store.setReminders(reminders)
      return { body: presentReminders(reminders) }
    }),
  )

  return { path: '/api/knowledge', router, api: knowledgeApi, jobs: deps.jobs }
}
