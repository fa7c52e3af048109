import { OPEN_ASSIGNMENT, type AssignmentStatus } from '@hotline/shared/ticket/labels'
import type { TicketRow, TicketView } from '@hotline/shared/ticket/view'

/** A span of the unit's own time: from when it ran, and until when. */
export interface Span {
  label: string
  from: string
  by: string
}

type Mine = TicketRow['mine']

/** The time that counts for the unit: its own assignment's, else (a superior looking on) the promise to the caller. */
export function resolveSpan(row: Pick<TicketRow, 'mine' | 'resolveBy' | 'registeredAt'>): Span | undefined {
  if (row.mine) return { label: '办结', from: row.mine.dispatchedAt, by: row.mine.resolveBy }
  return row.resolveBy ? { label: '办结', from: row.registeredAt, by: row.resolveBy } : undefined
}

/** What must happen before the resolving: acknowledge, then contact the caller, where the unit may. */
export function nextStep(
  { isAnonymous, confidentiality, isSuspended }: Pick<TicketRow, 'isAnonymous' | 'confidentiality' | 'isSuspended'>,
  mine: Mine,
): Span | undefined {
  if (isSuspended) return undefined
  const mayContact = !isAnonymous && confidentiality === 0
  if (mine?.status === 'toAcknowledge') return { label: '签收', from: mine.dispatchedAt, by: mine.acknowledgeBy }
  if (mayContact && mine?.status === 'handling' && mine.firstContactBy && !mine.firstContactAt)
    return { label: '联系诉求人', from: mine.dispatchedAt, by: mine.firstContactBy }
  return undefined
}

/** The clock stands still once the unit has done its part. */
export function isRunning(row: Pick<TicketRow, 'mine' | 'isSuspended'>): boolean {
  if (row.isSuspended) return false
  return (
    !row.mine || row.mine.status === 'toAcknowledge' || row.mine.status === 'handling' || row.mine.status === 'inReview'
  )
}

/** How far a unit is that helps or was delegated to: its own state, and not that of whoever leads. */
export function ownStatus(mine: Pick<NonNullable<Mine>, 'role' | 'status'> | undefined): AssignmentStatus | undefined {
  const isBeside = mine?.role === 'co' || mine?.role === 'delegated'
  return isBeside && OPEN_ASSIGNMENT.includes(mine.status) ? mine.status : undefined
}

/** The assignment that a unit's screen is about: its own, else the lead's. */
export function assignmentOf(ticket: TicketView): TicketView['assignments'][number] | undefined {
  return (
    ticket.assignments.find(({ id }) => id === ticket.myAssignmentId) ??
    ticket.assignments.find(({ id }) => id === ticket.leadAssignmentId)
  )
}
