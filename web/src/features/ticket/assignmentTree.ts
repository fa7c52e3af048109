import { OPEN_ASSIGNMENT } from '@hotline/shared/ticket/labels'
import type { TicketView } from '@hotline/shared/ticket/view'

type Assignment = TicketView['assignments'][number]
export interface Branch {
  assignment: Assignment
  depth: number
  isOpen: boolean
}

/** Who works on it: those that are still at it first, under each those to whom it delegated. */
export function assignmentTree(assignments: readonly Assignment[]): Branch[] {
  const ids = new Set(assignments.map(({ id }) => id))
  const isOpen = ({ status }: Assignment) => OPEN_ASSIGNMENT.includes(status)
  const order = (some: readonly Assignment[]) =>
    some.toSorted((a, b) => Number(isOpen(b)) - Number(isOpen(a)) || rank(a) - rank(b))
  const below = (parentId: string | undefined, depth: number): Branch[] =>
    order(
      assignments.filter((one) =>
        parentId ? one.parentId === parentId : one.parentId === undefined || !ids.has(one.parentId),
      ),
    ).flatMap((assignment) => [{ assignment, depth, isOpen: isOpen(assignment) }, ...below(assignment.id, depth + 1)])
  return below(undefined, 0)
}

const RANKS: readonly Assignment['role'][] = ['lead', 'co', 'delegated', 'copy']
const rank = ({ role }: Assignment) => RANKS.indexOf(role)
