import type { DecideContext } from '../context'
import { cardTimes, type Deadline, extendDeadline, reworkDeadline, shiftByPauses } from '../deadlines'
import type { NewClock } from '../events'
import type { Limit } from '../../limits/profile'
import type { Assignment, Ticket } from '../ticket'

export function newClock(context: DecideContext, deadline: Deadline, limit: Limit, startedAt: Date): NewClock {
  const { profile, calendar } = context
  return {
    resolveBy: deadline.by,
    explain: deadline.explain,
    isProvisional: deadline.isProvisional,
    ...cardTimes(profile, calendar, { resolveBy: deadline.by, limitUnit: limit.unit, startedAt }),
  }
}

export function promiseOf(deadline: Deadline): { resolveBy: Date; isProvisional: boolean } {
  return { resolveBy: deadline.by, isProvisional: deadline.isProvisional }
}

/** On the old due date, not from the day of approval (T4). */
export function extended(context: DecideContext, ticket: Ticket, assignment: Assignment, workdays: number) {
  const { calendar } = context
  const clock = newClock(
    context,
    extendDeadline(calendar, assignment.resolveBy, workdays),
    assignment.limit,
    assignment.dispatchedAt,
  )
  const isLead = assignment.id === ticket.leadAssignmentId
  const promise =
    isLead && ticket.resolveBy ? promiseOf(extendDeadline(calendar, ticket.resolveBy, workdays)) : undefined
  return { clock, promise }
}

/** What the hotline's review took is not the unit's time. */
export function givenBack(context: DecideContext, ticket: Ticket, assignment: Assignment) {
  const { calendar, at } = context
  const pauses = ticket.hotlineReviewSince ? [{ from: ticket.hotlineReviewSince, to: at }] : []
  // A pause on days off moves nothing, and what was provisional stays so.
  const shift = (by: Date, wasProvisional = false) => {
    const moved = shiftByPauses(calendar, { by, limitUnit: assignment.limit.unit, pauses })
    return { ...moved, isProvisional: moved.isProvisional || wasProvisional }
  }
  const own = shift(assignment.resolveBy, assignment.isProvisional)
  return {
    clock: newClock(context, own, assignment.limit, assignment.dispatchedAt),
    promise: ticket.resolveBy ? promiseOf(shift(ticket.resolveBy, ticket.isProvisional)) : undefined,
  }
}

export function reworkClock(context: DecideContext): NewClock {
  const deadline = reworkDeadline(context.profile, context.calendar, context.at)
  return newClock(context, deadline, context.profile.rework, context.at)
}
