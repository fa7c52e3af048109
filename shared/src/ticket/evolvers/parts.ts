import type { CaseFacts } from '../../stats/facts'
import type { EventOf, EventType, NewClock, NewPromise } from '../events'
import { OPEN_ASSIGNMENT } from '../labels'
import { NO_REQUESTS, subtreeIds } from '../requests'
import type { Assignment, CallerPromise, Ticket } from '../ticket'

export type Evolvers<T extends EventType> = { [K in T]: (ticket: Ticket, event: EventOf<K>) => Partial<Ticket> }

export const change = (
  ticket: Ticket,
  id: string,
  patch: (assignment: Assignment) => Partial<Assignment>,
): Assignment[] =>
  ticket.assignments.map((assignment) => (assignment.id === id ? { ...assignment, ...patch(assignment) } : assignment))

/** Ends what is open; the units have nothing more to do. */
export const endAll = (ticket: Ticket, status: 'recalled' | 'done', at: Date): Assignment[] =>
  ticket.assignments.map((assignment) =>
    OPEN_ASSIGNMENT.includes(assignment.status) ? { ...assignment, status, endedAt: at, ...NO_REQUESTS } : assignment,
  )

/** Ends one assignment, and what was delegated out of it with it. */
export function endOne(ticket: Ticket, id: string, status: 'recalled' | 'returned', at: Date): Assignment[] {
  const ids = subtreeIds(ticket.assignments, id)
  return ticket.assignments.map((assignment) =>
    ids.has(assignment.id) && OPEN_ASSIGNMENT.includes(assignment.status)
      ? { ...assignment, status: assignment.id === id ? status : 'recalled', endedAt: at, ...NO_REQUESTS }
      : assignment,
  )
}

export const isDelegated = (ticket: Ticket, assignmentId: string) =>
  ticket.assignments.some(({ id, role }) => id === assignmentId && role === 'delegated')

export const isLead = (ticket: Ticket, assignmentId: string) => assignmentId === ticket.leadAssignmentId

export const clockOf = ({
  resolveBy,
  explain,
  isProvisional,
  unpausedBy,
  yellowAt,
  redAt,
}: NewClock): Partial<Assignment> => ({
  resolveBy,
  explain,
  isProvisional,
  unpausedBy,
  yellowAt,
  redAt,
})

export const promised = (
  ticket: Ticket,
  promise: NewPromise | undefined,
  at: Date,
  reason: CallerPromise['reason'],
): Partial<Ticket> =>
  promise
    ? {
        resolveBy: promise.resolveBy,
        isProvisional: promise.isProvisional,
        unpausedBy: promise.unpausedBy,
        promises: [...ticket.promises, { by: promise.resolveBy, at, reason }],
      }
    : {}

/** The open way from dispatch to close, changed; a new one where none is open. */
export function withCase(ticket: Ticket, patch: Partial<CaseFacts>, fresh?: CaseFacts): CaseFacts[] {
  const current = ticket.cases.at(-1)
  if (current && !current.closedAt) return [...ticket.cases.slice(0, -1), { ...current, ...patch }]
  return fresh ? [...ticket.cases, fresh] : ticket.cases
}

export const ended = (ticket: Ticket, at: Date): Partial<Ticket> => ({
  closedAt: at,
  assignments: endAll(ticket, 'done', at),
  cases: withCase(ticket, { closedAt: at }),
  pendingJudgement: undefined,
  nextAttemptAt: undefined,
  dispatchBy: undefined,
  // What was asked or suggested on its way is nobody's to settle any more.
  infoRequest: undefined,
  suggestion: undefined,
  hotlineReviewBy: undefined,
  hotlineReviewSince: undefined,
})
