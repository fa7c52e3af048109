import type { Migration } from '../../platform/migrations'

const LIVE = { live: true } as const

/** Every list, count and search has its own; those over what is published hold nothing else. */
export const knowledgeMigrations: Migration[] = [
  {
    id: 880,
    name: '知识库索引',
    up: async (db) => {
      await db.collection('knowledgeArticles').createIndexes([
        { key: { g: 1 }, name: 'pairs', partialFilterExpression: LIVE },
        { key: { matterPath: 1, uses: -1 }, name: 'liveOfMatter', partialFilterExpression: LIVE },
        { key: { uses: -1, _id: 1 }, name: 'mostUsed', partialFilterExpression: LIVE },
        { key: { until: 1, _id: 1 }, name: 'ending', partialFilterExpression: LIVE },
        { key: { unitPath: 1, until: 1 }, name: 'endingOfUnit', partialFilterExpression: LIVE },
        { key: { 'work.author.userId': 1, changedAt: -1 }, name: 'author', sparse: true },
        {
          key: { 'work.status': 1, 'work.submittedAt': 1 },
          name: 'toReview',
          partialFilterExpression: { 'work.status': 'review' },
        },
        { key: { changedAt: -1 }, name: 'newest' },
        { key: { state: 1, changedAt: -1 }, name: 'state' },
        { key: { unitPath: 1, changedAt: -1 }, name: 'unit' },
        { key: { matterPath: 1, changedAt: -1 }, name: 'matter' },
        { key: { words: 1, changedAt: -1 }, name: 'question' },
      ])
      await db.collection('knowledgeUses').createIndex({ articleId: 1, at: -1 }, { name: 'article' })
      await db.collection('knowledgeFeedback').createIndexes([
        { key: { articleId: 1, isLatest: 1, at: -1 }, name: 'article' },
        { key: { isOpen: 1, at: 1 }, name: 'open', partialFilterExpression: { isOpen: true } },
        { key: { 'settled.at': -1 }, name: 'settled', sparse: true },
      ])
    },
  },
]
