import type { MaskedContact, TicketView } from '@hotline/shared/ticket/view'

export type Target = NonNullable<TicketView['callbackTargets']>[number]

/** Who is to be called on this ticket, the first caller first; empty for whoever may not know callers. */
export function targetsOf(ticket: Pick<TicketView, 'callbackTargets'>): readonly Target[] {
  return ticket.callbackTargets ?? []
}

/** Whom to call now: nobody has answered for him, and his time has come. */
export function nextTarget(ticket: Pick<TicketView, 'callbackTargets'>, now: Date): Target | undefined {
  const at = now.toISOString()
  return targetsOf(ticket).find(({ state, nextAt }) => state === 'open' && (!nextAt || nextAt <= at))
}

export function contactOf(
  ticket: Pick<TicketView, 'contact' | 'participants'>,
  participantId: string | undefined,
): MaskedContact | undefined {
  if (!participantId) return ticket.contact
  return ticket.participants?.find(({ ticketId }) => ticketId === participantId)?.contact
}

/** The ticket as this caller is spoken to about it. */
export function ticketFor(ticket: TicketView, participantId: string | undefined): TicketView {
  if (!participantId) return ticket
  return { ...ticket, contact: contactOf(ticket, participantId), callerGender: 'unknown' }
}
