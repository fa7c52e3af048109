import type { CommandType } from '@hotline/shared/ticket/commands'
import type { TicketView } from '@hotline/shared/ticket/view'
import { fieldLabel } from './fieldLabels'
import type { AnyBody } from './ticketApi'

/** The matter itself, as a correction can change it. */
const FIELDS = [
  ...['title', 'kind', 'matterCode', 'regionCode', 'address', 'location', 'occurredAt', 'detail', 'urgency'],
  ...['complexity', 'confidentiality', 'accusedUnitIds', 'needsReply', 'needsCallback', 'isPublicAllowed'],
] as const
export type Field = string

/** The matter as it was when somebody began to write. */
export interface Base {
  version: number
  fields: Record<Field, unknown>
}

export interface ConflictRow {
  field: Field
  label: string
  mine: unknown
  now: unknown
  was: unknown
}
export interface Conflict {
  /** Both have changed it: to be chosen, one by one. */
  rows: ConflictRow[]
  /** What the command rests on and somebody else has changed: to be seen. */
  basis: Omit<ConflictRow, 'mine'>[]
}

export function baseOf(ticket: TicketView): Base {
  const view = ticket as unknown as Record<string, unknown>
  const { version } = ticket
  return { version, fields: Object.fromEntries(FIELDS.map((field) => [field, view[field] ?? null])) }
}

/** What of a command's body is a field of the matter itself. */
function mineOf(command: CommandType, body: AnyBody): Record<Field, unknown> {
  if (command === 'amend') return (body.changes ?? {}) as Record<Field, unknown>
  if (command !== 'accept' && command !== 'supplyInfo') return {}
  return Object.fromEntries(FIELDS.filter((field) => body[field] !== undefined).map((field) => [field, body[field]]))
}

/** Who decides where a matter goes, or that it goes nowhere, decides on these. */
const WHERE = [
  ...['matterCode', 'regionCode', 'address', 'location', 'detail', 'title', 'kind', 'urgency'],
  ...['confidentiality', 'accusedUnitIds'],
]
const BASIS: Partial<Record<CommandType, readonly Field[]>> = {
  dispatch: WHERE,
  designate: WHERE,
  concludeConsultation: WHERE,
  merge: WHERE,
  answer: ['detail', 'title', 'matterCode', 'kind'],
  decline: ['detail', 'title', 'matterCode', 'kind'],
  reply: ['detail', 'title', 'address', 'regionCode'],
}

const text = (value: unknown) => JSON.stringify(value ?? null)
export const isSame = (one: unknown, other: unknown) => text(one) === text(other) || (isEmpty(one) && isEmpty(other))
const isEmpty = (value: unknown) =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** Fields that somebody else has changed since. */
export function changedSince(base: Base, ticket: TicketView): Omit<ConflictRow, 'mine'>[] {
  if (ticket.version <= base.version) return []
  const now = baseOf(ticket).fields
  return Object.keys(base.fields)
    .filter((field) => !isSame(base.fields[field], now[field]))
    .map((field) => ({ field, label: fieldLabel(field), now: now[field], was: base.fields[field] }))
}

/** Undefined: what was written and what has changed have nothing to do with one another. */
export function conflictOf(base: Base, ticket: TicketView, command: CommandType, body: AnyBody): Conflict | undefined {
  const mine = mineOf(command, body)
  const changed = changedSince(base, ticket)
  const rows = changed
    .filter(({ field, now }) => field in mine && !isSame(mine[field], now))
    // A form that gives a field along and leaves it as it was has not written it.
    .filter(({ field, was }) => !isSame(mine[field], was) || command === 'amend')
    .map((row) => ({ ...row, mine: mine[row.field] }))
  const basis = changed.filter(({ field }) => BASIS[command]?.includes(field))
  return rows.length + basis.length > 0 ? { rows, basis } : undefined
}

/** The body without the fields for which what stands now is taken, and with now's where the form gives a field along. */
export function settled(
  base: Base,
  ticket: TicketView,
  command: CommandType,
  body: AnyBody,
  kept: ReadonlySet<Field>,
): AnyBody {
  if (command === 'amend') {
    const changes = Object.entries(mineOf(command, body)).filter(([field]) => !kept.has(field))
    return { ...body, changes: Object.fromEntries(changes) }
  }
  const mine = mineOf(command, body)
  const now = baseOf(ticket).fields
  const taken = Object.keys(mine).filter(
    (field) => kept.has(field) || (isSame(mine[field], base.fields[field]) && !isSame(now[field], mine[field])),
  )
  return { ...body, ...Object.fromEntries(taken.map((field) => [field, now[field] ?? undefined])) }
}

/** Whether a correction still corrects anything. */
export function isNothing(command: CommandType, body: AnyBody): boolean {
  return command === 'amend' && Object.keys(mineOf(command, body)).length === 0
}
