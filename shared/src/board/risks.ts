import { DAY } from '../calendar/millis'
import { dayOf, endOfDay, shiftDay, workdaysBetween, type WorkCalendar } from '../calendar/workingDays'
import type { LimitProfile } from '../limits/profile'
import type { Condition } from '../stats/condition'
import { OPEN_STATUSES } from '../ticket/labels'

/** 风险看板: its columns, the most urgent first. A ticket may stand in several. */
export const RISKS = {
  dueToday: '今日到期',
  soon: '24 小时内',
  overdue: '超期',
  returned: '三次退单',
  reworked: '二次重办',
  quiet: '久未进展',
} as const
export type Risk = keyof typeof RISKS
export const RISK_NAMES = Object.keys(RISKS) as Risk[]

/** One rework may be an oversight; the second says that something is wrong. */
const REWORKS = 2
/** 首次联系 and acknowledging have a workday each: a unit that works on it has done something within three. */
export const QUIET_WORKDAYS = 3

/** What lists look for, as it is stored beside the ticket. */
export type RiskField = 'unmetBy' | 'status' | 'facts.returnCount' | 'facts.standingReworkCount' | 'quietSince'

export interface RiskRules {
  now: Date
  calendar: WorkCalendar
  profile: Pick<LimitProfile, 'designateAfterReturns'>
}

/** Which tickets stand in a column now. */
export function riskCondition(risk: Risk, { now, calendar, profile }: RiskRules): Condition<RiskField> {
  const isOpen = { field: 'status', op: 'in', value: OPEN_STATUSES } as const
  switch (risk) {
    case 'dueToday':
      return between('unmetBy', now, endOfDay(dayOf(now)))
    case 'soon':
      return between('unmetBy', now, new Date(now.getTime() + DAY))
    case 'overdue':
      return { field: 'unmetBy', op: 'lt', value: now }
    case 'returned':
      return { all: [isOpen, { field: 'facts.returnCount', op: 'gte', value: profile.designateAfterReturns }] }
    case 'reworked':
      return { all: [isOpen, { field: 'facts.standingReworkCount', op: 'gte', value: REWORKS }] }
    case 'quiet':
      return { field: 'quietSince', op: 'lte', value: quietBefore(now, calendar) }
  }
}

/** The column in words, as its head explains it. */
export function riskFormula(risk: Risk, { profile }: Pick<RiskRules, 'profile'>): string {
  switch (risk) {
    case 'dueToday':
      return '对诉求人的承诺在今日此后（至 24:00）到期、承办单位尚未签批反馈的'
    case 'soon':
      return '对诉求人的承诺在此后 24 小时内到期、尚未签批反馈的（含今日到期的）'
    case 'overdue':
      return '已过对诉求人的承诺、承办单位尚未签批反馈的'
    case 'returned':
      return `退单获准满 ${profile.designateAfterReturns} 次、尚未办结的`
    case 'reworked':
      return `重办满 ${REWORKS} 次（申诉成立的不计）、尚未办结的`
    case 'quiet':
      return `在承办单位手中，连续 ${QUIET_WORKDAYS} 个工作日没有签收、联系、进展、申请或反馈的（挂起、会商除外）`
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

/** What has not moved since this moment has not moved for `QUIET_WORKDAYS`. */
export function quietBefore(now: Date, calendar: WorkCalendar): Date {
  const today = dayOf(now)
  let day = shiftDay(today, -1)
  while (workdaysBetween(calendar, day, today) < QUIET_WORKDAYS) day = shiftDay(day, -1)
  return endOfDay(day)
}
