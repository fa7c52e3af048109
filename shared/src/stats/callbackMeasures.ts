import type { TicketField } from './facts'
import type { MeasureId, MeasureOptions, OfTickets, TicketCondition } from './measure'
import { happened, type Period } from './period'

const calledBack = (period: Period): TicketCondition => ({
  all: [happened<TicketField>('callbackAt', period), { field: 'unreachable', op: 'ne', value: true }],
})

/** 应回访: closed in the period, except those that want no callback. */
const toCallBack = (period: Period): TicketCondition => ({
  all: [
    happened<TicketField>('current.closedAt', period),
    { field: 'outcome', op: 'in', value: ['satisfied', 'dissatisfiedDismissed', 'unreachable'] },
  ],
})

/** 回访: what callers said of the result. */
export function callbackMeasures({ isFairSatisfied, rating, targets }: MeasureOptions): readonly OfTickets[] {
  const satisfaction = (
    id: MeasureId,
    label: string,
    object: string,
    field: 'satisfactionResult' | 'satisfactionAttitude' | 'satisfactionAgent',
  ): OfTickets => {
    const rated = (period: Period, least: 1 | 3 | 4): TicketCondition => ({
      all: [
        calledBack(period),
        { field, op: 'gte', value: least },
        ...(rating === 'judged' ? [{ field: 'outcome', op: 'ne', value: 'dissatisfiedDismissed' } as const] : []),
      ],
    })
    return {
      id,
      label,
      formula: `期内回访对${object}评价为非常满意、满意${isFairSatisfied ? '、基本满意' : ''}的 ÷ 给出评价的；未接通、拒绝评价${rating === 'judged' ? '、甄别维持' : ''}的不进分母`,
      unitOfCount: 'ticket',
      numerator: (period) => rated(period, isFairSatisfied ? 3 : 4),
      denominator: (period) => rated(period, 1),
      target: targets.satisfaction,
    }
  }

  return [
    {
      id: 'reworkRate',
      label: '重办率',
      formula: `期内最近一次回访的工单：重办次数${rating === 'judged' ? '（申诉成立的不计）' : ''} ÷ 回访办结数`,
      unitOfCount: 'ticket',
      numerator: calledBack,
      denominator: (period) => ({
        all: [calledBack(period), { field: 'current.closedAt', op: 'exists', value: true }],
      }),
      sum: { numerator: rating === 'judged' ? 'standingReworkCount' : 'reworkCount' },
      isLowerBetter: true,
    },
    {
      id: 'callbackRate',
      label: '回访率',
      formula: '期内办结且已回访到诉求人的 ÷ 应回访（期内办结，无需回访的除外）',
      unitOfCount: 'ticket',
      numerator: (period) => ({ all: [toCallBack(period), { field: 'outcome', op: 'ne', value: 'unreachable' }] }),
      denominator: toCallBack,
    },
    {
      id: 'solvedRate',
      label: '解决率',
      formula: '期内回访“已解决”的 ÷ 回访作出表态的（已解决、部分解决、未解决）',
      unitOfCount: 'ticket',
      numerator: (period) => ({ all: [calledBack(period), { field: 'solved', op: 'eq', value: 'yes' }] }),
      denominator: (period) => ({
        all: [calledBack(period), { field: 'solved', op: 'in', value: ['yes', 'partly', 'no'] }],
      }),
    },
    satisfaction('satisfactionRate', '满意率（办理结果）', '办理结果', 'satisfactionResult'),
    satisfaction('attitudeSatisfactionRate', '满意率（承办人员态度）', '承办人员态度', 'satisfactionAttitude'),
    satisfaction('agentSatisfactionRate', '满意率（话务员服务）', '话务员服务', 'satisfactionAgent'),
  ]
}
