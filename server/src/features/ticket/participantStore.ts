import type { Ticket } from '@hotline/shared/ticket/ticket'
import type { Db } from '../../platform/mongo'
import type { SealedData, TicketDoc } from './ticketDocument'

/** Another caller's own ticket, as far as its caller is concerned. */
export interface JoinedTicket {
  ticket: Pick<Ticket, 'id' | 'confidentiality' | 'isAnonymous' | 'hasContact'>
  sealed: SealedData
}

/** The tickets that were merged into one, read together: their callers' contact stays sealed in each of them. */
export type JoinedTickets = (ids: readonly string[]) => Promise<ReadonlyMap<string, JoinedTicket>>

const PROJECTION = { 't.id': 1, 't.confidentiality': 1, 't.isAnonymous': 1, 't.hasContact': 1, sealed: 1 } as const

export function createJoinedTickets(db: Db): JoinedTickets {
  const tickets = db.collection<TicketDoc>('tickets')
  return async (ids) => {
    if (ids.length === 0) return new Map()
    const rows = await tickets.find({ _id: { $in: [...ids] } }, { projection: PROJECTION }).toArray()
    return new Map(rows.map(({ _id, t, sealed }) => [_id, { ticket: t, sealed }]))
  }
}
