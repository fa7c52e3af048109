import { hasRole, type Actor } from '../actor'
import { HOTLINE_ROLES, UNIT_ROLES } from '../user/roles'
import type { Ticket } from './ticket'

/** The fields by which a list is narrowed to what an actor may see; stored beside the ticket and indexed. */
export interface VisibilityFields {
  /** Units, with their superiors, that may see it. */
  scope: string[]
  registeredById: string
}

/**
 * Which units see the ticket: those with an assignment, and their superiors; but when it is confidential (举报保密),
 * never an accused unit or one under it, even where it is itself a superior's part.
 */
export function scopeOf(ticket: Pick<Ticket, 'assignments' | 'confidentiality' | 'accusedUnitIds'>): string[] {
  const scope = new Set<string>()
  for (const { unitPath } of ticket.assignments)
    unitPath.forEach((unitId, index) => {
      const isAccused = unitPath.slice(index).some((above) => ticket.accusedUnitIds.includes(above))
      if (ticket.confidentiality < 2 || !isAccused) scope.add(unitId)
    })
  return [...scope]
}

/**
 * What an actor may list, as a MongoDB filter. `callerHash` is the number that an agent has on the line.
 * `undefined`: nothing at all.
 */
export function visibilityFilter(actor: Actor, callerHash?: string): Record<string, unknown> | undefined {
  if (hasRole(actor, ...HOTLINE_ROLES, 'cityLeader')) return {}
  const any: Record<string, unknown>[] = []
  if (hasRole(actor, ...UNIT_ROLES)) any.push({ scope: actor.unitId })
  if (hasRole(actor, 'agent')) {
    any.push({ registeredById: actor.userId })
    if (callerHash) any.push({ callerHashes: callerHash })
  }
  if (actor.ticketId) any.push({ _id: actor.ticketId })
  return any.length > 1 ? { $or: any } : any[0]
}

/** The same rule for one ticket. */
export function canSee(ticket: Ticket, actor: Actor): boolean {
  if (hasRole(actor, ...HOTLINE_ROLES, 'cityLeader', 'system')) return true
  if (hasRole(actor, ...UNIT_ROLES) && scopeOf(ticket).includes(actor.unitId)) return true
  if (hasRole(actor, 'agent') && ticket.registeredBy.userId === actor.userId) return true
  return actor.ticketId === ticket.id
}

/** Whether anonymous and confidential callers stay unknown to an actor: to all but the hotline's own people. */
export function mayKnowCallers(actor: Actor): boolean {
  // Who is an agent beside his work for a unit reads a unit's tickets as one of the unit.
  return hasRole(actor, ...HOTLINE_ROLES) || (hasRole(actor, 'agent') && !hasRole(actor, ...UNIT_ROLES))
}

/** Who may ask for the caller's plain data of this ticket, with a recorded reason (ticket.md §6). */
export function canReveal(ticket: Ticket, actor: Actor): boolean {
  if (hasRole(actor, 'dispatcher', 'callbackOfficer', 'director', 'supervisor', 'inspector')) return true
  if (hasRole(actor, 'agent') && ticket.registeredBy.userId === actor.userId) return true
  if (ticket.isAnonymous || ticket.confidentiality > 0) return false
  return (
    hasRole(actor, 'clerk', 'handler', 'unitLead', 'unitHead') &&
    ticket.assignments.some(
      ({ unitId, status }) =>
        unitId === actor.unitId && ['toAcknowledge', 'handling', 'inReview', 'replied'].includes(status),
    )
  )
}
