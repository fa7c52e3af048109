import { EVOLVERS } from './evolvers'
import { afterwards } from './afterwards'
import type { EventOf, EventType, TicketEvent } from './events'
import type { Ticket } from './ticket'

/** What happened, happened: total, no rule is asked, nothing throws. Old events must always fold. */
export function evolve(ticket: Ticket | undefined, event: TicketEvent): Ticket {
  const evolver = EVOLVERS[event.type] as (ticket: Ticket, event: EventOf<EventType>) => Partial<Ticket>
  const before = ticket ?? ({} as Ticket)
  const after = { ...before, ...evolver(before, event), version: event.version }
  return afterwards(after, event)
}

/** A ticket from its whole history. */
export function fold(events: readonly TicketEvent[]): Ticket | undefined {
  return events.reduce<Ticket | undefined>(evolve, undefined)
}
