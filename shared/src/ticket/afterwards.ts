import { DAY } from '../calendar/millis'
import { DEFAULT_PROFILE } from '../limits/presets'
import { exhaustedAt } from './callbackTargets'
import type { TicketEvent } from './events'
import { ENDED_STATUSES, WITH_UNIT, type AssignmentStatus, type TicketStatus } from './labels'
import { isWatched } from './supervision'
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
  const archiveBy = archivedBy({ ...ticket, status }, event)
  const nextCheckAt = nextCheck({ ...ticket, status, archiveBy }, event.at)
  const after: Ticket = { ...ticket, status, archiveBy, nextCheckAt }
  // Whatever takes it from the units ends the suspension too, and whatever ends it the consultation.
  if (ticket.suspension && !WITH_UNIT.includes(status)) after.suspension = undefined
  const last = ticket.consultations?.at(-1)
  if (last && !last.closedAt && status !== 'consulting')
    after.consultations = ticket.consultations?.map((one) => (one === last ? { ...one, closedAt: event.at } : one))
  return after
}

/** What has ended goes to the archive on its day; what was merged goes there with its main ticket. */
function archivedBy({ status, closedAt, archiveBy }: Ticket, event: TicketEvent): Date | undefined {
  if (!closedAt || !ENDED_STATUSES.includes(status) || status === 'merged' || status === 'archived') return undefined
  // Histories that are older than this rule name no day.
  return event.archiveBy ?? archiveBy ?? new Date(closedAt.getTime() + DEFAULT_PROFILE.archiveDays * DAY)
}

/** The earliest moment at which the clock has something to do by itself: acknowledging, a card, the archive. */
function nextCheck(ticket: Ticket, at: Date): Date | undefined {
  if (ticket.status === 'callback') return ticket.pendingJudgement ? undefined : exhaustedAt(ticket, at)
  if (ticket.archiveBy) return isWatched(ticket) ? undefined : ticket.archiveBy
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
