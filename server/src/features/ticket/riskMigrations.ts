import { DEFAULT_PROFILE } from '@hotline/shared/limits/presets'
import { riskByOf } from '@hotline/shared/ticket/risk'
import type { Migration } from '../../platform/migrations'
import type { TicketDoc } from './ticketDocument'

export const riskMigrations: Migration[] = [
  {
    id: 581,
    name: '待受理、待派单按风险排序',
    up: async (db) => {
      const tickets = db.collection<TicketDoc>('tickets')
      await tickets.createIndex(
        { desks: 1, riskBy: 1 },
        { name: 'risk', partialFilterExpression: { riskBy: { $exists: true } } },
      )
      const waiting = tickets.find({ status: { $in: ['registered', 'accepted'] } }, { projection: { t: 1 } })
      for await (const { _id, t } of waiting)
        await tickets.updateOne(
          { _id, version: t.version },
          { $set: { riskBy: riskByOf(t, DEFAULT_PROFILE.poolOrder) } },
        )
    },
  },
  {
    id: 582,
    name: '待派单中同类诉求的索引',
    up: async (db) => {
      await db
        .collection('tickets')
        .createIndex(
          { desks: 1, 't.matterCode': 1, riskBy: 1 },
          { name: 'riskOfMatter', partialFilterExpression: { riskBy: { $exists: true } } },
        )
    },
  },
]
