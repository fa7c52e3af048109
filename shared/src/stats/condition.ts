import { AppError } from '../error'

type Order = 'lt' | 'lte' | 'gt' | 'gte'
type Scalar = string | number | boolean | Date

/** A question to facts, as data: it can be asked in memory and by the database, and shown. */
export type Condition<Field extends string = string> =
  | { all: readonly Condition<Field>[] }
  | { any: readonly Condition<Field>[] }
  | { not: Condition<Field> }
  /** `ne` holds where the field is absent; orders hold only between values of one type. */
  | { field: Field; op: 'eq' | 'ne' | Order; value: Scalar }
  | { field: Field; op: 'in'; value: readonly Scalar[] }
  | { field: Field; op: 'exists'; value: boolean }
  /** Two fields of the same facts; never holds unless both are there. */
  | { field: Field; op: 'eq' | 'ne' | Order; otherField: Field }

/** As `toFilter` would answer in MongoDB. Fields may be dotted; null counts as absent. */
export function matches(condition: Condition, facts: object): boolean {
  if ('all' in condition) return condition.all.every((part) => matches(part, facts))
  if ('any' in condition) return condition.any.some((part) => matches(part, facts))
  if ('not' in condition) return !matches(condition.not, facts)

  const own = read(facts, condition.field)
  if ('otherField' in condition) {
    const other = read(facts, condition.otherField)
    return own !== undefined && other !== undefined && compare(condition.op, own, other)
  }
  if (condition.op === 'exists') return (own !== undefined) === condition.value
  if (condition.op === 'in') return condition.value.some((value) => compare('eq', own, value))
  return compare(condition.op, own, condition.value)
}

export type Filter = Record<string, unknown>

/** A MongoDB filter for documents that hold the facts under `prefix` (such as `facts.`). */
export function toFilter(condition: Condition, prefix = ''): Filter {
  if ('all' in condition)
    return condition.all.length ? { $and: condition.all.map((part) => toFilter(part, prefix)) } : {}
  if ('any' in condition)
    return condition.any.length ? { $or: condition.any.map((part) => toFilter(part, prefix)) } : { $nor: [{}] }
  if ('not' in condition) return { $nor: [toFilter(condition.not, prefix)] }
  if ('otherField' in condition) return { $expr: toExpression(condition, `$${prefix}`) }
  const path = `${prefix}${condition.field}`
  if (condition.op === 'exists') return { [path]: condition.value ? { $ne: null } : null }
  return { [path]: { [`$${condition.op}`]: condition.value } }
}

/**
 * A filter for documents of which some element of the array at `path` meets the condition. The comparable part goes
 * into `$elemMatch`, which an index can serve; `$expr`, for two fields of one element, is not allowed there.
 */
export function toElementFilter(condition: Condition, path: string): Filter {
  if (!comparesFields(condition)) return { [path]: { $elemMatch: toFilter(condition) } }
  const some = {
    $map: { input: { $ifNull: [`$${path}`, []] }, as: 'element', in: toExpression(condition, '$$element.') },
  }
  const plain = 'all' in condition ? condition.all.filter((part) => !comparesFields(part)) : []
  return {
    ...(plain.length ? { [path]: { $elemMatch: toFilter({ all: plain }) } } : {}),
    $expr: { $anyElementTrue: [some] },
  }
}

/** The condition as an aggregation expression; `root` is `$facts.`, `$$element.` or the like. */
export function toExpression(condition: Condition, root = '$'): Filter {
  if ('all' in condition) return { $and: condition.all.map((part) => toExpression(part, root)) }
  if ('any' in condition) return { $or: condition.any.map((part) => toExpression(part, root)) }
  if ('not' in condition) return { $not: [toExpression(condition.not, root)] }

  const own = `${root}${condition.field}`
  // In expressions absent and null sort before everything, so a plain comparison would hold for them.
  const isThere = (path: string) => ({ $gt: [path, null] })
  if ('otherField' in condition) {
    const other = `${root}${condition.otherField}`
    return { $and: [isThere(own), isThere(other), { [`$${condition.op}`]: [own, other] }] }
  }
  if (condition.op === 'exists') return condition.value ? isThere(own) : { $not: [isThere(own)] }
  const literal = { $literal: condition.value }
  if (condition.op === 'eq' || condition.op === 'ne' || condition.op === 'in')
    return { [`$${condition.op}`]: [own, literal] }
  return { $and: [hasTypeOf(own, condition.value), { [`$${condition.op}`]: [own, literal] }] }
}

/** In filters an order holds between values of one type only; in expressions every type has its place. */
function hasTypeOf(path: string, value: Scalar): Filter {
  if (typeof value === 'number') return { $isNumber: path }
  const type = value instanceof Date ? 'date' : typeof value === 'boolean' ? 'bool' : 'string'
  return { $eq: [{ $type: path }, type] }
}

function comparesFields(condition: Condition): boolean {
  if ('all' in condition) return condition.all.some(comparesFields)
  if ('any' in condition) return condition.any.some(comparesFields)
  if ('not' in condition) return comparesFields(condition.not)
  return 'otherField' in condition
}

function read(facts: object, path: string): unknown {
  let value: unknown = facts
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined
    value = Object.getOwnPropertyDescriptor(value, key)?.value
  }
  return value ?? undefined
}

function compare(op: 'eq' | 'ne' | Order, left: unknown, right: unknown): boolean {
  const [a, b] = [plain(left), plain(right)]
  const isSameType = typeof a === typeof b && left instanceof Date === right instanceof Date
  if (op === 'eq') return isSameType && a === b
  if (op === 'ne') return !(isSameType && a === b)
  if (!isSameType || a === undefined || b === undefined) return false
  switch (op) {
    case 'lt':
      return a < b
    case 'lte':
      return a <= b
    case 'gt':
      return a > b
    case 'gte':
      return a >= b
  }
}

function plain(value: unknown): string | number | boolean | undefined {
  if (value instanceof Date) return value.getTime()
  if (value === undefined || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value
  throw new AppError('internal', '统计条件只能比较文字、数字、是否和时间')
}
