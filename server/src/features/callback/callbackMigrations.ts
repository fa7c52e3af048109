import { hasAppointment } from '@hotline/shared/ticket/callbackTargets'
import { deskKey } from '@hotline/shared/ticket/desks'
import type { Migration } from '../../platform/migrations'
import type { TicketDoc } from '../ticket/ticketDocument'

export const callbackMigrations: Migration[] = [
  {
    id: 935,
    name: '回访员本人当日回访、拨打的索引',
    up: async (db) => {
      await db.collection('tickets').createIndexes([
        { key: { 't.callbacks.by.userId': 1, 't.callbacks.at': 1 }, name: 'ownCallbacks', sparse: true },
        { key: { 't.attempts.by.userId': 1, 't.attempts.at': 1 }, name: 'ownAttempts', sparse: true },
      ])
    },
  },
  {
    id: 936,
    name: '已约时间的回访列入“预约回访”',
    up: async (db) => {
      const tickets = db.collection<TicketDoc>('tickets')
      const called = { status: 'callback', 't.attempts.result': 'appointment' }
      for await (const { _id, t } of tickets.find(called, { projection: { t: 1 } }))
        if (hasAppointment(t))
          await tickets.updateOne(
            { _id, version: t.version },
            { $addToSet: { desks: deskKey('hotline', 'appointed') } },
          )
    },
  },
]
