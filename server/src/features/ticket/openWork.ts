import { OPEN_STATUSES } from '@hotline/shared/ticket/labels'
import type { Db } from '../../platform/mongo'
import type { TicketDoc } from './ticketDocument'

/** What a handler still has in hand, as a sentence's end ("3 件在办工单"); undefined when nothing. */
export async function openWorkOf(db: Db, user: { _id: string; unitId: string }): Promise<string | undefined> {
  const count = await db.collection<TicketDoc>('tickets').countDocuments({
    scope: user.unitId,
    status: { $in: [...OPEN_STATUSES] },
    't.assignments': {
      $elemMatch: { handlerId: user._id, status: { $in: ['toAcknowledge', 'handling', 'inReview'] } },
    },
  })
  return count === 0 ? undefined : `${count} 件在办工单`
}
