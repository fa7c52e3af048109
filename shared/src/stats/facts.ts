/** One promise to the caller from first dispatch to close; a reopening or a rework after closing starts another. */
export interface CaseFacts {
  /** The current lead. */
  unitId: string
  startedAt: Date
  /** The ticket's promise. */
  dueAt: Date
  unitDueAt: Date
  /** The unit's sign-off that the hotline accepted. */
  metAt?: Date
  closedAt?: Date
  /** Some sign-off came after the ticket's promise. */
  isLate: boolean
  isUnitLate: boolean
}

/** What statistics know of a ticket: flat, counted while the history is folded, so that no report replays it. */
export interface TicketFacts {
  registeredAt: Date
  status: string
  /** Answered at once (直接办结); stays so when it is archived. */
  direct: boolean
  outcome?: string
  /** 作废, or 骚扰、无声、误拨: no valid matter, and not in any count. */
  isInvalid?: boolean
  acceptedAt?: Date
  dispatchBy?: Date
  firstDispatchedAt?: Date
  isDispatchedLate?: boolean
  dispatchCount: number
  returnRequestCount: number
  /** Approved ones. */
  returnCount: number
  extensionCount: number
  reworkCount: number
  /** Without those that an appeal took back: they are not the unit's. */
  standingReworkCount?: number
  acknowledgedOnTime?: boolean
  firstContactAt?: Date
  firstContactBy?: Date
  /** When the caller was reached and answered. */
  callbackAt?: Date
  solved?: 'yes' | 'partly' | 'no' | 'noOpinion'
  satisfactionResult?: Rated
  satisfactionAttitude?: Rated
  satisfactionAgent?: Rated
  unreachable?: boolean
  current?: CaseFacts
  /** Ended ones and the current one. */
  cases: CaseFacts[]
}

/** 5 非常满意 … 1 非常不满意 */
export type Rated = 1 | 2 | 3 | 4 | 5 | 'declined'

export type CaseField = keyof CaseFacts & string
export type TicketField = (keyof TicketFacts & string) | `current.${CaseField}`
