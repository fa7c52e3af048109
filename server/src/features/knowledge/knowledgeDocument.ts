import type { Day } from '@hotline/shared/calendar/day'
import type { KnowledgeArticle, KnowledgeVersion } from '@hotline/shared/knowledge/article'
import { knowledgePairs } from '@hotline/shared/knowledge/rank'
import { comparableText, pairsOf } from '@hotline/shared/ticket/similarity'
import type { UnitTree } from '@hotline/shared/unit/unit'

/** What the lists and the search ask by; made anew of the article with every change. */
export interface ArticleKeys {
  /** While it is published: only such ones are in the search. */
  live?: true
  /** Pairs of characters, of live ones alone. */
  g?: number[]
  /** The last day, of live ones alone. */
  until?: Day
  /** Pairs of its question, and of the one that is being written. */
  words: number[]
  unitPath: string[]
  /** 05, 0501, 050102 of each of its matters. */
  matterPath: string[]
  changedAt: Date
}

export interface ArticleDoc extends Omit<KnowledgeArticle, 'id'>, ArticleKeys {
  _id: string
  versions: KnowledgeVersion[]
  /** The reminder that went out last: `{until}:{days}`. */
  reminded?: string
}

/** Without what only its own page shows. */
export type ArticleHead = Omit<ArticleDoc, 'versions' | 'g' | 'words'>

export function keysOf(article: KnowledgeArticle, units: Pick<UnitTree, 'pathOf'>, at: Date): ArticleKeys {
  const { current, work, state } = article
  const newest = [current?.content, work?.content].flatMap((content) => content ?? [])
  const isLive = state === 'published' && current !== undefined
  const questions = newest.map(({ question }) => comparableText(question)).join('\n')
  const matters = newest.flatMap(({ matterCodes }) => matterCodes)
  return {
    ...(isLive ? { live: true, g: knowledgePairs(current.content), until: current.content.validUntil } : {}),
    words: [...pairsOf(questions)],
    unitPath: [...new Set(newest.flatMap(({ unitId }) => units.pathOf(unitId)))],
    matterPath: [...new Set(matters.flatMap((code) => [code.slice(0, 2), code.slice(0, 4), code]))],
    changedAt: at,
  }
}

export function articleOf(doc: ArticleHead): KnowledgeArticle {
  const { _id: id, revision, state, current, work, log, uses } = doc
  return { id, revision, state, current, work, log, uses }
}
