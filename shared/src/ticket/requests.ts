import type { PendingRequest } from './conditions'
import type { Assignment, Ticket } from './ticket'

/** What a unit may ask for; the first three questions go by its own lead before anybody else decides. */
const ENDORSED = ['pendingExtension', 'pendingSuspension', 'pendingTermination'] as const
const WAITING = {
  pendingReturn: '退单申请待审核',
  pendingExtension: '延期申请待审核',
  pendingSuspension: '挂起申请待审批',
  pendingTermination: '终止申请待审批',
} as const
type Asked = keyof typeof WAITING

export const REQUEST_NAMES = {
  pendingExtension: 'extension',
  pendingSuspension: 'suspension',
  pendingTermination: 'termination',
} as const

export const NO_REQUESTS: Partial<Assignment> = {
  pendingReturn: undefined,
  pendingExtension: undefined,
  pendingSuspension: undefined,
  pendingTermination: undefined,
}

/** At most one request waits on an assignment; this one, as a sentence. */
export function waitingRequest(assignment: Assignment): string | undefined {
  const asked = (Object.keys(WAITING) as Asked[]).find((field) => assignment[field])
  return asked && WAITING[asked]
}

/** The request that the unit's lead endorses, or has endorsed. */
export function endorsable(
  assignment: Assignment,
): { field: (typeof ENDORSED)[number]; request: PendingRequest } | undefined {
  for (const field of ENDORSED) {
    const request = assignment[field]
    if (request) return { field, request }
  }
  return undefined
}

/** The assignment out of which this one was delegated. */
export function parentOf(ticket: Ticket, { parentId }: Assignment): Assignment | undefined {
  return parentId === undefined ? undefined : ticket.assignments.find(({ id }) => id === parentId)
}

/** It and all that was delegated out of it. */
export function subtreeIds(assignments: readonly Assignment[], rootId: string): Set<string> {
  const found = new Set([rootId])
  // A child stands behind its parent.
  for (const { id, parentId } of assignments) if (parentId !== undefined && found.has(parentId)) found.add(id)
  return found
}
