import { DEFAULT_PROFILE } from '../limits/presets'
import type { Condition } from './condition'
import type { CaseField, TicketField } from './facts'
import type { Period } from './period'

export interface MeasureOptions {
  /** The city judges by what the caller was promised, a unit by its own clock (ticket.md §3). */
  scope: 'city' | 'unit'
  /** 基本满意 counts as satisfied. */
  isFairSatisfied: boolean
  /** `judged` leaves out what a supervisor found unreasonable (甄别维持); the raw rating stays stored. */
  rating: 'raw' | 'judged'
  targets: { onTimeClose: number; satisfaction: number }
}

export const DEFAULT_OPTIONS: MeasureOptions = {
  scope: 'city',
  isFairSatisfied: true,
  rating: 'raw',
  targets: DEFAULT_PROFILE.targets,
}

type Countable =
  'dispatchCount' | 'returnRequestCount' | 'returnCount' | 'extensionCount' | 'reworkCount' | 'standingReworkCount'

interface Common {
  id: MeasureId
  label: string
  /** 口径, as it stands beside the number. */
  formula: string
  target?: number
  isLowerBetter?: boolean
}

/** Counts tickets, or sums a counter of theirs. */
export interface OfTickets extends Common {
  unitOfCount: 'ticket'
  numerator(period: Period): Condition<TicketField>
  /** A rate; without it a plain number. */
  denominator?(period: Period): Condition<TicketField>
  /** Not the tickets but this counter of theirs is summed. */
  sum?: { numerator?: Countable; denominator?: Countable }
}

/** Counts ways from dispatch to close: each of a ticket's `cases` by itself. */
export interface OfCases extends Common {
  unitOfCount: 'case'
  numerator(period: Period): Condition<CaseField>
  denominator(period: Period): Condition<CaseField>
  /** The numerator is Σ workdays from `startedAt` to `closedAt`, a mean and no rate. */
  mean?: 'handlingWorkdays'
}

export type Measure = OfTickets | OfCases

export const MEASURE_IDS = [
  'received',
  'directRate',
  'dispatchedRate',
  'onTimeDispatchRate',
  'onTimeAcknowledgeRate',
  'responseRate',
  'returnRate',
  'approvedReturnRate',
  'extensionRate',
  'closeRate',
  'caseCloseRate',
  'onTimeCloseRate',
  'overdueRate',
  'handlingWorkdays',
  'reworkRate',
  'callbackRate',
  'solvedRate',
  'satisfactionRate',
  'attitudeSatisfactionRate',
  'agentSatisfactionRate',
] as const
export type MeasureId = (typeof MEASURE_IDS)[number]

export type TicketCondition = Condition<TicketField>
export type CaseCondition = Condition<CaseField>
