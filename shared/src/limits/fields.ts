import { COMPLEXITY_LABELS, KIND_LABELS, URGENCY_LABELS } from '../ticket/labels'
import { limitText } from './limit'
import type { Limit, LimitProfile, ResolveCell } from './profile'

type Shape = 'limit' | 'count' | 'share' | 'percent' | 'score' | 'clock' | 'countFrom'

/** One value of a profile as a person edits and compares it. */
export interface ProfileField {
  /** From the profile's root: `acknowledge.urgent`. */
  path: string
  label: string
  shape: Shape
  /** 次, 天, 秒 … */
  unit?: string
  /** May be left empty: no such cap. */
  isOptional?: boolean
}

const step = (path: string, label: string): ProfileField[] => [
  { path: `${path}.general`, label: `${label}（一般）`, shape: 'limit' },
  { path: `${path}.urgent`, label: `${label}（紧急、特急）`, shape: 'limit' },
]
const count = (path: string, label: string, unit: string, isOptional?: boolean): ProfileField => ({
  path,
  label,
  shape: 'count',
  unit,
  isOptional,
})

/** Everything in a profile but the table of 办理时限, in the order of the procedure. */
export const PROFILE_FIELDS: readonly { title: string; fields: readonly ProfileField[] }[] = [
  {
    title: '计算办法',
    fields: [
      { path: 'countFrom', label: '办理时限起算', shape: 'countFrom' },
      { path: 'dueTime', label: '到期日的截止时刻', shape: 'clock' },
    ],
  },
  {
    title: '各环节',
    fields: [
      ...step('dispatch', '派单'),
      ...step('acknowledge', '签收'),
      ...step('return', '退单'),
      { path: 'returnComplex', label: '退单（涉及多个单位）', shape: 'limit' },
      ...step('firstContact', '首次联系诉求人'),
      { path: 'reviews.return', label: '退单审核', shape: 'limit' },
      { path: 'reviews.extension', label: '延期审批', shape: 'limit' },
      { path: 'hotlineReview', label: '热线审核', shape: 'limit' },
      { path: 'rework', label: '重办', shape: 'limit' },
    ],
  },
  {
    title: '延期、挂起、预警',
    fields: [
      count('extension.maxTimes', '延期次数上限', '次'),
      count('extension.maxEachWorkdays', '每次延期上限', '个工作日', true),
      count('extension.maxTotalWorkdays', '延期合计上限', '个工作日'),
      count('suspendMaxDays', '挂起上限', '天'),
      count('yellow.workdaysBefore', '黄牌提前', '个工作日'),
      { path: 'yellow.hoursLeftShare', label: '按小时的，剩余多少时黄牌', shape: 'share' },
      count('designateAfterReturns', '同意退单几次后只能指定', '次'),
      count('reworkEscalateAt', '重办几次后提级督办', '次'),
    ],
  },
  {
    title: '回访、归档',
    fields: [
      count('callback.attempts', '未接通次数上限', '次'),
      count('callback.intervalHours', '两次回访的间隔', '小时'),
      count('callback.firstWithinWorkdays', '首次回访', '个工作日内'),
      count('callback.withinWorkdays', '回访完成', '个工作日内'),
      { path: 'callback.callingHours.0', label: '可拨打时段，自', shape: 'clock' },
      { path: 'callback.callingHours.1', label: '可拨打时段，至', shape: 'clock' },
      count('appealWorkdays', '申诉', '个工作日内'),
      count('unmergeWorkdays', '撤销并单', '个工作日内'),
      count('reopenDays', '办结后可重启', '天内'),
      count('archiveDays', '办结后归档', '天'),
    ],
  },
  {
    title: '风险看板',
    fields: [
      count('risk.soonHours', '即将到期：到期前', '小时内'),
      count('risk.reworks', '多次重办：重办满', '次'),
      count('risk.quietWorkdays', '久未进展：连续', '个工作日'),
    ],
  },
  {
    title: '派单池排序（视同提前到期）',
    fields: [
      count('poolOrder.urgentHours', '紧急', '小时'),
      count('poolOrder.criticalHours', '特急', '小时'),
      count('poolOrder.lifeHours', '涉及人身安全', '小时'),
      count('poolOrder.supplyHours', '民生保障（停水、停电、停气、停暖等）', '小时'),
      count('poolOrder.returnHours', '每退单一次', '小时'),
      count('poolOrder.returnHoursMost', '退单合计封顶', '小时'),
      count('poolOrder.urgeHours', '每催办一次', '小时'),
      count('poolOrder.urgeHoursMost', '催办合计封顶', '小时'),
      count('poolOrder.callerHours', '每并入一位诉求人', '小时'),
      count('poolOrder.callerHoursMost', '并入合计封顶', '小时'),
    ],
  },
  {
    title: '目标和权重',
    fields: [
      { path: 'targets.onTimeClose', label: '按时办结率目标', shape: 'percent' },
      { path: 'targets.satisfaction', label: '满意率目标', shape: 'percent' },
      { path: 'targets.connect', label: '接通率目标', shape: 'percent' },
      count('targets.answerSeconds', '应答目标', '秒'),
      { path: 'targets.namedBadRatingVisit', label: '实名差评回访率目标', shape: 'percent', isOptional: true },
      { path: 'scoreWeights.response', label: '响应率权重', shape: 'score' },
      { path: 'scoreWeights.solved', label: '解决率权重', shape: 'score' },
      { path: 'scoreWeights.satisfied', label: '满意率权重', shape: 'score' },
    ],
  },
]

export const COUNT_FROM_LABELS: Record<LimitProfile['countFrom'], string> = {
  dispatched: '派单之日的次日',
  acknowledged: '签收之日的次日',
}

export function valueAt(profile: object, path: string): unknown {
  return path.split('.').reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], profile)
}

/** The value in words; "不限" for an absent cap. */
export function fieldText({ shape, unit }: ProfileField, value: unknown): string {
  if (value === undefined || value === null) return '不限'
  if (shape === 'limit') return limitText(value as Limit)
  if (shape === 'share' || shape === 'percent')
    return `${shape === 'share' ? Math.round(Number(value) * 100) : String(value)}%`
  if (shape === 'countFrom') return COUNT_FROM_LABELS[value as LimitProfile['countFrom']]
  return unit ? `${String(value)} ${unit}` : String(value)
}

/** 投诉 · 复杂 · 一般 */
export function cellText({ kind, complexity, urgency = 'general' }: Omit<ResolveCell, 'limit'>): string {
  const parts = [
    kind ? KIND_LABELS[kind] : '各类诉求',
    ...(complexity ? [COMPLEXITY_LABELS[complexity]] : []),
    ...(urgency === 'general' ? [] : [URGENCY_LABELS[urgency]]),
  ]
  return parts.join(' · ')
}

export interface ProfileChange {
  path: string
  label: string
  /** Absent: this line is new, or inherited from the default before. */
  from?: string
  to?: string
}

/** What two versions say differently, in words. */
export function diffProfiles(from: LimitProfile, to: LimitProfile): ProfileChange[] {
  const changes: ProfileChange[] = []
  const note = (path: string, label: string, before?: string, after?: string) => {
    if (before !== after) changes.push({ path, label, from: before, to: after })
  }
  note('name', '名称', from.name, to.name)
  note('source', '依据', from.source, to.source)
  note('effectiveFrom', '施行日期', from.effectiveFrom, to.effectiveFrom)
  const cellsOf = ({ resolve }: LimitProfile) => new Map(resolve.map((cell) => [cellText(cell), limitText(cell.limit)]))
  const before = cellsOf(from)
  const after = cellsOf(to)
  for (const key of new Set([...before.keys(), ...after.keys()]))
    note(`resolve.${key}`, `办理时限：${key}`, before.get(key), after.get(key))
  for (const { fields } of PROFILE_FIELDS)
    for (const field of fields)
      note(
        field.path,
        field.label,
        fieldText(field, valueAt(from, field.path)),
        fieldText(field, valueAt(to, field.path)),
      )
  return changes
}
