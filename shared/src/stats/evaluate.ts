import { dayOf } from '../calendar/day'
import { workdaysBetween, type WorkCalendar } from '../calendar/workingDays'
import { matches } from './condition'
import type { CaseFacts, TicketFacts } from './facts'
import type { Measure } from './measure'
import { average, percent } from './percent'
import type { Period } from './period'

export interface MeasureValue {
  numerator: number
  /** Absent for plain numbers. */
  denominator?: number
  /** A percentage, a mean, or the plain number; null when there was nothing to count. */
  value: number | null
}

/** 办理时长: the day of dispatch is not counted; closed on it is 0. */
export function handlingWorkdays(
  cal: WorkCalendar,
  { startedAt, closedAt }: Pick<CaseFacts, 'startedAt' | 'closedAt'>,
): number {
  return closedAt ? workdaysBetween(cal, dayOf(startedAt), dayOf(closedAt)) : 0
}

/** A measure from its two numbers, wherever they were counted. */
export function valueOf(measure: Measure, numerator: number, denominator?: number): MeasureValue {
  if (denominator === undefined) return { numerator, value: numerator }
  const isMean = measure.unitOfCount === 'case' && measure.mean !== undefined
  return { numerator, denominator, value: isMean ? average(numerator, denominator) : percent(numerator, denominator) }
}

/** A measure over facts in memory: the reference for what the database counts. */
export function evaluate(
  measure: Measure,
  tickets: readonly TicketFacts[],
  period: Period,
  cal: WorkCalendar,
): MeasureValue {
  if (measure.unitOfCount === 'case') {
    const cases = tickets.flatMap((ticket) => ticket.cases)
    const counted = cases.filter((each) => matches(measure.numerator(period), each))
    const numerator = measure.mean
      ? counted.reduce((sum, each) => sum + handlingWorkdays(cal, each), 0)
      : counted.length
    return valueOf(measure, numerator, cases.filter((each) => matches(measure.denominator(period), each)).length)
  }
  const count = (condition: ReturnType<typeof measure.numerator>, field?: keyof TicketFacts) => {
    const counted = tickets.filter((ticket) => matches(condition, ticket))
    return field ? counted.reduce((sum, ticket) => sum + Number(ticket[field] ?? 0), 0) : counted.length
  }
  const numerator = count(measure.numerator(period), measure.sum?.numerator)
  if (!measure.denominator) return valueOf(measure, numerator)
  return valueOf(measure, numerator, count(measure.denominator(period), measure.sum?.denominator))
}
