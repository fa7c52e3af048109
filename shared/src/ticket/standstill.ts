import type { WorkCalendar } from '../calendar/workingDays'
import { pausedClock, pausedPromise } from './decide/clock'
import type { LimitProfile } from '../limits/profile'
import { OPEN_ASSIGNMENT } from './labels'
import type { Ticket } from './ticket'

/** Since when no clock runs: 挂起, or 会商. */
export function stoodStillSince({ status, suspension, consultations }: Ticket): Date | undefined {
  if (status === 'consulting') return consultations?.at(-1)?.openedAt
  return suspension?.since
}

/** When everything would be due if it went on as promised: a suspension at the promised day's end, a consultation now. */
export interface Expected {
  /** The promise to the caller. */
  resolveBy?: Date
  assignments: { id: string; resolveBy: Date }[]
}

export function expectedDue(
  ticket: Ticket,
  rules: { at: Date; calendar: WorkCalendar; profile: LimitProfile },
): Expected | undefined {
  const from = stoodStillSince(ticket)
  if (!from) return undefined
  const pause = { from, to: ticket.suspension?.until ?? rules.at }
  const running = ticket.suspension ? ticket.assignments : []
  return {
    resolveBy: pausedPromise(rules, ticket, pause)?.resolveBy,
    assignments: running
      .filter(({ role, status }) => role !== 'copy' && OPEN_ASSIGNMENT.includes(status))
      .map((assignment) => ({ id: assignment.id, resolveBy: pausedClock(rules, assignment, pause).by })),
  }
}
