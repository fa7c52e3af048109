import type { TicketEvent } from '@hotline/shared/ticket/events'
import type { Effect, News } from '../announcer'
import type { JoinedTicket, JoinedTickets } from '../participantStore'
import type { SealedContact } from '../sealedContact'
import type { OutboundEntry } from './part'
import { TOGETHER_EFFECTS } from './together'
import { UNIT_WORK_EFFECTS } from './unitWork'

const ENDS: readonly TicketEvent['type'][] = [
  'ticket.closed',
  'ticket.answered',
  'ticket.declined',
  'ticket.emergencyTransferred',
  'ticket.terminationApproved',
]

/** Whoever's ticket was merged is told of the main one's result and of a later date or a stop, by his own number and query code. */
export function participantEffect(
  joined: JoinedTickets,
  contact: SealedContact,
  send: (entries: OutboundEntry[]) => Promise<void>,
): Effect {
  return async (news) => {
    const concerned = news.filter(({ ticket, events }) => ticket.participants?.length && events.some(isTold))
    if (concerned.length === 0) return
    const ids = concerned.flatMap(({ ticket }) => ticket.participants?.map(({ ticketId }) => ticketId) ?? [])
    const others = await joined([...new Set(ids)])
    const entries = concerned.flatMap((item) => entriesOf(item, others, contact))
    if (entries.length > 0) await send(entries)
  }
}

function isTold(event: TicketEvent): boolean {
  if (event.type === 'ticket.extensionApproved' || event.type === 'ticket.resumed') return event.promise !== undefined
  return ENDS.includes(event.type) || event.type === 'ticket.suspensionApproved'
}

function entriesOf(
  { ticket, events }: News,
  others: ReadonlyMap<string, JoinedTicket>,
  contact: SealedContact,
): OutboundEntry[] {
  return (ticket.participants ?? []).flatMap(({ ticketId, no }) => {
    const other = others.get(ticketId)
    if (!other?.ticket.hasContact) return []
    const { number, phone } = contact.tryOpen(ticketId, other.sealed) ?? {}
    const to = phone ?? number
    if (!to) return []
    return events.filter(isTold).map((event): OutboundEntry => {
      const own = { ...ticket, no, needsReply: false }
      const known = UNIT_WORK_EFFECTS.textOf?.(event, own) ?? TOGETHER_EFFECTS.textOf?.(event, own)
      const { purpose, text } = known ?? {
        purpose: 'result' as const,
        text: `您的诉求（${no}）有了结果，可凭编号和查询码查看，或拨打 12345。`,
      }
      return { key: `${ticketId}:${ticket.id}:${event.version}:${purpose}`, ticketId, purpose, to, text }
    })
  })
}
