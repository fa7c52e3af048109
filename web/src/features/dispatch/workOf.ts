import type { CommandType } from '@hotline/shared/ticket/commands'
import type { HotlineDesk } from '@hotline/shared/ticket/desks'
import type { TicketView } from '@hotline/shared/ticket/view'

export type Work = 'accept' | 'dispatch' | 'return' | 'extension' | 'suspension' | 'termination' | 'conclude' | 'review'

const WORK: Record<Work, readonly CommandType[]> = {
  accept: ['accept'],
  dispatch: ['dispatch', 'designate'],
  return: ['approveReturn', 'rejectReturn'],
  extension: ['approveExtension', 'rejectExtension'],
  suspension: ['approveSuspension', 'rejectSuspension'],
  termination: ['approveTermination', 'rejectTermination'],
  conclude: ['concludeConsultation'],
  review: ['reviewByHotline'],
}
const OF_DESK: Partial<Record<HotlineDesk, Work>> = {
  intake: 'accept',
  dispatch: 'dispatch',
  returnReview: 'return',
  extensionReview: 'extension',
  consulting: 'conclude',
  suspensionReview: 'suspension',
  terminationReview: 'termination',
  hotlineReview: 'review',
}
/** Commands that have a form of their own on this screen. */
export const WORK_COMMANDS: readonly CommandType[] = Object.values(WORK).flat()

/**
 * What a dispatcher has to do on this ticket: what its queue is for, as long as it may be done. A ticket that has just
 * been accepted goes on to its dispatch without a way round by another queue.
 */
export function workOf(ticket: Pick<TicketView, 'can' | 'assignments'>, desk: HotlineDesk): Work | undefined {
  const isOpen = (work: Work) => WORK[work].some((command) => ticket.can.includes(command))
  const wanted = OF_DESK[desk]
  if (wanted && isOpen(wanted)) return wanted
  // The director decides on a third return; a dispatcher sees whom it waits for.
  if (wanted === 'return' && ticket.assignments.some(({ pendingReturn }) => pendingReturn)) return wanted
  if (wanted === 'suspension' && ticket.assignments.some((one) => one.pendingSuspension?.stage === 'hotline'))
    return wanted
  if (wanted === 'termination' && ticket.assignments.some((one) => one.pendingTermination?.stage === 'hotline'))
    return wanted
  return wanted === 'accept' && isOpen('dispatch') ? 'dispatch' : undefined
}
