import { randomBytes } from 'node:crypto'
import type { Actor } from '@hotline/shared/actor'
import { dayOf, type Day } from '@hotline/shared/calendar/day'
import { AppError, type FieldError } from '@hotline/shared/error'
import { actOn, createArticle } from '@hotline/shared/knowledge/act'
import { isAnswerable, type KnowledgeArticle, type KnowledgeContent } from '@hotline/shared/knowledge/article'
import type { KnowledgeAct, KnowledgeActBody } from '@hotline/shared/knowledge/inputs'
import type { Quote } from '@hotline/shared/knowledge/quote'
import { assertKnowledgeAct, mayProposeFor, mayReadArticle } from '@hotline/shared/knowledge/rights'
import { KNOWLEDGE_PROPOSERS, KNOWLEDGE_READERS } from '@hotline/shared/knowledge/roles'
import type { By } from '@hotline/shared/ticket/ticket'
import type { Matters } from '@hotline/shared/catalogue/matter'
import type { Regions } from '@hotline/shared/region/region'
import type { UnitTree } from '@hotline/shared/unit/unit'
import type { Clock } from '../../platform/clock'
import { assertRole } from '../../platform/http/authenticate'
import type { Transact } from '../../platform/outbox'
import type { KnowledgeNotices } from './knowledgeNotices'
import type { KnowledgeQueries } from './knowledgeQueries'
import type { KnowledgeStore } from './knowledgeStore'

export interface KnowledgeServiceDeps {
  store: KnowledgeStore
  queries: Pick<KnowledgeQueries, 'forgetFrequencies'>
  notices: KnowledgeNotices
  transact: Transact
  units: UnitTree
  matters: Matters
  regions: Regions
  clock: Clock
}

export type KnowledgeService = ReturnType<typeof createKnowledgeService>

export const byOf = ({ userId, name, unitId }: Actor): By => ({ userId, name, unitId })

/** load → may he? → what comes of it → commit → tell. */
export function createKnowledgeService(deps: KnowledgeServiceDeps) {
  const { store, queries, notices, transact, units, matters, regions, clock } = deps

  /** @throws AppError notFound, for what is not his to read too */
  async function load(id: string, actor: Actor): Promise<KnowledgeArticle> {
    assertRole(actor, ...KNOWLEDGE_READERS)
    const article = await store.find(id)
    if (!article || !mayReadArticle(article, actor, units)) throw new AppError('notFound', '没有这条知识，或您无权查看')
    return article
  }

  function assertContent(content: KnowledgeContent, actor: Actor, today: Day): void {
    const { unitId, matterCodes, regionCodes, validUntil } = content
    const fields: FieldError[] = []
    if (!units.isOpen(unitId)) fields.push({ path: 'content.unitId', message: '责任单位不存在或已停用' })
    matterCodes.forEach((code, index) => {
      if (!matters.isLeaf(code)) fields.push({ path: `content.matterCodes.${index}`, message: '没有这个三级事项' })
    })
    regionCodes.forEach((code, index) => {
      if (!regions.has(code)) fields.push({ path: `content.regionCodes.${index}`, message: '没有这个地区' })
    })
    if (validUntil !== undefined && validUntil < today)
      fields.push({ path: 'content.validUntil', message: '有效期止已经过去' })
    if (fields.length > 0) throw new AppError('invalidInput', '提交的内容不完整或不正确', { fields })
    if (!mayProposeFor(unitId, actor, units)) throw new AppError('ruleViolated', '只能申报本单位职责内的知识')
  }

  return {
    load,

    async create(content: KnowledgeContent, note: string, actor: Actor): Promise<KnowledgeArticle> {
      assertRole(actor, ...KNOWLEDGE_PROPOSERS)
      const at = clock.now()
      assertContent(content, actor, dayOf(at))
      const article = createArticle(randomBytes(9).toString('hex'), content, note, { at, by: byOf(actor) })
      await store.insert(article, at)
      return article
    },

    /** @returns nothing when a draft that was never published is gone. */
    async act<A extends KnowledgeAct>(
      id: string,
      act: A,
      body: KnowledgeActBody<A>,
      actor: Actor,
    ): Promise<KnowledgeArticle | undefined> {
      const before = await load(id, actor)
      assertKnowledgeAct(act, before, actor, units)
      if (body.revision !== before.revision)
        throw new AppError('staleVersion', '条目已被他人更新，请核对后重试', { revision: before.revision })
      const at = clock.now()
      if ('content' in body) assertContent(body.content, actor, dayOf(at))
      if (act === 'submit' && before.work) assertContent(before.work.content, actor, dayOf(at))
      if (act === 'publish' && before.work) assertContent(before.work.content, actor, dayOf(at))
      if ('validUntil' in body && body.validUntil !== undefined && body.validUntil < dayOf(at))
        throw new AppError('invalidInput', '有效期止已经过去', {
          fields: [{ path: 'validUntil', message: '有效期止已经过去' }],
        })
      const { article: after, version, isGone } = actOn(before, act, body, { at, by: byOf(actor) })
      await transact(async (tx) => {
        const isDone = isGone ? await store.remove(before, tx) : await store.commit(before, after, at, version, tx)
        if (!isDone) throw new AppError('staleVersion', '条目已被他人更新，请核对后重试')
        if (version || act === 'withdraw') tx.after(queries.forgetFrequencies)
        notices.tell(tx, act, before, after, actor)
      })
      return isGone ? undefined : after
    },

    /** What an answer quotes was published, and is not withdrawn or past its time. @throws AppError */
    async assertQuotes(quotes: readonly Quote[]): Promise<void> {
      const known = await store.quoted(quotes)
      const missing = quotes.flatMap(({ articleId, version }, index) =>
        known.some((one) => one.articleId === articleId && one.version === version)
          ? []
          : [{ path: `knowledge.${index}`, message: `没有这条知识的第 ${version} 版` }],
      )
      if (missing.length > 0) throw new AppError('invalidInput', '引用的知识不存在', { fields: missing })
      const today = dayOf(clock.now())
      for (const { articleId, question } of known) {
        const article = await store.find(articleId)
        if (article && !isAnswerable(article, today))
          throw new AppError('ruleViolated', `知识“${question}”已撤回或不在有效期内，不能引用`)
      }
    },
  }
}
