import { exhaustedAt } from './callbackTargets'
import type { TicketEvent } from './events'
import { WITH_UNIT, type AssignmentStatus, type TicketStatus } from './labels'
import { leadOf, type Assignment, type Ticket } from './ticket'

const FOLLOWS: Partial<Record<AssignmentStatus, TicketStatus>> = {
  toAcknowledge: 'dispatched',
  handling: 'handling',
  inReview: 'unitReview',
  replied: 'hotlineReview',
}

/** From `dispatched` to `unitReview`, and back from the hotline, the ticket's status is its lead's. */
export function afterwards(ticket: Ticket, event: TicketEvent): Ticket {
  const lead = leadOf(ticket)
  const leadMoved =
    [...WITH_UNIT, 'hotlineReview'].includes(ticket.status) ||
    event.type === 'ticket.reworked' ||
    (event.type === 'ticket.hotlineReviewed' && !event.isPassed)
  const status = (leadMoved && lead && FOLLOWS[lead.status]) || ticket.status
  const nextCheckAt = nextCheck({ ...ticket, status }, event.at)
  const after = { ...ticket, status, nextCheckAt }
  // Whatever takes it from the units ends the suspension too.
  return ticket.suspension && !WITH_UNIT.includes(status) ? { ...after, suspension: undefined } : after
}

/** The earliest moment at which the clock has something to do by itself: acknowledging, a card. */
function nextCheck(ticket: Ticket, at: Date): Date | undefined {
  if (ticket.status === 'callback')
    return ticket.pendingJudgement ? undefined : exhaustedAt(ticket, at)
  if (!WITH_UNIT.includes(ticket.status)) return undefined
  if (ticket.suspension) return ticket.suspension.until
  const moments = ticket.assignments.flatMap(checksOf).map((moment) => moment.getTime())
  return moments.length > 0 ? new Date(Math.min(...moments)) : undefined
}

function checksOf(assignment: Assignment): Date[] {
  if (assignment.role === 'copy' || !['toAcknowledge', 'handling', 'inReview'].includes(assignment.status)) return []
  const { resolveBy, yellowFor, redFor, yellowAt, redAt, returnBy, pendingReturn, status } = assignment
  const card =
    redFor?.getTime() === resolveBy.getTime() ? [] : [yellowFor?.getTime() === resolveBy.getTime() ? redAt : yellowAt]
  const acknowledgement = status === 'toAcknowledge' && !pendingReturn ? [returnBy] : []
  return [...card, ...acknowledgement]
}
