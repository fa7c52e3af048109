import type { UnitTree } from '../unit/unit'
import { OPEN_ASSIGNMENT } from './labels'
import type { Assignment, Ticket } from './ticket'

/** Why a unit cannot be given a part of this one's work; `undefined`: it can. */
export function whyNotDelegate(
  ticket: Ticket,
  { unitId: own }: Assignment,
  unitId: string,
  units: UnitTree,
): string | undefined {
  const unit = units.get(unitId)
  if (!unit?.isOpen) return '承办单位不存在或已停用'
  if (unitId === own || !units.isWithin(unitId, own)) return '只能下派给本单位的下级单位'
  if (unit.kind === 'hotline' || unit.kind === 'hotlineGroup') return '热线中心不是承办单位'
  if (ticket.accusedUnitIds.some((accused) => units.isWithin(unitId, accused)))
    return `${unit.name}是被反映单位，不得承办`
  const isBusy = ticket.assignments.some((other) => other.unitId === unitId && OPEN_ASSIGNMENT.includes(other.status))
  return isBusy ? `${unit.name}已在办理本件` : undefined
}

export function hasDelegate(ticket: Ticket, assignment: Assignment, units: UnitTree): boolean {
  return units
    .subtree(assignment.unitId)
    .some((unitId) => unitId !== assignment.unitId && !whyNotDelegate(ticket, assignment, unitId, units))
}

/** What it delegated and still waits for. */
export function openDelegates(ticket: Ticket, { id }: Assignment): Assignment[] {
  return ticket.assignments.filter(({ parentId, status }) => parentId === id && OPEN_ASSIGNMENT.includes(status))
}
