import type { CommandType } from '@hotline/shared/ticket/commands'
import type { HotlineDesk } from '@hotline/shared/ticket/desks'

export type OversightDesk =
  Extract<HotlineDesk, 'supervising' | 'toSupervise' | 'toEscalate' | 'judgement' | 'ratingReview'> | 'overdue'

/** The queues of 督办台, and what one does with a ticket of each. */
export const OVERSIGHT_DESKS: readonly {
  key: OversightDesk
  command: CommandType
  /** The city's leaders look at these too. */
  isForLeaders?: boolean
}[] = [
  { key: 'supervising', command: 'closeSupervision', isForLeaders: true },
  { key: 'toSupervise', command: 'supervise' },
  { key: 'toEscalate', command: 'escalate', isForLeaders: true },
  { key: 'judgement', command: 'judgeCallback' },
  { key: 'ratingReview', command: 'judgeRating' },
  { key: 'overdue', command: 'supervise', isForLeaders: true },
]
