import { hasRole, type Actor } from '../actor'
import { HOTLINE_ROLES, UNIT_ROLES } from '../user/roles'
import type { Consultation } from './conditions'
import { leadOf, type Ticket } from './ticket'

/** The fields by which a list is narrowed to what an actor may see; stored beside the ticket and indexed. */
export interface VisibilityFields {
  /** Units, with their superiors, that may see it. */
  scope: string[]
  registeredById: string
}

type Seen = Pick<Ticket, 'assignments' | 'confidentiality' | 'accusedUnitIds' | 'consultations' | 'supervisions'>

/**
 * Which units see the ticket: those with an assignment, those asked in an open consultation, those under supervision, and
 * the superiors of all of them; but when it is confidential (举报保密), never an accused unit or one under it, even where
 * it is itself a superior's part.
 */
export function scopeOf(ticket: Seen): string[] {
  const scope = new Set<string>()
  const supervised = (ticket.supervisions ?? []).filter(({ closedAt }) => !closedAt)
  const paths = [...ticket.assignments, ...(openConsultation(ticket)?.units ?? []), ...supervised]
  for (const { unitPath } of paths)
    unitPath.forEach((unitId, index) => {
      if (!isKeptFrom(ticket, unitPath.slice(index))) scope.add(unitId)
    })
  return [...scope]
}

/**
 * 举报保密: an accused unit and all under it are never candidates, see nothing and are told nothing.
 * @param unitPath the unit and its superiors, itself first
 */
export function isKeptFrom(
  { confidentiality, accusedUnitIds }: Pick<Ticket, 'confidentiality' | 'accusedUnitIds'>,
  unitPath: readonly string[],
): boolean {
  return confidentiality === 2 && unitPath.some((unitId) => accusedUnitIds.includes(unitId))
}

/** 会商 that is under way. */
export function openConsultation({ consultations }: Pick<Ticket, 'consultations'>): Consultation | undefined {
  const last = consultations?.at(-1)
  return last && !last.closedAt ? last : undefined
}

/** What of a ticket an actor sees. */
export interface Sight {
  /**
   * `all`: the hotline, city leaders, the agent who registered it. `lead`: the unit in the lead, which sees whatever the
   * units do. `part`: any other unit sees what is said to it and done by it and those under it, and the facts.
   */
  extent: 'all' | 'lead' | 'part' | 'none'
  unitId: string
  /** The assignments that a part looks into: its own, those under it, and those that it delegated. */
  assignmentIds: ReadonlySet<string>
  /** The lead is among them: so is what the hotline and the caller say to the lead. */
  isLeadSide: boolean
  /** It is asked in the consultation that is under way, or is the superior of one that is. */
  isConsulted: boolean
}

const GONE = ['returned', 'recalled', 'void']

/** The one rule of who sees what of a ticket; lists, history, search and pushes are cut by it. */
export function sightOf(ticket: Ticket, actor: Actor): Sight {
  const { unitId } = actor
  const sight = { unitId, assignmentIds: new Set<string>(), isLeadSide: false, isConsulted: false }
  const seesAll =
    hasRole(actor, ...HOTLINE_ROLES, 'cityLeader', 'system') ||
    (hasRole(actor, 'agent') && ticket.registeredBy.userId === actor.userId) ||
    actor.ticketId === ticket.id
  if (seesAll) return { ...sight, extent: 'all', isLeadSide: true, isConsulted: true }
  if (!hasRole(actor, ...UNIT_ROLES) || !scopeOf(ticket).includes(unitId)) return { ...sight, extent: 'none' }
  return sightOfUnit(ticket, unitId)
}

/** The sight of a unit in the ticket's scope. */
export function sightOfUnit(ticket: Ticket, unitId: string): Sight {
  const lead = leadOf(ticket)
  const isLeading = lead !== undefined && !GONE.includes(lead.status)
  if (isLeading && lead.unitId === unitId)
    return { extent: 'lead', unitId, assignmentIds: new Set(), isLeadSide: true, isConsulted: true }
  const assignmentIds = assignmentsUnder(ticket, unitId)
  return {
    extent: 'part',
    unitId,
    assignmentIds,
    isLeadSide: isLeading && assignmentIds.has(lead.id),
    isConsulted: (openConsultation(ticket)?.units ?? []).some(({ unitPath }) => unitPath.includes(unitId)),
  }
}

/** Those of the unit and of its subtree, and whatever was delegated from these. */
function assignmentsUnder({ assignments }: Ticket, unitId: string): Set<string> {
  const ids = new Set(assignments.filter(({ unitPath }) => unitPath.includes(unitId)).map(({ id }) => id))
  for (let before = -1; before < ids.size;) {
    before = ids.size
    for (const { id, parentId } of assignments) if (parentId && ids.has(parentId)) ids.add(id)
  }
  return ids
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
  return sightOf(ticket, actor).extent !== 'none'
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
