import type { Role } from '../../user/roles'
import type { WhenContext } from '../context'
import type { AssignmentStatus, TicketStatus } from '../labels'
import type { Ticket } from '../ticket'

/**
 * One row of the workflow. `when` says `true`, or why not, in Chinese. A unit's roles act on their own unit's
 * assignment only; `assignmentFrom` is checked on that one.
 */
export interface Rule {
  label: string
  by: readonly Role[]
  from: readonly TicketStatus[]
  assignmentFrom?: readonly AssignmentStatus[]
  /** The request that it answers: of several assignments the one that has it is meant, though another may be newer. */
  decides?: 'pendingReturn' | 'pendingExtension' | 'pendingSuspension' | 'pendingTermination'
  /** Acts on one assignment; without `assignmentFrom` any of the actor's may be meant. */
  when?: (ticket: Ticket, context: WhenContext) => true | string
}

export const INTAKE = ['registered', 'needInfo', 'accepted'] as const
export const ANY_OPEN = [
  'registered',
  'needInfo',
  'accepted',
  'consulting',
  'dispatched',
  'handling',
  'unitReview',
  'hotlineReview',
  'callback',
] as const
export const AT_UNIT = ['dispatched', 'handling', 'unitReview'] as const
export const IN_HAND = ['toAcknowledge', 'handling'] as const
