import { z } from 'zod'
import { clockMillis, startOfDay } from '../calendar/day'
import { keys } from '../ticket/commandInputs'
import { COMPLEXITY_LABELS, KIND_LABELS, URGENCY_LABELS } from '../ticket/labels'
import { cellText } from './fields'
import type { LimitProfile } from './profile'

const whole = (min: number, max: number) =>
  z.number({ error: '请填写数字' }).int('应为整数').min(min, `不得小于 ${min}`).max(max, `不得大于 ${max}`)
const percent = z.number({ error: '请填写百分数' }).min(0, '不得小于 0').max(100, '不得大于 100')
/** Hours that a matter is taken earlier in the pool: up to ten days. */
const earlier = whole(0, 240)
const CAPPED = [
  ['returnHours', 'returnHoursMost'],
  ['urgeHours', 'urgeHoursMost'],
  ['callerHours', 'callerHoursMost'],
] as const
const isOk = (check: () => unknown) => {
  try {
    check()
    return true
  } catch {
    return false
  }
}
const ClockTime = z
  .string({ error: '请填写时刻' })
  .refine((text) => isOk(() => clockMillis(text)), '应为 HH:mm，最晚 24:00')
const DayText = z.string().refine((text) => isOk(() => startOfDay(text)), '不是有效的日期')

/** 工作日 and 天 are whole; hours may be broken, down to a minute. */
const LimitValue = z
  .strictObject({ unit: z.enum(['workdays', 'hours', 'days']), n: z.number({ error: '请填写时限' }) })
  .superRefine(({ unit, n }, context) => {
    const say = (message: string) => context.addIssue({ code: 'custom', path: ['n'], message })
    if (unit === 'workdays' && !(Number.isInteger(n) && n >= 1 && n <= 250)) say('工作日应为 1 至 250 的整数')
    if (unit === 'days' && !(Number.isInteger(n) && n >= 0 && n <= 365)) say('天数应为 0（当日）至 365 的整数')
    if (unit === 'hours' && !(n >= 1 / 60 && n <= 24 * 60)) say('小时应在 1 分钟至 60 天之间')
  })
/** 派单 alone knows half a workday (吕梁 2024). */
const DispatchLimit = z.union([z.strictObject({ unit: z.literal('workdays'), n: z.literal(0.5) }), LimitValue])
const step = z.strictObject({ general: LimitValue, urgent: LimitValue })

const Cell = z.strictObject({
  kind: keys(KIND_LABELS).optional(),
  complexity: keys(COMPLEXITY_LABELS).optional(),
  urgency: keys(URGENCY_LABELS).optional(),
  limit: LimitValue,
})

/** A profile's content without its identity. Everything stated: what a city's rules do not say comes from a preset. */
export const LimitProfileInput = z
  .strictObject({
    name: z.string({ error: '请填写名称' }).trim().min(2, '请填写名称').max(40, '名称最多 40 字'),
    source: z.string({ error: '请填写依据' }).trim().min(2, '请填写依据').max(300, '依据最多 300 字'),
    effectiveFrom: DayText.optional(),
    dueTime: ClockTime,
    countFrom: z.enum(['dispatched', 'acknowledged']),
    resolve: z.array(Cell).max(200),
    dispatch: z.strictObject({ general: DispatchLimit, urgent: LimitValue }),
    acknowledge: step,
    return: step,
    returnComplex: LimitValue,
    firstContact: step,
    reviews: z.strictObject({ return: LimitValue, extension: LimitValue }),
    hotlineReview: LimitValue,
    extension: z.strictObject({
      maxTimes: whole(0, 20),
      maxEachWorkdays: whole(1, 120).optional(),
      maxTotalWorkdays: whole(0, 250),
    }),
    yellow: z.strictObject({
      workdaysBefore: whole(0, 30),
      hoursLeftShare: z.number({ error: '请填写比例' }).min(0.01, '不得小于 1%').max(1, '不得大于 100%'),
    }),
    rework: LimitValue,
    reworkEscalateAt: whole(1, 20),
    suspendMaxDays: whole(1, 1000),
    callback: z.strictObject({
      attempts: whole(1, 20),
      intervalHours: z.number({ error: '请填写小时' }).min(0, '不得小于 0').max(72, '不得大于 72'),
      firstWithinWorkdays: whole(1, 60),
      withinWorkdays: whole(1, 60),
      callingHours: z.tuple([ClockTime, ClockTime]),
    }),
    archiveDays: whole(1, 3650),
    reopenDays: whole(1, 3650),
    appealWorkdays: whole(1, 60),
    unmergeWorkdays: whole(1, 60),
    designateAfterReturns: whole(1, 20),
    targets: z.strictObject({
      onTimeClose: percent,
      satisfaction: percent,
      connect: percent,
      answerSeconds: whole(1, 600),
      namedBadRatingVisit: percent.optional(),
    }),
    scoreWeights: z.strictObject({ response: percent, solved: percent, satisfied: percent }),
    risk: z.strictObject({ soonHours: whole(1, 720), quietWorkdays: whole(1, 60), reworks: whole(1, 20) }),
    poolOrder: z.strictObject({
      urgentHours: earlier,
      criticalHours: earlier,
      lifeHours: earlier,
      supplyHours: earlier,
      returnHours: earlier,
      returnHoursMost: earlier,
      urgeHours: earlier,
      urgeHoursMost: earlier,
      callerHours: earlier,
      callerHoursMost: earlier,
    }),
  })
  .superRefine((profile, context) => {
    const say = (path: PropertyKey[], message: string) => context.addIssue({ code: 'custom', path, message })
    const seen = new Map<string, number>()
    profile.resolve.forEach((cell, index) => {
      const text = cellText(cell)
      if (seen.has(text)) say(['resolve', index], `“${text}”写了两次`)
      seen.set(text, index)
      if (cell.urgency && cell.urgency !== 'general' && cell.limit.unit === 'workdays')
        say(['resolve', index, 'limit'], `“${text}”应按小时或当日，紧急事项不能等工作日`)
    })
    const [from, to] = profile.callback.callingHours
    if (isOk(() => clockMillis(from)) && isOk(() => clockMillis(to)) && clockMillis(from) >= clockMillis(to))
      say(['callback', 'callingHours', 1], '可拨打时段的结束应晚于开始')
    if (profile.callback.firstWithinWorkdays > profile.callback.withinWorkdays)
      say(['callback', 'firstWithinWorkdays'], '首次回访不能晚于回访完成的时限')
    const { maxEachWorkdays, maxTotalWorkdays } = profile.extension
    if (maxEachWorkdays !== undefined && maxEachWorkdays > maxTotalWorkdays)
      say(['extension', 'maxEachWorkdays'], '每次延期不能超过合计')
    const { response, solved, satisfied } = profile.scoreWeights
    if (Math.abs(response + solved + satisfied - 100) > 1e-9) say(['scoreWeights', 'response'], '三项权重合计应为 100')
    const order = profile.poolOrder
    if (order.criticalHours < order.urgentHours) say(['poolOrder', 'criticalHours'], '特急提前的小时数不得少于紧急')
    for (const [each, most] of CAPPED)
      if (order[most] < order[each]) say(['poolOrder', most], '封顶不得少于每次提前的小时数')
  })
export type LimitProfileInput = z.output<typeof LimitProfileInput>

/** A profile's identity, as it stands on what was counted with it. */
export const ProfileRef = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{2,40}$/, '标识只能用小写字母、数字和连字符'),
  version: z.number().int().min(1),
})
export type ProfileRef = z.output<typeof ProfileRef>

/** What a form edits: everything but the identity. */
export function contentOf({ id: _id, version: _version, ...content }: LimitProfile): LimitProfileInput {
  return LimitProfileInput.parse(content)
}
