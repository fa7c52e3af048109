import { clockOf, promised, withCase, type Evolvers } from './parts'

export const RECOMPUTED: Evolvers<'ticket.deadlinesRecomputed'> = {
  'ticket.deadlinesRecomputed': (ticket, { clocks, promise, rules, at, dispatchBy, hotlineReviewBy, callbackBy }) => {
    const lead = clocks.find(({ assignmentId }) => assignmentId === ticket.leadAssignmentId)
    // A promise that is only no longer provisional is no new one.
    const isNewPromise = promise && promise.from.getTime() !== promise.resolveBy.getTime()
    const caseDates = {
      ...(lead?.clock ? { unitDueAt: lead.clock.resolveBy } : {}),
      ...(promise ? { dueAt: promise.resolveBy } : {}),
    }
    return {
      assignments: ticket.assignments.map((assignment) => {
        const own = clocks.find(({ assignmentId }) => assignmentId === assignment.id)
        if (!own) return assignment
        const { clock, limit, acknowledgeBy, returnBy, firstContactBy } = own
        return {
          ...assignment,
          ...(clock ? clockOf(clock) : {}),
          rules,
          ...(limit ? { limit } : {}),
          ...(acknowledgeBy ? { acknowledgeBy } : {}),
          ...(returnBy ? { returnBy } : {}),
          ...(firstContactBy ? { firstContactBy } : {}),
        }
      }),
      ...(Object.keys(caseDates).length > 0 ? { cases: withCase(ticket, caseDates) } : {}),
      ...promised(ticket, promise, at, 'recomputed'),
      ...(isNewPromise ? {} : { promises: ticket.promises }),
      ...(promise ? { promiseUnit: promise.unit } : {}),
      ...(dispatchBy ? { dispatchBy } : {}),
      ...(hotlineReviewBy ? { hotlineReviewBy } : {}),
      ...(callbackBy ? { callbackBy } : {}),
    }
  },
}
