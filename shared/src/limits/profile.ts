import type { Day } from '../calendar/day'
import { AppError } from '../error'
import type { Complexity, Kind, Urgency } from '../ticket/labels'
import { DEFAULT_PROFILE } from './presets'

/** 工作日; natural hours; natural days (n = 0: the same day, 24:00). */
export type LimitUnit = 'workdays' | 'hours' | 'days'

export interface Limit {
  unit: LimitUnit
  /** Half a workday (0.5) is known to dispatching alone; hours may be broken (30 minutes = 0.5). */
  n: number
}

/** A step's limit, and its limit when the matter is urgent or critical. */
export interface StepLimit {
  general: Limit
  urgent: Limit
}

/**
 * Some cells of the table kind × complexity × urgency. Without `kind` or `complexity`: all of them. Without `urgency`:
 * general only, because a city's table in workdays never means a burst pipe.
 */
export interface ResolveCell {
  kind?: Kind
  complexity?: Complexity
  urgency?: Urgency
  limit: Limit
}

/** All limits of a city, as data (domain.md §2.4). */
export interface LimitProfile {
  id: string
  version: number
  name: string
  source: string
  effectiveFrom?: Day
  /** When the last day of a limit in days or workdays ends: `24:00`, or closing time. */
  dueTime: string
  /** What starts the unit's limit. Counting from the acknowledgement rewards those who delay it. */
  countFrom: 'dispatched' | 'acknowledged'
  /** Own cells before inherited ones; among the own ones, kind and complexity before kind before complexity. */
  resolve: readonly ResolveCell[]
  dispatch: StepLimit
  acknowledge: StepLimit
  return: StepLimit
  /** 退单 when several departments are concerned. */
  returnComplex: Limit
  firstContact: StepLimit
  reviews: { return: Limit; extension: Limit }
  hotlineReview: Limit
  extension: { maxTimes: number; maxEachWorkdays?: number; maxTotalWorkdays: number }
  yellow: { workdaysBefore: number; hoursLeftShare: number }
  rework: Limit
  reworkEscalateAt: number
  suspendMaxDays: number
  callback: {
    attempts: number
    intervalHours: number
    /** The first attempt. */
    firstWithinWorkdays: number
    /** The last. */
    withinWorkdays: number
    callingHours: readonly [from: string, to: string]
  }
  archiveDays: number
  reopenDays: number
  appealWorkdays: number
  /** 撤销并单. */
  unmergeWorkdays: number
  designateAfterReturns: number
  /** Percentages and seconds that the city wants to reach. */
  targets: {
    onTimeClose: number
    satisfaction: number
    connect: number
    answerSeconds: number
    namedBadRatingVisit?: number
  }
  scoreWeights: { response: number; solved: number; satisfied: number }
  /** 风险看板: from when on a ticket stands in its columns; 三次退单 has its number from `designateAfterReturns`. */
  risk: { soonHours: number; quietWorkdays: number; reworks: number }
  poolOrder: PoolOrder
}

/** 派单池 is taken by risk: by how many hours the graver matter is treated as if due earlier. */
export interface PoolOrder {
  urgentHours: number
  criticalHours: number
  lifeHours: number
  supplyHours: number
  /** For each one, up to so many hours in all. */
  returnHours: number
  returnHoursMost: number
  urgeHours: number
  urgeHoursMost: number
  callerHours: number
  callerHoursMost: number
}

export interface LimitCase {
  kind: Kind
  /** Unknown counts as general. */
  complexity?: Complexity
  urgency: Urgency
}

/** The cell of the table. An empty cell is the default profile's; a simple matter has a general one's limit. */
export function limitFor(profile: LimitProfile, { kind, complexity = 'general', urgency }: LimitCase): Limit {
  const cell = [profile, DEFAULT_PROFILE].map(({ resolve }) => cellOf(resolve, kind, complexity, urgency)).find(Boolean)
  if (!cell) throw new AppError('internal', '默认时限方案缺少对应的时限')
  return cell.limit
}

function cellOf(cells: readonly ResolveCell[], kind: Kind, complexity: Complexity, urgency: Urgency) {
  const level = complexity === 'simple' ? 'general' : complexity
  const fitting = cells.filter(
    (cell) =>
      (cell.urgency ?? 'general') === urgency &&
      (!cell.kind || cell.kind === kind) &&
      (!cell.complexity || cell.complexity === complexity || cell.complexity === level),
  )
  const weight = (cell: ResolveCell) =>
    (cell.kind ? 4 : 0) + (cell.complexity === complexity ? 2 : cell.complexity ? 1 : 0)
  return fitting.sort((a, b) => weight(b) - weight(a))[0]
}
