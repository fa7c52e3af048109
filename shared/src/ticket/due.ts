import { CLOCK } from '../actor'
import { isAvailable } from './available'
import type { CommandType, TicketCommand } from './commands'
import type { Surroundings } from './context'
import type { Ticket } from './ticket'

const PER_ASSIGNMENT = ['autoAcknowledge', 'redCard', 'yellowCard'] as const satisfies CommandType[]

/** What the clock must do with this ticket now, one step at a time: the first due command, or nothing. */
export function dueCommand(ticket: Ticket, surroundings: Omit<Surroundings, 'actor'>): TicketCommand | undefined {
  const context = { ...surroundings, actor: CLOCK }
  const { version } = ticket
  if (isAvailable(ticket, 'closeUnreachable', context)) return { type: 'closeUnreachable', version }
  if (ticket.suspension && isAvailable(ticket, 'resume', context)) return { type: 'resume', version }
  // What was merged follows its main ticket.
  if (ticket.status !== 'merged' && isAvailable(ticket, 'archive', context)) return { type: 'archive', version }
  for (const { id } of ticket.assignments)
    for (const type of PER_ASSIGNMENT)
      if (isAvailable(ticket, type, context, id)) return { type, version, assignmentId: id }
  return undefined
}
