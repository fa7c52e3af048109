import type { Condition } from './condition'
import type { CaseField } from './facts'

/** From `from` (with it) to `to` (without it). `to` is never in the future: what is not yet due is not judged. */
export interface Period {
  from: Date
  to: Date
}

/** Something happened in the period. */
export function happened<Field extends string>(field: Field, { from, to }: Period): Condition<Field> {
  return {
    all: [
      { field, op: 'gte', value: from },
      { field, op: 'lt', value: to },
    ],
  }
}

/**
 * 应结案: due in the period, or due earlier and still open at its start (ticket.md §5). A deadline at 24:00 of the
 * period's last day is `to` itself and belongs to it; that of the day before its first is `from` and does not.
 */
export function wasDue(field: 'dueAt' | 'unitDueAt', { from, to }: Period): Condition<CaseField> {
  const closedBefore: Condition<CaseField> = { field: 'closedAt', op: 'lt', value: from }
  return {
    any: [
      {
        all: [
          { field, op: 'gt', value: from },
          { field, op: 'lte', value: to },
        ],
      },
      { all: [{ field, op: 'lte', value: from }, { not: closedBefore }] },
    ],
  }
}
