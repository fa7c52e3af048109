import type { TicketFacts } from '../stats/facts'
import { answersOfRound, isOfCaller } from './callbackTargets'
import { reworksThatCount } from './supervision'
import type { CallbackResult, Ticket } from './ticket'

/** What statistics read of a ticket (stats/facts.ts); stored flat beside it. */
export function factsOf(ticket: Ticket): TicketFacts {
  const last = answerThatCounts(ticket)
  const lead =
    ticket.assignments.find((assignment) => assignment.id === ticket.leadAssignmentId) ??
    ticket.assignments.filter((assignment) => assignment.role === 'lead').at(-1)
  return {
    registeredAt: ticket.registeredAt,
    status: ticket.status,
    direct: ticket.answer !== undefined,
    isInvalid: isInvalid(ticket) ? true : undefined,
    outcome: ticket.outcome,
    acceptedAt: ticket.acceptedAt,
    dispatchBy: ticket.dispatchBy,
    firstDispatchedAt: ticket.firstDispatchedAt,
    isDispatchedLate: ticket.isDispatchedLate,
    dispatchCount: ticket.dispatchCount,
    returnRequestCount: ticket.returnRequestCount,
    returnCount: ticket.returnCount,
    extensionCount: ticket.extensionCount,
    reworkCount: ticket.reworkCount,
    standingReworkCount: reworksThatCount(ticket),
    acknowledgedOnTime: lead?.acknowledgedAt ? !lead.isAcknowledgedLate : undefined,
    firstContactAt: lead?.firstContactAt,
    firstContactBy: lead?.firstContactBy,
    callbackAt: last?.at,
    solved: last?.solved,
    satisfactionResult: last?.satisfaction.result,
    satisfactionAttitude: last?.satisfaction.attitude,
    satisfactionAgent: last?.satisfaction.agent,
    unreachable: ticket.outcome === 'unreachable' ? true : undefined,
    current: ticket.cases.at(-1),
    cases: ticket.cases,
  }
}

/** 作废, or 骚扰、无声、误拨: not a valid matter, also when it is archived. */
function isInvalid({ status, declined, voided }: Ticket): boolean {
  return voided !== undefined || ((status === 'declined' || status === 'archived') && declined?.code === 'INVALID')
}

/**
 * Measures count tickets. Of several callers of one ticket whoever was dissatisfied speaks for all: the matter is no
 * better for the content of the others. Before the first answer of a new callback it is still the last one's.
 */
function answerThatCounts(ticket: Ticket): CallbackResult | undefined {
  const answers = answersOfRound(ticket)
  return (
    answers.find(({ isDissatisfied }) => isDissatisfied) ??
    answers.at(-1) ??
    ticket.callbacks.findLast((result) => isOfCaller(ticket, result))
  )
}
