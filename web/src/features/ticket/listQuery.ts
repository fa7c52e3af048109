import { dayEndingAt, dayOf, endOfDay, startOfDay } from '@hotline/shared/calendar/day'
import type { TicketQueryInput } from '@hotline/shared/ticket/view'
import type { LocationQuery } from 'vue-router'

/** What the search form holds; arrays for the lists of the wire. */
export interface Search {
  q: string
  status: string[]
  kind: string[]
  urgency: string[]
  unitId?: string
  regionCode?: string
  matterCode?: string
  /** Days in Beijing, both included. */
  range?: [string, string]
  state?: 'open' | 'overdue' | 'dueToday' | 'mine'
  sort: 'newest' | 'oldest' | 'due'
  /** Come from a number of the statistics; no control of their own, but shown and removable. */
  desk?: string
  valid?: string
}

export const emptySearch = (): Search => ({
  q: '',
  status: [],
  kind: [],
  urgency: [],
  unitId: undefined,
  regionCode: undefined,
  matterCode: undefined,
  range: undefined,
  state: undefined,
  sort: 'newest',
  desk: undefined,
  valid: undefined,
})

const STATES = ['overdue', 'dueToday', 'open', 'mine'] as const
const list = (value: unknown) => (typeof value === 'string' && value ? value.split(',') : [])
const text = (value: unknown) => (typeof value === 'string' && value ? value : undefined)

function dateOf(value: unknown): Date | undefined {
  const date = new Date(text(value) ?? NaN)
  return Number.isNaN(date.getTime()) ? undefined : date
}

/** The address says what is shown, so that it can be sent to a colleague and survives a reload. */
export function searchOf(query: LocationQuery): Search {
  const from = dateOf(query.from)
  const to = dateOf(query.to)
  const sort = text(query.sort)
  return {
    q: text(query.q) ?? '',
    status: list(query.status),
    kind: list(query.kind),
    urgency: list(query.urgency),
    unitId: text(query.unitId),
    regionCode: text(query.regionCode),
    matterCode: text(query.matterCode),
    range: from && to ? [dayOf(from), dayEndingAt(to)] : undefined,
    state: STATES.find((state) => query[state] === 'true'),
    sort: sort === 'oldest' || sort === 'due' ? sort : 'newest',
    desk: text(query.desk),
    valid: text(query.valid),
  }
}

/** For the server and for the address alike; empty ones are left out. */
export function queryOf(search: Search): Record<string, string> {
  const pairs: [keyof TicketQueryInput, string | undefined][] = [
    ['q', search.q.trim()],
    ['status', search.status.join(',')],
    ['kind', search.kind.join(',')],
    ['urgency', search.urgency.join(',')],
    ['unitId', search.unitId],
    ['regionCode', search.regionCode],
    ['matterCode', search.matterCode],
    ['from', search.range && startOfDay(search.range[0]).toISOString()],
    ['to', search.range && endOfDay(search.range[1]).toISOString()],
    ['desk', search.desk],
    ['valid', search.valid],
    ['sort', search.sort === 'newest' ? undefined : search.sort],
    ...(search.state ? [[search.state, 'true'] as [keyof TicketQueryInput, string]] : []),
  ]
  return Object.fromEntries(pairs.filter((pair): pair is [keyof TicketQueryInput, string] => !!pair[1]))
}
