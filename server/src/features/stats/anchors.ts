import type { Condition } from '@hotline/shared/stats/condition'
import { toElementFilter, toFilter } from '@hotline/shared/stats/condition'
import type { Measure, MeasureId } from '@hotline/shared/stats/measure'
import type { Period } from '@hotline/shared/stats/period'
import { OPEN_STATUSES } from '@hotline/shared/ticket/labels'
import { all, type Filter, type Sight } from './sight'

/** What puts a ticket into a period. An index serves each, so that no count reads all tickets. */
export type Anchor = 'registered' | 'accepted' | 'started' | 'due' | 'closed' | 'calledBack'

export const ANCHORS: Record<MeasureId, Anchor> = {
  received: 'registered',
  directRate: 'registered',
  dispatchedRate: 'registered',
  onTimeDispatchRate: 'accepted',
  // First dispatched in the period: its first case was started in it.
  onTimeAcknowledgeRate: 'started',
  responseRate: 'started',
  returnRate: 'started',
  approvedReturnRate: 'started',
  extensionRate: 'started',
  closeRate: 'started',
  caseCloseRate: 'due',
  onTimeCloseRate: 'due',
  overdueRate: 'due',
  handlingWorkdays: 'closed',
  reworkRate: 'calledBack',
  callbackRate: 'closed',
  solvedRate: 'calledBack',
  satisfactionRate: 'calledBack',
  attitudeSatisfactionRate: 'calledBack',
  agentSatisfactionRate: 'calledBack',
}

const someCase = (filter: Filter): Filter => ({ 'facts.cases': { $elemMatch: filter } })

/** Ways in which an index leads to all tickets that a measure of this anchor may count. */
function waysTo(anchor: Anchor, { from, to }: Period, { scope }: Pick<Sight, 'scope'>): Filter[] {
  const inPeriod = { $gte: from, $lt: to }
  const dueField = scope === 'city' ? 'dueAt' : 'unitDueAt'
  switch (anchor) {
    case 'registered':
      return [{ registeredAt: inPeriod }]
    case 'accepted':
      return [{ 'facts.acceptedAt': inPeriod }]
    case 'started':
      return [someCase({ startedAt: inPeriod })]
    case 'closed':
      return [someCase({ closedAt: inPeriod })]
    case 'calledBack':
      return [{ 'facts.callbackAt': inPeriod }]
    case 'due':
      return [
        someCase({ [dueField]: { $gt: from, $lte: to } }),
        someCase({ closedAt: { $gte: from }, [dueField]: { $lte: from } }),
        // What is still open is found by its status alone: an index of due dates would lead through all the past.
        { status: { $in: OPEN_STATUSES } },
      ]
  }
}

/**
 * A superset of what a measure of this anchor counts, narrowed by `rest`; the measure itself says which of them. Several
 * ways stand at the top, each with `rest`: only there the database plans each by itself.
 */
export function anchored(anchor: Anchor, period: Period, sight: Sight, rest: readonly Filter[]): Filter {
  const [first = {}, ...others] = waysTo(anchor, period, sight).map((way) => all([...rest, way]))
  return others.length ? { $or: [first, ...others] } : first
}

/** The units of a sight: of a case the lead it has or had, of a ticket that of its last case. */
export function unitCondition({ unitIds }: Sight, field: 'unitId' | 'current.unitId'): Condition[] {
  return unitIds ? [{ field, op: 'in', value: unitIds }] : []
}

/** Exactly the tickets that stand behind one part of a measure; none behind the denominator of a plain number. */
export function ticketsBehind(
  measure: Measure,
  part: 'numerator' | 'denominator',
  period: Period,
  sight: Sight,
): Filter | undefined {
  const condition = measure[part]?.(period)
  if (!condition) return undefined
  const anchor = ANCHORS[measure.id]
  if (measure.unitOfCount === 'case')
    return anchored(anchor, period, sight, [
      toElementFilter({ all: [...unitCondition(sight, 'unitId'), condition] }, 'facts.cases'),
    ])
  const counter = measure.sum?.[part]
  const exact: Condition[] = [
    ...unitCondition(sight, 'current.unitId'),
    condition,
    ...(counter ? [{ field: counter, op: 'gt', value: 0 } as const] : []),
  ]
  return anchored(anchor, period, sight, [toFilter({ all: exact }, 'facts.')])
}
