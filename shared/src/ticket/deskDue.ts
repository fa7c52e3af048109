import { dueByOf } from './desks'
import { isUnderWay, type Assignment, type Ticket } from './ticket'
import { openConsultation, sightOfUnit, type Sight } from './visibility'

/** A unit's own part: what it has under way, of which there is never more than one, else its last. */
export function partOf({ assignments }: Pick<Ticket, 'assignments'>, unitId: string): Assignment | undefined {
  const own = assignments.filter((assignment) => assignment.unitId === unitId)
  return own.findLast(isUnderWay) ?? own.at(-1)
}

/** Of the lead whatever the ticket waits for; of anyone else its own clock, until it has replied. */
function dueOfPart(ticket: Ticket, part: Assignment): Date | undefined {
  if (part.id === ticket.leadAssignmentId) return dueByOf(ticket)
  if (part.status === 'replied') return undefined
  return ticket.suspension?.until ?? part.resolveBy
}

/**
 * The deadline that concerns whoever looks. A unit that has a part goes by that: 协办 and 下派 have clocks of their own.
 * A superior goes by the lead, where that is below it, else by the earliest that is still to be met there.
 */
export function dueBySeen(ticket: Ticket, sight: Sight): Date | undefined {
  if (sight.extent === 'all' || sight.extent === 'none') return dueByOf(ticket)
  const own = partOf(ticket, sight.unitId)
  if (own && isUnderWay(own)) return dueOfPart(ticket, own)
  if (sight.isLeadSide) return dueByOf(ticket)
  if (sight.isConsulted) return openConsultation(ticket)?.answerBy
  const times = ticket.assignments
    .filter((assignment) => sight.assignmentIds.has(assignment.id) && isUnderWay(assignment))
    .flatMap((assignment) => dueOfPart(ticket, assignment)?.getTime() ?? [])
  return times.length > 0 ? new Date(Math.min(...times)) : undefined
}

/**
 * By desk of a unit (`371602-ZJ|handling`) the deadline by which the ticket lies there: that of `dueBySeen`. Nothing is
 * left to be done on 已反馈, whose order is that of the deadlines as they were. 督办 has its own.
 * @param desks what `desksOf` says of the ticket
 */
export function deskDueOf(ticket: Ticket, desks: readonly string[]): Record<string, Date> | undefined {
  const entries = desks.flatMap((key): [string, Date][] => {
    const [owner = '', desk] = key.split('|')
    if (owner === 'hotline' || desk === 'supervised') return []
    const due = dueBySeen(ticket, sightOfUnit(ticket, owner))
    return [[key, due ?? partOf(ticket, owner)?.resolveBy ?? ticket.registeredAt]]
  })
  return entries.length > 0 ? Object.fromEntries(entries) : undefined
}
