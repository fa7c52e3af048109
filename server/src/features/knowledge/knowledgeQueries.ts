import type { Actor } from '@hotline/shared/actor'
import { shiftDay, type Day } from '@hotline/shared/calendar/day'
import { AppError } from '@hotline/shared/error'
import type { ArticleQuery, KnowledgeDesk } from '@hotline/shared/knowledge/inputs'
import { keepsKnowledge, knowledgeDesksOf } from '@hotline/shared/knowledge/rights'
import { TOTAL_CAP, type Page } from '@hotline/shared/page'
import { comparableText, pairsOf } from '@hotline/shared/ticket/similarity'
import { READ_LIMIT, type Db } from '../../platform/mongo'
import type { ArticleDoc, ArticleHead } from './knowledgeDocument'
import type { Frequencies, Live } from './knowledgeSearch'

type Filter = Record<string, unknown>
export interface Scope {
  today: Day
  isPublic?: boolean
}
export type KnowledgeQueries = ReturnType<typeof createKnowledgeQueries>

const ROW = { state: 1, current: 1, work: 1, uses: 1, changedAt: 1 } as const
export type ArticleRowDoc = Pick<ArticleHead, '_id' | 'state' | 'current' | 'work' | 'uses' | 'changedAt'>
const HIT = { current: 1, uses: 1 } as const
/** Read at the pace of whoever takes it along. */
const LONG_READ = { batchSize: 500, maxTimeMS: 120_000 } as const
const SAMPLE = 2000
const SAMPLE_AGE_MS = 5 * 60_000

const SORTS: Record<KnowledgeDesk, Record<string, 1 | -1>> = {
  all: { changedAt: -1 },
  mine: { changedAt: -1 },
  review: { 'work.submittedAt': 1 },
  due: { until: 1 },
}

export function createKnowledgeQueries(db: Db) {
  const articles = db.collection<ArticleDoc>('knowledgeArticles')
  let sample: (Frequencies & { at: number }) | undefined

  /** Published, valid today, and for citizens if they ask. */
  const answerable = ({ today, isPublic }: Scope): Filter => ({
    live: true,
    'current.content.validFrom': { $lte: today },
    $or: [{ until: { $exists: false } }, { until: { $gte: today } }],
    ...(isPublic ? { 'current.content.isPublic': true } : {}),
  })

  /** What has to be gone through again, from so many days before its end. */
  const due = (actor: Actor, today: Day, days: readonly number[]): Filter => ({
    live: true,
    until: { $lte: shiftDay(today, Math.max(0, ...days)) },
    ...(keepsKnowledge(actor) ? {} : { unitPath: actor.unitId }),
  })

  function filterOf(actor: Actor, query: ArticleQuery, today: Day, days: readonly number[]): Filter {
    const { desk, state, unitId, matterCode, q } = query
    if (!knowledgeDesksOf(actor).includes(desk)) throw new AppError('forbidden', '您没有这个办件台')
    const asked: Filter[] = [
      ...(unitId ? [{ unitPath: unitId }] : []),
      ...(matterCode ? [{ matterPath: matterCode }] : []),
      ...(q ? [{ words: { $all: wordsOf(q) } }] : []),
      ...(state ? [{ state }] : []),
    ]
    if (desk === 'mine') return all({ 'work.author.userId': actor.userId }, ...asked)
    if (desk === 'review') return all({ 'work.status': 'review' }, ...asked)
    if (desk === 'due') return all(due(actor, today, days), ...asked)
    // What was never published is its author's and the keepers'.
    if (keepsKnowledge(actor)) return all(...asked)
    if (state === 'unpublished') return all({ 'work.author.userId': actor.userId }, ...asked)
    return all(...(state ? [] : [{ state: 'published' }]), ...asked)
  }

  const sortOf = (desk: KnowledgeDesk) => ({ ...SORTS[desk], ...(desk === 'due' ? { _id: 1 as const } : {}) })

  async function count(filter: Filter, most: number): Promise<number> {
    return articles.countDocuments(filter, { limit: most, ...READ_LIMIT })
  }

  return {
    async frequencies(): Promise<Frequencies> {
      if (sample && performance.now() - sample.at < SAMPLE_AGE_MS) return sample
      const counts = new Map<number, number>()
      let n = 0
      const live = articles
        .find({ live: true }, { projection: { g: 1 } })
        .sort({ uses: -1, _id: 1 })
        .limit(SAMPLE)
      for await (const { g } of live) {
        n += 1
        for (const pair of g ?? []) counts.set(pair, (counts.get(pair) ?? 0) + 1)
      }
      sample = { articles: n, counts, at: performance.now() }
      return sample
    },
    /** After a change of our own; the other processes look again within minutes. */
    forgetFrequencies() {
      sample = undefined
    },

    /** Those that have most of these pairs. */
    async havingPairs(pairs: readonly number[], scope: Scope, limit: number): Promise<Live[]> {
      return articles
        .aggregate<Live>(
          [
            { $match: { g: { $in: pairs }, ...answerable(scope) } },
            { $project: { ...HIT, n: { $size: { $setIntersection: ['$g', pairs] } } } },
            { $sort: { n: -1, uses: -1, _id: 1 } },
            { $limit: limit },
          ],
          READ_LIMIT,
        )
        .toArray()
    },
    async ofMatter(matterCode: string, scope: Scope, limit: number): Promise<Live[]> {
      return articles
        .find({ ...answerable(scope), matterPath: matterCode }, READ_LIMIT)
        .project<Live>(HIT)
        .sort({ uses: -1 })
        .limit(limit)
        .toArray()
    },
    async mostUsed(scope: Scope, limit: number): Promise<Live[]> {
      return articles
        .find(answerable(scope), READ_LIMIT)
        .project<Live>(HIT)
        .sort({ uses: -1, _id: 1 })
        .limit(limit)
        .toArray()
    },

    async list(actor: Actor, query: ArticleQuery, today: Day, days: readonly number[]): Promise<Page<ArticleRowDoc>> {
      const filter = filterOf(actor, query, today, days)
      const { page, pageSize } = query
      const [items, total] = await Promise.all([
        articles
          .find(filter, READ_LIMIT)
          .project<ArticleRowDoc>(ROW)
          .sort(sortOf(query.desk))
          .skip((page - 1) * pageSize)
          .limit(pageSize)
          .toArray(),
        count(filter, TOTAL_CAP + 1),
      ])
      return { items, total: Math.min(total, TOTAL_CAP), isTotalCapped: total > TOTAL_CAP }
    },

    /** All rows of a list, by one cursor. */
    each: (actor: Actor, query: ArticleQuery, today: Day, days: readonly number[]): AsyncIterable<ArticleRowDoc> =>
      articles
        .find(filterOf(actor, query, today, days), LONG_READ)
        .project<ArticleRowDoc>(ROW)
        .sort(sortOf(query.desk)),
    /** How many `each` will give; counts no further than `most`. */
    countEach: (actor: Actor, query: ArticleQuery, today: Day, days: readonly number[], most: number) =>
      count(filterOf(actor, query, today, days), most),

    async countDesk(actor: Actor, desk: KnowledgeDesk, today: Day, days: readonly number[]): Promise<number> {
      const query = { desk, page: 1, pageSize: 1, ...(desk === 'all' ? { state: 'published' as const } : {}) }
      return count(filterOf(actor, query, today, days), TOTAL_CAP + 1)
    },

    async questionsOf(ids: readonly string[]): Promise<Map<string, string>> {
      const rows = await articles
        .find({ _id: { $in: [...ids] } })
        .project<{ _id: string; question?: string }>({ question: '$current.content.question' })
        .toArray()
      return new Map(rows.map(({ _id, question }) => [_id, question ?? '']))
    },

    /** What ends within so many days or has ended, the first to end first. */
    async ending(today: Day, days: number, limit: number, after?: { until: Day; id: string }): Promise<Ending[]> {
      const onwards = after && {
        $or: [{ until: { $gt: after.until } }, { until: after.until, _id: { $gt: after.id } }],
      }
      return articles
        .find({ live: true, until: { $lte: shiftDay(today, days) }, ...onwards }, READ_LIMIT)
        .project<Ending>({
          until: 1,
          reminded: 1,
          question: '$current.content.question',
          unitId: '$current.content.unitId',
        })
        .sort({ until: 1, _id: 1 })
        .limit(limit)
        .toArray()
    },
  }
}

export interface Ending {
  _id: string
  until: Day
  reminded?: string
  question: string
  unitId: string
}

function all(...filters: Filter[]): Filter {
  return filters.length > 1 ? { $and: filters } : (filters[0] ?? {})
}

/** @throws AppError invalidInput */
function wordsOf(q: string): number[] {
  const pairs = [...pairsOf(comparableText(q))]
  if (pairs.length > 0) return pairs
  throw new AppError('invalidInput', '搜索词至少两个字', { fields: [{ path: 'q', message: '至少两个字' }] })
}
