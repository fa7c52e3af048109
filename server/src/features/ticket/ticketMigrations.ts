import { DEFAULT_PROFILE } from '@hotline/shared/limits/presets'
import type { Migration } from '../../platform/migrations'
import { deskDueMigrations } from './deskDueMigrations'
import { recomputeMigrations } from './recomputeStore'
import { riskMigrations } from './riskMigrations'
import { backfillMigrations } from './ticketBackfill'

/** As `afterwards` reads histories that are older than the rule. */
const ARCHIVE_DAYS = DEFAULT_PROFILE.archiveDays
const openSupervision = {
  $map: { input: { $ifNull: ['$t.supervisions', []] }, in: { $not: [{ $ifNull: ['$$this.closedAt', false] }] } },
}

/** Every list, search and count is served by one of these; `tests/api/ticketIndexes.test.ts` reads the plans. */
export const ticketMigrations: Migration[] = [
  {
    id: 500,
    name: '工单索引',
    up: async (db) => {
      const tickets = db.collection('tickets')
      await tickets.createIndexes([
        { key: { no: 1 }, name: 'no', unique: true },
        { key: { 'keys.k': 1 }, name: 'idempotency', unique: true },
        { key: { registeredAt: -1 }, name: 'newest' },
        { key: { status: 1, registeredAt: -1 }, name: 'status' },
        { key: { desks: 1, dueBy: 1 }, name: 'desk' },
        { key: { scope: 1, registeredAt: -1 }, name: 'scope' },
        { key: { matterPath: 1, registeredAt: -1 }, name: 'matter' },
        { key: { regionPath: 1, registeredAt: -1 }, name: 'region' },
        { key: { callerHashes: 1, registeredAt: -1 }, name: 'caller' },
        { key: { registeredById: 1, registeredAt: -1 }, name: 'agent' },
        { key: { unmetBy: 1 }, name: 'unmet', partialFilterExpression: { unmetBy: { $exists: true } } },
        { key: { nextCheckAt: 1 }, name: 'clock', partialFilterExpression: { nextCheckAt: { $exists: true } } },
        { key: { hasNews: 1 }, name: 'news', partialFilterExpression: { hasNews: true } },
      ])
    },
  },
  {
    id: 501,
    name: '工单全文（汉字二元组）索引',
    up: async (db) => {
      await db.collection('ticketTexts').createIndexes([{ key: { g: 1, _id: -1 }, name: 'bigram' }])
      const stale = { name: 'staleText', partialFilterExpression: { isTextStale: true } }
      await db.collection('tickets').createIndex({ isTextStale: 1 }, stale)
    },
  },
  {
    id: 502,
    name: '外部单号不重复',
    up: async (db) => {
      await db
        .collection('tickets')
        .createIndex(
          { 't.channel': 1, 't.externalNo': 1 },
          { name: 'externalNo', unique: true, partialFilterExpression: { 't.externalNo': { $exists: true } } },
        )
    },
  },
  {
    id: 503,
    name: '按类型、紧急程度筛选的索引',
    up: async (db) => {
      await db.collection('tickets').createIndex({ kind: 1, urgency: 1, registeredAt: -1 }, { name: 'kind' })
    },
  },
  {
    id: 520,
    name: '督办台按督办期限排序的索引',
    up: async (db) => {
      await db
        .collection('tickets')
        .createIndex(
          { desks: 1, superviseBy: 1 },
          { name: 'supervision', partialFilterExpression: { superviseBy: { $exists: true } } },
        )
    },
  },
  {
    id: 540,
    name: '已办结工单的归档日期（办结后 30 天）',
    up: async (db) => {
      const archiveBy = { $dateAdd: { startDate: '$t.closedAt', unit: 'day', amount: ARCHIVE_DAYS } }
      const isUnwatched = { $not: [{ $anyElementTrue: [openSupervision] }] }
      const check = { $cond: [isUnwatched, archiveBy, '$$REMOVE'] }
      await db.collection('tickets').updateMany(
        {
          status: { $in: ['closed', 'answered', 'declined', 'transferred', 'terminated', 'withdrawn', 'void'] },
          't.closedAt': { $exists: true },
          't.archiveBy': { $exists: false },
        },
        [{ $set: { 't.archiveBy': archiveBy, 't.nextCheckAt': check, nextCheckAt: check } }],
      )
    },
  },
  {
    id: 560,
    name: '保密、匿名工单的搜索文本去掉诉求人姓名',
    up: async (db) => {
      const hidden = { $or: [{ 't.confidentiality': { $gt: 0 } }, { 't.isAnonymous': true }] }
      await db.collection('tickets').updateMany(hidden, { $set: { isTextStale: true } })
    },
  },
  ...backfillMigrations,
  ...recomputeMigrations,
  ...riskMigrations,
  ...deskDueMigrations,
]
