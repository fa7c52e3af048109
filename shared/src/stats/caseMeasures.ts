import type { CaseField } from './facts'
import type { CaseCondition, MeasureOptions, OfCases } from './measure'
import { happened, wasDue, type Period } from './period'

const startedIn = (period: Period): CaseCondition => happened<CaseField>('startedAt', period)
const closedIn = (period: Period): CaseCondition => happened<CaseField>('closedAt', period)

/** 办结: both ways of counting a close rate, and keeping the promise. */
export function caseMeasures({ scope, targets }: MeasureOptions): readonly OfCases[] {
  const [dueField, lateField] =
    scope === 'city' ? (['dueAt', 'isLate'] as const) : (['unitDueAt', 'isUnitLate'] as const)
  const due = (period: Period): CaseCondition => wasDue(dueField, period)
  const whose = scope === 'city' ? '对诉求人承诺的期限' : '承办单位本次任务的期限'

  /** 按时: never late, and signed off, or closed without a sign-off (终止, 撤回), within the limit by the period's end. */
  const isInTime = (field: 'metAt' | 'closedAt', period: Period): CaseCondition => ({
    all: [
      { field, op: 'lt', value: period.to },
      { field, op: 'lte', otherField: dueField },
    ],
  })
  const keptLimit = (period: Period): CaseCondition => ({
    all: [
      { field: lateField, op: 'ne', value: true },
      { any: [isInTime('metAt', period), isInTime('closedAt', period)] },
    ],
  })

  return [
    {
      id: 'closeRate',
      label: '办结率（转派口径）',
      formula: '期内转派且期末前已办结的 ÷ 期内转派的',
      unitOfCount: 'case',
      numerator: (period) => ({ all: [startedIn(period), { field: 'closedAt', op: 'lt', value: period.to }] }),
      denominator: startedIn,
    },
    {
      id: 'caseCloseRate',
      label: '结案率（应结口径）',
      formula: '应结案中期末前已办结的 ÷ 应结案数（期内到期，或此前到期而期初仍未办结）',
      unitOfCount: 'case',
      numerator: (period) => ({ all: [due(period), { field: 'closedAt', op: 'lt', value: period.to }] }),
      denominator: due,
    },
    {
      id: 'onTimeCloseRate',
      label: '按时办结率',
      formula: `应结案中在${whose}内签批办结、且未曾超期的 ÷ 应结案数`,
      unitOfCount: 'case',
      numerator: (period) => ({ all: [due(period), keptLimit(period)] }),
      denominator: due,
      target: targets.onTimeClose,
    },
    {
      id: 'overdueRate',
      label: '逾期率',
      formula: `应结案中超过${whose}的（含仍未办结的）÷ 应结案数`,
      unitOfCount: 'case',
      numerator: (period) => ({ all: [due(period), { not: keptLimit(period) }] }),
      denominator: due,
      isLowerBetter: true,
    },
    {
      id: 'handlingWorkdays',
      label: '平均办理时长（工作日）',
      formula: '期内办结的：自派单次日起至办结日的工作日数之和 ÷ 件数',
      unitOfCount: 'case',
      numerator: closedIn,
      denominator: closedIn,
      mean: 'handlingWorkdays',
      isLowerBetter: true,
    },
  ]
}
