import type { TicketField } from './facts'
import type { OfTickets, TicketCondition } from './measure'
import { happened, type Period } from './period'

const received = (period: Period): TicketCondition => ({
  all: [happened<TicketField>('registeredAt', period), { field: 'isInvalid', op: 'ne', value: true }],
})

const dispatched = (period: Period): TicketCondition => happened<TicketField>('firstDispatchedAt', period)

/** 应派: accepted in the period and dispatched, or not dispatched although its time was up. */
const toDispatch = (period: Period): TicketCondition => ({
  all: [
    happened<TicketField>('acceptedAt', period),
    {
      any: [
        { field: 'firstDispatchedAt', op: 'lt', value: period.to },
        { field: 'dispatchBy', op: 'lt', value: period.to },
      ],
    },
  ],
})

/** 应签收: dispatched in the period, and whether in time is known. */
const toAcknowledge = (period: Period): TicketCondition => ({
  all: [dispatched(period), { field: 'acknowledgedOnTime', op: 'exists', value: true }],
})

/** 应响应: acknowledged ones of the period whose time to contact the caller is up, or that have been contacted. */
const toContact = (period: Period): TicketCondition => ({
  all: [
    dispatched(period),
    { field: 'firstContactBy', op: 'exists', value: true },
    {
      any: [
        { field: 'firstContactBy', op: 'lt', value: period.to },
        { field: 'firstContactAt', op: 'exists', value: true },
      ],
    },
  ],
})

/** From the call to the unit's desk: taking on, dispatching, acknowledging, returning. */
export const INTAKE_MEASURES: readonly OfTickets[] = [
  {
    id: 'received',
    label: '受理量',
    formula: '期内登记的有效诉求件数，含直接办结；作废、骚扰、误拨的不计',
    unitOfCount: 'ticket',
    numerator: received,
  },
  {
    id: 'directRate',
    label: '直接办结率',
    formula: '期内登记且直接答复办结的 ÷ 期内受理量',
    unitOfCount: 'ticket',
    numerator: (period) => ({ all: [received(period), { field: 'direct', op: 'eq', value: true }] }),
    denominator: received,
  },
  {
    id: 'dispatchedRate',
    label: '转办率',
    formula: '期内登记且已转派的 ÷ 期内受理量',
    unitOfCount: 'ticket',
    numerator: (period) => ({ all: [received(period), { field: 'firstDispatchedAt', op: 'lt', value: period.to }] }),
    denominator: received,
  },
  {
    id: 'onTimeDispatchRate',
    label: '按时派单率',
    formula: '期内受理并在派单时限内派出的 ÷ 应派（已派出，或已过派单时限仍未派出的）',
    unitOfCount: 'ticket',
    numerator: (period) => ({
      all: [
        happened<TicketField>('acceptedAt', period),
        { field: 'firstDispatchedAt', op: 'lt', value: period.to },
        { field: 'isDispatchedLate', op: 'ne', value: true },
      ],
    }),
    denominator: toDispatch,
  },
  {
    id: 'onTimeAcknowledgeRate',
    label: '按时签收率',
    formula: '期内首次派单、主办单位按时签收的 ÷ 已签收的（含系统自动签收）',
    unitOfCount: 'ticket',
    numerator: (period) => ({ all: [dispatched(period), { field: 'acknowledgedOnTime', op: 'eq', value: true }] }),
    denominator: toAcknowledge,
  },
  {
    id: 'responseRate',
    label: '响应率',
    formula: '期内首次派单、在时限内首次联系诉求人的 ÷ 应响应（已联系，或已过联系时限的）',
    unitOfCount: 'ticket',
    numerator: (period) => ({
      all: [toContact(period), { field: 'firstContactAt', op: 'lte', otherField: 'firstContactBy' }],
    }),
    denominator: toContact,
  },
  {
    id: 'returnRate',
    label: '退单率',
    formula: '期内首次派单的工单：退单申请次数 ÷ 派单次数',
    unitOfCount: 'ticket',
    numerator: dispatched,
    denominator: dispatched,
    sum: { numerator: 'returnRequestCount', denominator: 'dispatchCount' },
    isLowerBetter: true,
  },
  {
    id: 'approvedReturnRate',
    label: '同意退单率',
    formula: '期内首次派单的工单：同意退单次数 ÷ 退单申请次数',
    unitOfCount: 'ticket',
    numerator: dispatched,
    denominator: dispatched,
    sum: { numerator: 'returnCount', denominator: 'returnRequestCount' },
  },
  {
    id: 'extensionRate',
    label: '延期率',
    formula: '期内首次派单的工单中延过期的 ÷ 期内首次派单的',
    unitOfCount: 'ticket',
    numerator: (period) => ({ all: [dispatched(period), { field: 'extensionCount', op: 'gt', value: 0 }] }),
    denominator: dispatched,
    isLowerBetter: true,
  },
]
