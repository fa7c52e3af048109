import type { EventType, TicketEvent } from './events'
import type { Ticket } from './ticket'
import { openConsultation, type Sight } from './visibility'

/** What concerns everybody who has a part: the matter itself, and that it goes on, pauses or ends. */
const FOR_ALL: readonly EventType[] = [
  'ticket.registered',
  'ticket.accepted',
  'ticket.amended',
  'ticket.infoRequested',
  'ticket.infoSupplied',
  'ticket.supplemented',
  'ticket.recalled',
  'ticket.urged',
  'ticket.closed',
  'ticket.reopened',
  'ticket.withdrawn',
  'ticket.voided',
  'ticket.archived',
  'ticket.resumed',
  'ticket.deadlinesRecomputed',
]

/** What is said in a consultation, to those who are asked in it. */
const IN_CONSULTATION: readonly EventType[] = [
  'ticket.consultationOpened',
  'ticket.opinionGiven',
  'ticket.siteVisitRecorded',
]

/**
 * The history as far as this sight reaches, each event cut to it. An event that is not known to concern a part is the
 * lead's and the hotline's alone.
 */
export function historySeen(events: readonly TicketEvent[], ticket: Ticket, sight: Sight): readonly TicketEvent[] {
  if (sight.extent === 'all') return events
  const open = sight.isConsulted ? openConsultation(ticket) : undefined
  return events.flatMap((event) => {
    const told = withoutThoughts(event)
    return sight.extent === 'lead' ? [told] : (cut(told, sight, open?.openedAt) ?? [])
  })
}

/** Where the hotline thinks that it belongs, or what it takes it for, is the hotline's own. */
function withoutThoughts(event: TicketEvent): TicketEvent {
  if (event.type === 'ticket.amended' && event.suggestion) return { ...event, suggestion: undefined }
  if (event.type === 'ticket.registered' && event.duplicateOfId) return { ...event, duplicateOfId: undefined }
  return event
}

function cut(event: TicketEvent, sight: Sight, consultedSince: Date | undefined): TicketEvent | undefined {
  const { assignmentIds, isLeadSide, unitId } = sight
  const sees = (assignmentId: string) => assignmentIds.has(assignmentId)
  switch (event.type) {
    case 'ticket.dispatched': {
      const assignments = event.assignments.filter(({ id }) => sees(id))
      if (assignments.length === 0) return undefined
      return { ...event, assignments, ...(isLeadSide ? {} : { basis: undefined, promise: undefined }) } as TicketEvent
    }
    case 'ticket.delegated':
      return sees(event.assignment.id) ? event : undefined
    case 'ticket.resumed':
    case 'ticket.deadlinesRecomputed': {
      const clocks = event.clocks.filter(({ assignmentId }) => sees(assignmentId))
      if (isLeadSide) return { ...event, clocks } as TicketEvent
      const told = { ...event, clocks, promise: undefined, ...('reason' in event ? { reason: undefined } : {}) }
      return clocks.length > 0 ? (told as TicketEvent) : undefined
    }
    case 'ticket.supervised':
    case 'ticket.escalated':
    case 'ticket.instructed':
      return event.supervision.unitPath.includes(unitId) ? event : undefined
    case 'ticket.supervisionAnswered':
      return event.by.unitId === unitId || isLeadSide ? event : undefined
  }
  if ('assignmentId' in event) return sees(event.assignmentId) ? event : undefined
  if (IN_CONSULTATION.includes(event.type) && consultedSince)
    return event.at.getTime() >= consultedSince.getTime() ? event : undefined
  return isLeadSide || FOR_ALL.includes(event.type) ? event : undefined
}
