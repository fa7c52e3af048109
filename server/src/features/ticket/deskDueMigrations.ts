import { deskDueOf } from '@hotline/shared/ticket/deskDue'
import type { Migration } from '../../platform/migrations'
import type { TicketDoc } from './ticketDocument'

const BATCH = 500

export const deskDueMigrations: Migration[] = [
  {
    id: 583,
    name: '承办单位的办件台按本单位自己的期限',
    up: async (db) => {
      const tickets = db.collection<TicketDoc>('tickets')
      // A path for each unit and desk. A ticket that lies on no unit's desk has none of them, and takes no room in it.
      await tickets.createIndex({ 'deskDue.$**': 1 }, { name: 'unitDesk' })
      let updates: Parameters<typeof tickets.bulkWrite>[0][number][] = []
      const flush = async () => {
        if (updates.length > 0) await tickets.bulkWrite(updates, { ordered: false })
        updates = []
      }
      const onDesks = tickets.find({ desks: { $gt: '' } }, { projection: { t: 1, desks: 1 } })
      for await (const { _id, t, desks } of onDesks) {
        const deskDue = deskDueOf(t, desks)
        if (deskDue) updates.push({ updateOne: { filter: { _id, version: t.version }, update: { $set: { deskDue } } } })
        if (updates.length >= BATCH) await flush()
      }
      await flush()
    },
  },
]
