import type { LimitProfile } from '@hotline/shared/limits/profile'
import type { Staff } from '@hotline/shared/ticket/context'
import type { TicketEvent } from '@hotline/shared/ticket/events'
import { OPEN_STATUSES, WITH_UNIT } from '@hotline/shared/ticket/labels'
import type { Ticket } from '@hotline/shared/ticket/ticket'
import type { Role } from '@hotline/shared/user/roles'
import type { Recipient } from '../../notice/noticeService'

/** A message to the citizen, through the one outbound port. */
export interface OutboundEntry {
  key: string
  ticketId: string
  purpose: 'registered' | 'extended' | 'result' | 'dutyAlert' | 'other'
  to: string
  text: string
  secrets?: string[]
}

/** What the caller is told; `{queryCode}` stands for his own. */
export interface CallerText {
  purpose: OutboundEntry['purpose']
  text: string
  /** Parts of it that who looks after the sending need not read: what the matter is about. */
  secrets?: string[]
}

/** What an effect may look at. */
export interface Told {
  ticket: Ticket
  staff: Staff
  profile: Pick<LimitProfile, 'designateAfterReturns'>
  /** People of the unit of one assignment. */
  unit(assignmentId: string, ...roles: Role[]): Recipient[]
  /** The units that still work on it: clerk and handler. */
  openUnits(): Recipient[]
  /** Whoever has it in hand now: those units, or the hotline's own desk. */
  atWork(): Recipient[]
}

/**
 * What one group of events makes happen outside the ticket. Each answers `undefined` for events that are not its own, so
 * that the next group is asked.
 */
export interface EffectPart {
  /** Whom an event asks to act, or tells of a decision that he waited for. */
  recipientsOf?(event: TicketEvent, told: Told): Recipient[] | undefined
  /** Where the event's own label is not enough. */
  titleOf?(event: TicketEvent): string | undefined
  textOf?(event: TicketEvent, ticket: Ticket): CallerText | undefined
}

export function toldOf(ticket: Ticket, staff: Staff, profile: Told['profile']): Told {
  const openUnits = () =>
    ticket.assignments
      .filter(({ status }) => ['toAcknowledge', 'handling', 'inReview'].includes(status))
      .flatMap(({ unitId }): Recipient[] => [
        { unitId, role: 'clerk' },
        { unitId, role: 'handler' },
      ])
  return {
    ticket,
    staff,
    profile,
    unit(assignmentId, ...roles) {
      const unitId = ticket.assignments.find(({ id }) => id === assignmentId)?.unitId
      return unitId ? roles.map((role) => ({ unitId, role })) : []
    },
    openUnits,
    atWork() {
      if (ticket.status === 'callback') return [{ role: 'callbackOfficer' }]
      if (WITH_UNIT.includes(ticket.status)) return openUnits()
      return OPEN_STATUSES.includes(ticket.status) ? [{ role: 'dispatcher' }] : []
    },
  }
}
