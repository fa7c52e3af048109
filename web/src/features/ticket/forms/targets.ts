import type { CommandType } from '@hotline/shared/ticket/commands'
import { OPEN_ASSIGNMENT } from '@hotline/shared/ticket/labels'
import type { TicketView } from '@hotline/shared/ticket/view'
import { REQUEST_KINDS, requestAnsweredBy, stageOf, type ViewAssignment } from './requests'

export type ViewSupervision = NonNullable<TicketView['supervisions']>[number]

/**
 * The assignments that a command may be about, when it is about another unit's: a delegate's for the unit that
 * delegated, all others' for the hotline. Empty: the command needs none, or the server finds the only one.
 */
export function targetsOf(ticket: TicketView, command: CommandType, unitId: string): ViewAssignment[] {
  const fits = conditionOf(command)
  if (!fits) return []
  const mine = ticket.assignments.filter((one) => one.unitId === unitId).map(({ id }) => id)
  const isBelow = ({ parentId }: ViewAssignment) => !!parentId && mine.includes(parentId)
  const isLead = ticket.leadAssignmentId !== undefined && mine.includes(ticket.leadAssignmentId)
  const found = ticket.assignments.filter(fits)
  if (command === 'endorseRequest' || command === 'refuseRequest') return found
  if (command === 'recallDelegation') return found.filter(isBelow)
  if (command === 'sendBack') return found.filter((one) => isBelow(one) || (isLead && one.role === 'co'))
  const ofOurs = mine.length > 0 ? found.filter(isBelow) : found.filter(({ parentId }) => !parentId)
  return ofOurs.length > 0 ? ofOurs : found
}

function conditionOf(command: CommandType): ((assignment: ViewAssignment) => boolean) | undefined {
  const kind = requestAnsweredBy(command)
  if (kind) return (one) => !!one[kind] && stageOf(one, kind) === 'hotline'
  if (command === 'endorseRequest' || command === 'refuseRequest')
    return (one) => REQUEST_KINDS.some((each) => !!one[each] && stageOf(one, each) === 'unit')
  if (command === 'recallDelegation') return (one) => OPEN_ASSIGNMENT.includes(one.status)
  if (command === 'sendBack') return ({ status }) => status === 'replied'
  return undefined
}

/** 督办 that are not closed, the one due first in front; with a unit those that are asked of it, if any are. */
export function openSupervisions(ticket: Pick<TicketView, 'supervisions'>, unitId?: string): ViewSupervision[] {
  const all = ticket.supervisions?.filter(({ closedAt }) => !closedAt) ?? []
  const own = all.filter((one) => one.unitId === unitId)
  const open = unitId !== undefined && own.length > 0 ? own : all
  return open.toSorted((a, b) => (a.deadline ?? '9').localeCompare(b.deadline ?? '9'))
}
