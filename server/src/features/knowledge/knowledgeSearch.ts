import type { Day } from '@hotline/shared/calendar/day'
import { createRanking, LEAST, type Asked } from '@hotline/shared/knowledge/rank'
import { comparableText, pairsOf } from '@hotline/shared/ticket/similarity'
import type { ArticleDoc } from './knowledgeDocument'
import type { KnowledgeQueries } from './knowledgeQueries'

export type Live = Pick<ArticleDoc, '_id' | 'uses'> & { current: NonNullable<ArticleDoc['current']> }
export interface Hit {
  article: Live
  score: number
  reasons: string[]
}

/** How often each pair stands in how many articles. */
export interface Frequencies {
  articles: number
  counts: ReadonlyMap<number, number>
}

/** So many of a question's rarest pairs are looked up. */
const LOOKED_UP = 16
/** So many of what they find are weighed word by word. */
const WEIGHED = 60
/** What no article has says little about which one is meant. */
const UNKNOWN = 1

/** What fits what a caller asks, the best first; without a question what fits the matter, or what is used most. */
export async function searchKnowledge(
  queries: Pick<KnowledgeQueries, 'frequencies' | 'havingPairs' | 'ofMatter' | 'mostUsed'>,
  asked: Asked & { limit: number; isPublic?: boolean },
  today: Day,
  isWithin: (code: string, root: string) => boolean,
): Promise<Hit[]> {
  const { q, matterCode, limit } = asked
  const scope = { today, isPublic: asked.isPublic }
  const pairs = [...pairsOf(comparableText(q))]
  if (pairs.length === 0 && !matterCode) {
    if (q !== '') return []
    const articles = await queries.mostUsed(scope, limit)
    return articles.map((article) => ({
      article,
      score: 0,
      reasons: article.uses > 0 ? [`用过 ${article.uses} 次`] : [],
    }))
  }
  const { articles, counts } = await queries.frequencies()
  const weigh = (pair: number) => {
    const count = counts.get(pair) ?? 0
    return count === 0 ? UNKNOWN : Math.log(1 + articles / count)
  }
  // A pair of an article that is newer than the frequencies is worth looking up as well.
  const rarest = pairs.sort((a, b) => (counts.get(a) ?? 0) - (counts.get(b) ?? 0))
  const known = rarest.filter((pair) => counts.has(pair)).slice(0, LOOKED_UP)
  const unknown = rarest.filter((pair) => !counts.has(pair)).slice(0, LOOKED_UP)
  const found = await Promise.all([
    pairs.length > 0 ? queries.havingPairs([...known, ...unknown], scope, WEIGHED) : [],
    matterCode ? queries.ofMatter(matterCode, scope, WEIGHED) : [],
  ])
  const byId = new Map(found.flat().map((article) => [article._id, article]))
  const rank = createRanking(asked, weigh, isWithin)
  return [...byId.values()]
    .map((article) => ({ article, ...rank({ ...article.current.content, uses: article.uses }) }))
    .filter(({ score }) => score >= LEAST)
    .sort((a, b) => b.score - a.score || b.article.uses - a.article.uses || (a.article._id < b.article._id ? -1 : 1))
    .slice(0, limit)
}
