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

/** A superset of the tickets that a measure of this anchor counts; the measure itself says which of them. */
export function anchorFilter(anchor: Anchor, { from, to }: Period, { scope }: Pick<Sight, 'scope'>): Filter {
  const inPeriod = { $gte: from, $lt: to }
  const dueField = scope === 'city' ? 'dueAt' : 'unitDueAt'
  switch (anchor) {
    case 'registered':
      return { registeredAt: inPeriod }
    case 'accepted':
      return { 'facts.acceptedAt': inPeriod }
    case 'started':
      return someCase({ startedAt: inPeriod })
    case 'closed':
      return someCase({ closedAt: inPeriod })
    case 'calledBack':
      return { 'facts.callbackAt': inPeriod }
    case 'due': {
      const wasDueBefore = { [dueField]: { $lte: from } }
      return {
        $or: [
          someCase({ [dueField]: { $gt: from, $lte: to } }),
          someCase({ ...wasDueBefore, closedAt: { $gte: from } }),
          // What is still open is found by its status: no index holds what is not there.
          { status: { $in: OPEN_STATUSES }, ...someCase({ ...wasDueBefore, closedAt: null }) },
        ],
      }
    }
  }
}

/** The units of a sight: of a case the lead it has or had, of a ticket that of its last case. */
export function unitCondition({ unitIds }: Sight, field: 'unitId' | 'current.unitId'): Condition[] {
  return unitIds ? [{ field, op: 'in', value: unitIds }] : []
}

/** Exactly the tickets that stand behind one part of a measure. */
export function ticketsBehind(
  measure: Measure,
  part: 'numerator' | 'denominator',
  period: Period,
  sight: Sight,
): Filter {
  const condition = measure[part]?.(period)
  if (!condition) return { $nor: [{}] }
  const anchor = anchorFilter(ANCHORS[measure.id], period, sight)
  if (measure.unitOfCount === 'case')
    return all([anchor, toElementFilter({ all: [...unitCondition(sight, 'unitId'), condition] }, 'facts.cases')])
  const counter = measure.sum?.[part]
  const exact: Condition[] = [
    ...unitCondition(sight, 'current.unitId'),
    condition,
    ...(counter ? [{ field: counter, op: 'gt', value: 0 } as const] : []),
  ]
  return all([anchor, toFilter({ all: exact }, 'facts.')])
}
