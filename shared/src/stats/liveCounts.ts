import { dayOf, endOfDay, startOfDay } from '../calendar/day'
import { OPEN_STATUSES } from '../ticket/labels'
import type { TicketQueryInput } from '../ticket/view'
import type { Condition } from './condition'
import type { TicketField } from './facts'

export interface LiveCount {
  id: 'receivedToday' | 'inHand' | 'dueToday' | 'overdue'
  label: string
  formula: string
  condition(now: Date): Condition<TicketField>
  /** The list of exactly these tickets. */
  query(now: Date): TicketQueryInput
}

/** The clock of the promise runs: not closed, and not signed off. */
const isRunning: Condition<TicketField> = {
  all: [
    { field: 'status', op: 'in', value: OPEN_STATUSES },
    { field: 'current.dueAt', op: 'exists', value: true },
    { field: 'current.closedAt', op: 'exists', value: false },
    { field: 'current.metAt', op: 'exists', value: false },
  ],
}

/** What stands on the supervisor's board now; today is Asia/Shanghai's. */
export const LIVE_COUNTS: readonly LiveCount[] = [
  {
    id: 'receivedToday',
    label: '今日受理',
    formula: '今日 00:00 起登记的有效诉求，含直接办结',
    condition: (now) => ({
      all: [
        { field: 'registeredAt', op: 'gte', value: startOfDay(dayOf(now)) },
        { field: 'registeredAt', op: 'lte', value: now },
        { field: 'isInvalid', op: 'ne', value: true },
      ],
    }),
    query: (now) => ({
      from: startOfDay(dayOf(now)).toISOString(),
      to: endOfDay(dayOf(now)).toISOString(),
      valid: 'true',
    }),
  },
  {
    id: 'inHand',
    label: '在办',
    formula: '已登记、尚未办结的全部工单',
    condition: () => ({ field: 'status', op: 'in', value: OPEN_STATUSES }),
    query: () => ({ open: 'true' }),
  },
  {
    id: 'dueToday',
    label: '今日到期',
    formula: '承诺期限在今日此后（至 24:00）、承办单位尚未签批反馈的；今日已超期的计入超期',
    condition: (now) => ({
      all: [
        isRunning,
        { field: 'current.dueAt', op: 'gte', value: now },
        { field: 'current.dueAt', op: 'lte', value: endOfDay(dayOf(now)) },
      ],
    }),
    query: () => ({ dueToday: 'true', sort: 'due' }),
  },
  {
    id: 'overdue',
    label: '超期',
    formula: '已过承诺期限、承办单位尚未签批反馈的',
    condition: (now) => ({ all: [isRunning, { field: 'current.dueAt', op: 'lt', value: now }] }),
    query: () => ({ overdue: 'true', sort: 'due' }),
  },
]
