import { DEFAULT_REMINDERS, type KnowledgeArticle, type KnowledgeVersion } from '@hotline/shared/knowledge/article'
import type { Quote } from '@hotline/shared/knowledge/quote'
import type { UnitTree } from '@hotline/shared/unit/unit'
import { isDuplicate, type Db } from '../../platform/mongo'
import type { Tx } from '../../platform/outbox'
import { articleOf, keysOf, type ArticleDoc, type ArticleHead } from './knowledgeDocument'

export interface KnowledgeUse {
  /** `{ticket}:{version of the ticket}:{article}`: the same answer told again is the same use. */
  _id: string
  articleId: string
  version: number
  ticketId: string
  unitId: string
  at: Date
}

export interface Reminders {
  /** Days before the end. */
  days: readonly number[]
  by?: { name: string; at: Date }
}

interface SettingRow extends Reminders {
  _id: 'reminders'
}

export interface Quoted extends Quote {
  question: string
  state: KnowledgeArticle['state']
  newest: number
}

export type KnowledgeStore = ReturnType<typeof createKnowledgeStore>

/** One article is one document: its versions with it, so that publishing is one write or nothing. */
export function createKnowledgeStore(db: Db, units: UnitTree) {
  const articles = db.collection<ArticleDoc>('knowledgeArticles')
  const usesOf = db.collection<KnowledgeUse>('knowledgeUses')
  const settings = db.collection<SettingRow>('knowledgeSettings')
  const HEAD = { versions: 0, g: 0, words: 0 } as const

  return {
    async insert(article: KnowledgeArticle, at: Date): Promise<void> {
      const { id: _id, ...rest } = article
      await articles.insertOne({ _id, ...rest, versions: [], ...keysOf(article, units, at) })
    },

    /** What is there already stays as it is. @returns how many are new */
    async seed(list: readonly { article: KnowledgeArticle; versions: KnowledgeVersion[]; at: Date }[]): Promise<void> {
      if ((await articles.findOne({}, { projection: { _id: 1 } })) !== null) return
      const docs = list.map(({ article, versions, at }): ArticleDoc => {
        const { id: _id, ...rest } = article
        return { _id, ...rest, versions, ...keysOf(article, units, at) }
      })
      await articles.insertMany(docs, { ordered: false }).catch((error: unknown) => {
        if (!isDuplicate(error)) throw error
      })
    },

    async find(id: string): Promise<KnowledgeArticle | undefined> {
      const doc = await articles.findOne<ArticleHead>({ _id: id }, { projection: HEAD })
      return doc ? articleOf(doc) : undefined
    },

    /** Who, when and why; the newest first. */
    async versionsOf(id: string): Promise<Omit<KnowledgeVersion, 'content'>[]> {
      const doc = await articles.findOne({ _id: id }, { projection: { versions: 1 } })
      return (doc?.versions ?? []).map(({ content: _, ...head }) => head).reverse()
    },

    async findVersion(id: string, version: number): Promise<KnowledgeVersion | undefined> {
      const doc = await articles.findOne({ _id: id }, { projection: { versions: { $elemMatch: { version } } } })
      return doc?.versions?.[0]
    },

    /** @returns false when somebody was faster */
    async commit(
      before: KnowledgeArticle,
      after: KnowledgeArticle,
      at: Date,
      version: KnowledgeVersion | undefined,
      { session }: Tx,
    ) {
      const { id: _id, uses: _uses, ...rest } = after
      const set = { ...rest, ...keysOf(after, units, at) }
      const gone = (['current', 'work', 'live', 'g', 'until'] as const).filter((field) => set[field] === undefined)
      const { matchedCount } = await articles.updateOne(
        { _id, revision: before.revision },
        {
          $set: set,
          ...(gone.length > 0 ? { $unset: Object.fromEntries(gone.map((field) => [field, ''])) } : {}),
          ...(version ? { $push: { versions: version } } : {}),
        },
        { session },
      )
      return matchedCount === 1
    },

    async remove({ id: _id, revision }: KnowledgeArticle, { session }: Tx): Promise<boolean> {
      return (await articles.deleteOne({ _id, revision }, { session })).deletedCount === 1
    },

    /** Whether each names a version that was published; its question as it was then. */
    async quoted(quotes: readonly Quote[]): Promise<Quoted[]> {
      const docs = await articles
        .find({ _id: { $in: quotes.map(({ articleId }) => articleId) } })
        .project<Pick<ArticleDoc, '_id' | 'state' | 'versions'>>({
          state: 1,
          'versions.version': 1,
          'versions.content.question': 1,
        })
        .toArray()
      return quotes.flatMap((quote) => {
        const doc = docs.find(({ _id }) => _id === quote.articleId)
        const version = doc?.versions.find((one) => one.version === quote.version)
        if (!doc || !version) return []
        const newest = Math.max(...doc.versions.map((one) => one.version))
        return { ...quote, question: version.content.question, state: doc.state, newest }
      })
    },

    /** Once and for all, however often the same answers are told: a count that only grows is set to what stands there. */
    async noteUses(uses: readonly KnowledgeUse[]): Promise<void> {
      await usesOf.insertMany(uses.slice(), { ordered: false }).catch((error: unknown) => {
        if (!isDuplicate(error)) throw error
      })
      const ids = [...new Set(uses.map(({ articleId }) => articleId))]
      for (const articleId of ids)
        await articles.updateOne({ _id: articleId }, { $max: { uses: await usesOf.countDocuments({ articleId }) } })
    },

    async reminders(): Promise<Reminders> {
      return (await settings.findOne({ _id: 'reminders' })) ?? { days: DEFAULT_REMINDERS }
    },
    async setReminders(reminders: Reminders): Promise<void> {
      await settings.replaceOne({ _id: 'reminders' }, reminders, { upsert: true })
    },

    async markReminded(ids: readonly string[], reminded: (id: string) => string): Promise<void> {
      if (ids.length === 0) return
      await articles.bulkWrite(
        ids.map((_id) => ({ updateOne: { filter: { _id }, update: { $set: { reminded: reminded(_id) } } } })),
        { ordered: false },
      )
    },
  }
}
