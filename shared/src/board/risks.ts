import { HOUR } from '../calendar/millis'
import { dayOf, endOfDay, shiftDay, workdaysBetween, type WorkCalendar } from '../calendar/workingDays'
import type { LimitProfile } from '../limits/profile'
import type { Condition } from '../stats/condition'
import { OPEN_STATUSES } from '../ticket/labels'

/** 风险看板: its columns, the most urgent first. A ticket may stand in several. `riskLabel` names a city's numbers. */
export const RISKS = {
  dueToday: '今日到期',
  soon: '即将到期',
  overdue: '超期',
  returned: '多次退单',
  reworked: '多次重办',
  quiet: '久未进展',
} as const
export type Risk = keyof typeof RISKS
export const RISK_NAMES = Object.keys(RISKS) as Risk[]

/** What lists look for, as it is stored beside the ticket. */
export type RiskField = 'unmetBy' | 'status' | 'facts.returnCount' | 'facts.standingReworkCount' | 'quietSince'

export interface RiskRules {
  now: Date
  calendar: WorkCalendar
  profile: Pick<LimitProfile, 'designateAfterReturns' | 'risk'>
}

/** Which tickets stand in a column now. */
export function riskCondition(risk: Risk, { now, calendar, profile }: RiskRules): Condition<RiskField> {
  const isOpen = { field: 'status', op: 'in', value: OPEN_STATUSES } as const
  switch (risk) {
    case 'dueToday':
      return between('unmetBy', now, endOfDay(dayOf(now)))
    case 'soon':
      return between('unmetBy', now, new Date(now.getTime() + profile.risk.soonHours * HOUR))
    case 'overdue':
      return { field: 'unmetBy', op: 'lt', value: now }
    case 'returned':
      return { all: [isOpen, { field: 'facts.returnCount', op: 'gte', value: profile.designateAfterReturns }] }
    case 'reworked':
      return { all: [isOpen, { field: 'facts.standingReworkCount', op: 'gte', value: profile.risk.reworks }] }
    case 'quiet':
      return { field: 'quietSince', op: 'lte', value: quietBefore(now, calendar, profile.risk.quietWorkdays) }
  }
}

/** The column's name with the city's own number: 24 小时内, 三次退单. */
export function riskLabel(risk: Risk, { risk: own, designateAfterReturns }: RiskRules['profile']): string {
  if (risk === 'soon') return `${own.soonHours} 小时内`
  if (risk === 'returned') return `${timesText(designateAfterReturns)}退单`
  if (risk === 'reworked') return `${timesText(own.reworks)}重办`
  return RISKS[risk]
}

/** What stands under the name: from when on. */
export function riskNote(risk: Risk, { risk: own, designateAfterReturns }: RiskRules['profile']): string {
  switch (risk) {
    case 'dueToday':
      return '至 24:00'
    case 'soon':
      return own.soonHours < 24 ? '从此刻起' : '含今日到期'
    case 'overdue':
      return '已过对诉求人的承诺'
    case 'returned':
      return `获准满 ${designateAfterReturns} 次`
    case 'reworked':
      return `满 ${own.reworks} 次`
    case 'quiet':
      return `满 ${own.quietWorkdays} 个工作日`
  }
}

/** The column in words, as its head explains it. */
export function riskFormula(risk: Risk, { profile }: Pick<RiskRules, 'profile'>): string {
  switch (risk) {
    case 'dueToday':
      return '对诉求人的承诺在今日此后（至 24:00）到期、承办单位尚未签批反馈的'
    case 'soon':
      return `对诉求人的承诺在此后 ${profile.risk.soonHours} 小时内到期、承办单位尚未签批反馈的`
    case 'overdue':
      return '已过对诉求人的承诺、承办单位尚未签批反馈的'
    case 'returned':
      return `退单获准满 ${profile.designateAfterReturns} 次、尚未办结的`
    case 'reworked':
      return `重办满 ${profile.risk.reworks} 次（申诉成立的不计）、尚未办结的`
    case 'quiet':
      return `在承办单位手中，连续 ${profile.risk.quietWorkdays} 个工作日没有签收、联系、进展、申请或反馈的（挂起、会商除外）`
  }
}

function between(field: RiskField, from: Date, to: Date): Condition<RiskField> {
  return {
    all: [
      { field, op: 'gte', value: from },
      { field, op: 'lte', value: to },
    ],
  }
}

/** What has not moved since this moment has not moved for so many workdays. */
export function quietBefore(now: Date, calendar: WorkCalendar, workdays: number): Date {
  const today = dayOf(now)
  let day = shiftDay(today, -1)
  while (workdaysBetween(calendar, day, today) < workdays) day = shiftDay(day, -1)
  return endOfDay(day)
}

const NUMERALS = '一二三四五六七八九十'
function timesText(n: number): string {
  return `${NUMERALS[n - 1] ?? `${n} `}次`
}
