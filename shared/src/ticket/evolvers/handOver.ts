import { OPEN_ASSIGNMENT } from '../labels'
import type { Assignment, Ticket } from '../ticket'
import { NO_REQUESTS } from '../requests'
import { isLead, withCase, type Evolvers } from './parts'

/** What the leaving unit had delegated and waits for: the next one is not above those units, and delegates anew. */
function delegatedBelow({ assignments }: Ticket, id: string, unitId: string): Set<string> {
  const isFor = ({ unitPath, status }: Assignment) => !unitPath.includes(unitId) && OPEN_ASSIGNMENT.includes(status)
  const found = new Set<string>()
  const look = (parentId: string) => {
    for (const child of assignments) {
      if (child.parentId !== parentId || !isFor(child)) continue
      found.add(child.id)
      look(child.id)
    }
  }
  look(id)
  return found
}

export const HAND_OVER: Evolvers<'ticket.handedOver'> = {
  'ticket.handedOver': (ticket, { assignmentId, fromUnitId, unitId, unitPath, handlerId, handlerName, at }) => {
    const recalled = fromUnitId === unitId ? new Set<string>() : delegatedBelow(ticket, assignmentId, unitId)
    return {
      assignments: ticket.assignments.map((assignment) => {
        if (assignment.id === assignmentId) return { ...assignment, unitId, unitPath, handlerId, handlerName }
        if (!recalled.has(assignment.id)) return assignment
        return { ...assignment, status: 'recalled' as const, endedAt: at, ...NO_REQUESTS }
      }),
      ...(isLead(ticket, assignmentId) ? { cases: withCase(ticket, { unitId }) } : {}),
      ...(ticket.supervisions
        ? {
            supervisions: ticket.supervisions.map((one) =>
              one.unitId === fromUnitId && fromUnitId !== unitId && !one.closedAt ? { ...one, unitId, unitPath } : one,
            ),
          }
        : {}),
    }
  },
}
