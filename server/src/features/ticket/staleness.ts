import { EVENT_LABELS } from '@hotline/shared/ticket/eventLabels'
import { type TicketEvent } from '@hotline/shared/ticket/events'

/** Who did what meanwhile, for the one whose command came too late. Names fields, never their values. */
export function describeSince(events: readonly TicketEvent[]) {
  return events.map((event) => ({
    type: event.type,
    label: EVENT_LABELS[event.type],
    at: event.at,
    by: event.by.name,
    ...(event.type === 'ticket.amended' ? { fields: event.changes.map((change) => change.field) } : {}),
  }))
}
