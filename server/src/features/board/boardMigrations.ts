import { quietSinceOf } from '@hotline/shared/board/quiet'
import { WITH_UNIT } from '@hotline/shared/ticket/labels'
import type { Migration } from '../../platform/migrations'
import type { Db } from '../../platform/mongo'
import type { TicketDoc } from '../ticket/ticketDocument'

const BATCH = 500

/** Each column of 风险看板 is found by one of these; partial, so that an ordinary ticket pays for none. */
export const boardMigrations: Migration[] = [
  {
    id: 940,
    name: '风险看板的索引（三次退单、二次重办、久未进展）',
    up: async (db) => {
      await db.collection('tickets').createIndexes([
        {
          key: { status: 1, 'facts.returnCount': -1, registeredAt: 1 },
          name: 'riskReturned',
          partialFilterExpression: { 'facts.returnCount': { $gte: 1 } },
        },
        {
          key: { status: 1, 'facts.standingReworkCount': -1, registeredAt: 1 },
          name: 'riskReworked',
          partialFilterExpression: { 'facts.standingReworkCount': { $gte: 1 } },
        },
        {
          key: { quietSince: 1 },
          name: 'riskQuiet',
          partialFilterExpression: { quietSince: { $exists: true } },
        },
      ])
    },
  },
  { id: 941, name: '承办单位手中的工单最近一次进展的时间', up: noteQuiet },
  {
    id: 942,
    name: '已销号督办的索引',
    up: async (db) => {
      await db
        .collection('tickets')
        .createIndex({ 't.supervisions.closedAt': -1 }, { name: 'supervisionClosed', sparse: true })
    },
  },
  {
    id: 943,
    name: '承办单位风险看板的索引（本单位及下级主办的到期、久未进展）',
    up: async (db) => {
      await db.collection('tickets').createIndexes([
        {
          key: { leadPath: 1, unmetBy: 1 },
          name: 'unitUnmet',
          partialFilterExpression: { unmetBy: { $exists: true } },
        },
        {
          key: { leadPath: 1, quietSince: 1 },
          name: 'unitQuiet',
          partialFilterExpression: { quietSince: { $exists: true } },
        },
      ])
    },
  },
]

/** What was committed before there was the field. */
async function noteQuiet(db: Db): Promise<void> {
  const tickets = db.collection<TicketDoc>('tickets')
  let updates: Parameters<typeof tickets.bulkWrite>[0][number][] = []
  const flush = async () => {
    if (updates.length > 0) await tickets.bulkWrite(updates, { ordered: false })
    updates = []
  }
  const withUnits = { status: { $in: [...WITH_UNIT] }, quietSince: { $exists: false } }
  for await (const { _id, t } of tickets.find(withUnits, { projection: { t: 1 } })) {
    const quietSince = quietSinceOf(t)
    if (quietSince)
      updates.push({ updateOne: { filter: { _id, version: t.version }, update: { $set: { quietSince } } } })
    if (updates.length >= BATCH) await flush()
  }
  await flush()
}
