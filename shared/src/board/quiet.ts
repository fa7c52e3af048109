import { WITH_UNIT } from '../ticket/labels'
import { stoodStillSince } from '../ticket/standstill'
import type { Assignment, Ticket } from '../ticket/ticket'

/**
 * 久未进展: the last time that a unit did something about it, or was given it; absent while no unit has it, and while no
 * clock runs. What the clock or the hotline does is no progress.
 */
export function quietSinceOf(ticket: Ticket): Date | undefined {
  if (!WITH_UNIT.includes(ticket.status) || stoodStillSince(ticket)) return undefined
  const { assignments, contacts, progress, callbacks, supervisions, pauses, cases } = ticket
  const moves = [
    ...assignments.filter(({ role }) => role !== 'copy').flatMap(movesOf),
    ...[...contacts, ...progress].map(({ at }) => at),
    // A rework gives it back to the unit.
    ...cases.map(({ startedAt }) => startedAt),
    ...callbacks.flatMap(({ at, verdict }) => (verdict ? [at, verdict.at] : [at])),
    ...(supervisions ?? []).flatMap(({ answers }) => answers.map(({ at }) => at)),
    ...(pauses ?? []).map(({ to }) => to),
  ]
  return moves.length > 0 ? new Date(Math.max(...moves.map((at) => at.getTime()))) : undefined
}

function movesOf(assignment: Assignment): Date[] {
  const { dispatchedAt, acknowledgedAt, isAutoAcknowledged, reply, rectification, reviews } = assignment
  const { pendingReturn, pendingExtension, pendingSuspension, pendingTermination } = assignment
  return [
    dispatchedAt,
    isAutoAcknowledged ? undefined : acknowledgedAt,
    reply?.at,
    rectification?.at,
    ...reviews.map(({ at }) => at),
    pendingReturn?.at,
    pendingExtension?.at,
    pendingSuspension?.at,
    pendingTermination?.at,
  ].filter((at) => at !== undefined)
}
