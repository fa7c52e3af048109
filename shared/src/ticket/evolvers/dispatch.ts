import { endAll, promised, withCase, type Evolvers } from './parts'

export const DISPATCH: Evolvers<'ticket.dispatched' | 'ticket.recalled'> = {
  'ticket.dispatched': (ticket, { assignments, leadAssignmentId, isLate, promise, at }) => {
    const lead = assignments.find((assignment) => assignment.id === leadAssignmentId)
    const dueAt = promise?.resolveBy ?? ticket.resolveBy ?? at
    const unitId = lead?.unitId ?? ''
    const unitDueAt = lead?.resolveBy ?? dueAt
    return {
      status: 'dispatched',
      assignments: [...ticket.assignments, ...assignments],
      leadAssignmentId,
      dispatchedAt: at,
      firstDispatchedAt: ticket.firstDispatchedAt ?? at,
      isDispatchedLate: ticket.isDispatchedLate || isLate,
      dispatchCount: ticket.dispatchCount + 1,
      dispatchBy: undefined,
      suggestion: undefined,
      cases: withCase(
        ticket,
        { unitId, unitDueAt },
        { unitId, startedAt: at, dueAt, unitDueAt, isLate: false, isUnitLate: false },
      ),
      ...promised(ticket, promise, at, 'dispatch'),
      ...(promise ? { pauses: undefined, promiseUnit: lead?.limit.unit } : {}),
    }
  },
  'ticket.recalled': (ticket, { dispatchBy, at }) => ({
    status: 'accepted',
    assignments: endAll(ticket, 'recalled', at),
    leadAssignmentId: undefined,
    dispatchBy,
    suggestion: undefined,
    cases: withCase(ticket, { unitId: '' }),
  }),
}
