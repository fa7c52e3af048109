import type { Actor } from '@hotline/shared/actor'
import { hasRole } from '@hotline/shared/actor'
import { dayOf, endOfDay, startOfDay } from '@hotline/shared/calendar/day'
import { MOST_FOUND } from '@hotline/shared/export/export'
import { TOTAL_CAP, type Page } from '@hotline/shared/page'
import { deskKey, HOTLINE_DESKS, UNIT_DESKS, type HotlineDesk, type UnitDesk } from '@hotline/shared/ticket/desks'
import { KIND_LABELS, OPEN_ASSIGNMENT, OPEN_STATUSES, URGENCY_LABELS } from '@hotline/shared/ticket/labels'
import type { DeskCounts, TicketQuery } from '@hotline/shared/ticket/view'
import { mayKnowCallers, visibilityFilter } from '@hotline/shared/ticket/visibility'
import { isPhone } from '@hotline/shared/user/masking'
import { HOTLINE_ROLES } from '@hotline/shared/user/roles'
import type { Clock } from '../../platform/clock'
import { READ_LIMIT, type Db } from '../../platform/mongo'
import { leadFilter, ledBelow, riskFilter, riskSort } from './riskFilter'
import type { SealedContact } from './sealedContact'
import { ROW, type TicketDoc } from './ticketDocument'
import type { TicketRules } from './ticketRules'
import type { TicketSearch } from './ticketSearch'

type Conditions = Omit<TicketQuery, 'page' | 'pageSize'>
export type Row = Pick<TicketDoc, '_id' | 't' | 'sealed' | 'excerpt'>
type Filter = Record<string, unknown>

/** Reads; each has the actor first, and everything goes through the one visibility rule. */
export interface TicketQueries {
  list(actor: Actor, query: TicketQuery): Promise<Page<Row>>
  deskCounts(actor: Actor): Promise<DeskCounts>
  /** Earlier tickets of a number that the agent has on the line. */
  byCaller(actor: Actor, number: string): Promise<{ items: Row[]; total: number; openCount: number }>
  /** Rows for an additional filter (statistics), newest first. */
  matching(actor: Actor, filter: Filter, page: { page: number; pageSize: number }): Promise<Page<Row>>
  /** All rows of a list, in its order, by one cursor; of a search by words the first `MOST_FOUND`. */
  each(actor: Actor, query: TicketQuery): AsyncIterable<Row>
  eachMatching(actor: Actor, filter: Filter): AsyncIterable<Row>
  /** How many rows `each` will give; counts no further than `most`. */
  countEach(actor: Actor, query: TicketQuery, most: number): Promise<number>
  count(actor: Actor, filter: Filter): Promise<number>
  /** What a list without words is narrowed to, for counts that say how many rows it has; nothing for who sees nothing. */
  narrowedTo(actor: Actor, query: Omit<TicketQuery, 'page' | 'pageSize' | 'q'>): Filter | undefined
}

const CALLER_ITEMS = 10
/** A long list is read at the pace of whoever takes it; the database itself works on it for no longer than this. */
const LONG_READ = { batchSize: 500, maxTimeMS: 120_000 } as const
const FIRST = { page: 1, pageSize: MOST_FOUND }
/** Says nothing, but lets an index answer where no other condition does. */
const EVER: Filter = { registeredAt: { $gt: new Date(0) } }
/** One index serves kind, urgency and both: the one that is not asked for is asked for in full. */
const KINDS = Object.keys(KIND_LABELS)
const URGENCIES = Object.keys(URGENCY_LABELS)

export function createTicketQueries(
  db: Db,
  search: TicketSearch,
  contact: SealedContact,
  clock: Clock,
  rules: Pick<TicketRules, 'calendar' | 'profile'>,
): TicketQueries {
  const tickets = db.collection<TicketDoc>('tickets')

  async function page(
    filter: Filter,
    sort: Filter,
    { page: n, pageSize }: { page: number; pageSize: number },
  ): Promise<Page<Row>> {
    const [items, total] = await Promise.all([
      tickets
        .find(filter as never, { projection: ROW, ...READ_LIMIT })
        .sort(sort as never)
        .skip((n - 1) * pageSize)
        .limit(pageSize)
        .toArray(),
      tickets.countDocuments((isEmpty(filter) ? EVER : filter) as never, {
        limit: TOTAL_CAP + 1,
        ...READ_LIMIT,
      }),
    ])
    return { items, total: Math.min(total, TOTAL_CAP), isTotalCapped: total > TOTAL_CAP }
  }

  /** What a list is narrowed to; `words` are for the search. Nothing for who sees nothing. */
  function narrowed(actor: Actor, query: TicketQuery): { filter: Filter; words?: string } | undefined {
    const number = numberAsked(query)
    const callerHash = number ? contact.hashOf(number) : undefined
    const visible = visibilityFilter(actor, callerHash)
    if (!visible) return undefined
    const filter = all([visible, ...conditionsOf(actor, query), ...risksOf(actor, query)])
    if (query.q === undefined || query.q === '') return { filter }
    if (callerHash) return { filter: all([filter, callersOf(actor, callerHash)]) }
    if (/^\d{10,20}$/.test(query.q)) return { filter: all([filter, { no: query.q }]) }
    return { filter, words: query.q }
  }

  const conditionsOf = (actor: Actor, query: Conditions) => conditionsAt(actor, query, clock.now())
  function risksOf(actor: Actor, { risk }: Pick<TicketQuery, 'risk'>): Filter[] {
    const { calendar, profile } = rules
    return risk ? [ledBelow(actor), riskFilter(risk, { now: clock.now(), calendar, profile })] : []
  }
  const stream = (filter: Filter, sort: Filter): AsyncIterable<Row> =>
    tickets.find(filter as never, { projection: ROW, allowDiskUse: true, ...LONG_READ }).sort(sort as never)

  return {
    async list(actor, query) {
      const asked = narrowed(actor, query)
      if (!asked) return { items: [], total: 0, isTotalCapped: false }
      if (asked.words) return search.find(asked.words, asked.filter, query)
      return page(asked.filter, sortOf(actor, query), query)
    },

    async *each(actor, query) {
      const asked = narrowed(actor, query)
      if (!asked) return
      if (asked.words) yield* (await search.find(asked.words, asked.filter, FIRST)).items
      else yield* stream(asked.filter, sortOf(actor, query))
    },

    async *eachMatching(actor, filter) {
      const visible = visibilityFilter(actor)
      if (visible) yield* stream(all([visible, filter]), { registeredAt: -1 })
    },

    async countEach(actor, query, most) {
      const asked = narrowed(actor, query)
      if (!asked) return 0
      if (asked.words) return Math.min(most, (await search.find(asked.words, asked.filter, FIRST)).items.length)
      const filter = isEmpty(asked.filter) ? EVER : asked.filter
      return tickets.countDocuments(filter as never, { limit: most, ...READ_LIMIT })
    },

    async deskCounts(actor) {
      const now = clock.now()
      const visible = visibilityFilter(actor)
      if (!visible) return {}
      const entries = await Promise.all(
        desksFor(actor).map(async (desk) => {
          const filter = all([visible, deskFilter(actor, desk, now)])
          return [desk, await tickets.countDocuments(filter as never, { limit: TOTAL_CAP })] as const
        }),
      )
      return Object.fromEntries(entries)
    },

    async byCaller(actor, number) {
      const hash = contact.hashOf(number)
      const visible = visibilityFilter(actor, hash)
      if (!visible) return { items: [], total: 0, openCount: 0 }
      const filter = all([visible, callersOf(actor, hash)])
      const [items, total, openCount] = await Promise.all([
        tickets
          .find(filter as never, { projection: ROW })
          .sort({ registeredAt: -1 })
          .limit(CALLER_ITEMS)
          .toArray(),
        tickets.countDocuments(filter as never, { limit: TOTAL_CAP }),
        tickets.countDocuments(all([filter, { status: { $in: OPEN_STATUSES } }]) as never, { limit: TOTAL_CAP }),
      ])
      return { items, total, openCount }
    },

    async matching(actor, filter, paging) {
      const visible = visibilityFilter(actor)
      if (!visible) return { items: [], total: 0, isTotalCapped: false }
      return page(all([visible, filter]), { registeredAt: -1 }, paging)
    },
    narrowedTo(actor, query) {
      const visible = visibilityFilter(actor)
      return visible && all([visible, ...conditionsOf(actor, query), ...risksOf(actor, query)])
    },
    async count(actor, filter) {
      const visible = visibilityFilter(actor)
      return visible ? tickets.countDocuments(all([visible, filter]) as never) : 0
    },
  }
}

/** The telephone number that a list is asked for, if what was typed is one. */
export function numberAsked({ q }: Pick<TicketQuery, 'q'>): string | undefined {
  return q !== undefined && isPhone(q) && q.replace(/\D/g, '').length < 15 ? q : undefined
}

function all(filters: readonly Filter[]): Filter {
  const real = filters.filter((filter) => !isEmpty(filter))
  return real.length > 1 ? { $and: real } : (real[0] ?? {})
}

function isEmpty(filter: Filter): boolean {
  return Object.keys(filter).length === 0
}

/** Who may not know the caller must not find him by trying numbers (ticket.md §6). */
function callersOf(actor: Actor, callerHash: string): Filter {
  if (mayKnowCallers(actor)) return { callerHashes: callerHash }
  return { callerHashes: callerHash, 't.confidentiality': 0, 't.isAnonymous': false }
}

function isHotline(actor: Actor): boolean {
  return hasRole(actor, ...HOTLINE_ROLES, 'cityLeader')
}

function desksFor(actor: Actor): (UnitDesk | HotlineDesk)[] {
  return Object.keys(isHotline(actor) ? HOTLINE_DESKS : UNIT_DESKS) as (UnitDesk | HotlineDesk)[]
}

/** Desks on which the deadline of the supervision counts, not that of the work. */
const BY_SUPERVISION: readonly string[] = ['supervising', 'supervised']
const OPEN = { $exists: true }
/** Any moment. Unlike `$exists` it lets the wildcard index `unitDesk` answer in its own order. */
const ANY_MOMENT = { $gte: new Date(0) }
/** Desks that are worked off by risk. */
const BY_RISK: readonly string[] = ['intake', 'dispatch']

/** A tab of the actor's own unit, or a queue of the hotline. */
function deskFilter(actor: Actor, desk: string, now: Date): Filter {
  if (BY_SUPERVISION.includes(desk))
    return { desks: deskKey(desk === 'supervising' ? 'hotline' : actor.unitId, desk as UnitDesk), superviseBy: OPEN }
  if (desk in HOTLINE_DESKS) return { desks: deskKey('hotline', desk as HotlineDesk) }
  const due = deskDueField(actor, desk)
  if (desk === 'overdue') return { [due]: { $lt: now } }
  // A deadline at 24:00 is the next day's 00:00, and belongs to the day that it ends.
  if (desk === 'dueToday') return { [due]: { $gte: now, $lte: endOfDay(dayOf(now)) } }
  return { [due]: ANY_MOMENT }
}

/** What a unit's tab is found and sorted by: the unit's own deadline there. */
function deskDueField(actor: Actor, desk: string): string {
  const isByTime = desk === 'overdue' || desk === 'dueToday'
  return `deskDue.${deskKey(actor.unitId, isByTime ? 'open' : (desk as UnitDesk))}`
}

function conditionsAt(actor: Actor, query: Conditions, now: Date): Filter[] {
  const { status, kind, urgency, unitId, leadUnitId, regionCode, matterCode, from, to } = query
  return [
    query.desk ? deskFilter(actor, query.desk, now) : {},
    status ? { status: { $in: status } } : query.open === 'true' ? { status: { $in: OPEN_STATUSES } } : {},
    kind || urgency ? { kind: { $in: kind ?? KINDS }, urgency: { $in: urgency ?? URGENCIES } } : {},
    unitId ? { scope: unitId } : {},
    leadUnitId ? leadFilter(leadUnitId) : {},
    regionCode ? { regionPath: regionCode } : {},
    matterCode ? { matterPath: matterCode } : {},
    from || to ? { registeredAt: { ...(from ? { $gte: from } : {}), ...(to ? { $lt: to } : {}) } } : {},
    query.valid === 'true' ? { 'facts.isInvalid': { $ne: true }, ...EVER } : {},
    query.overdue === 'true' ? { unmetBy: { $lt: now } } : {},
    query.dueToday === 'true' ? { unmetBy: { $gte: now, $lte: endOfDay(dayOf(now)) } } : {},
    isByRisk(query) ? { riskBy: OPEN } : {},
    query.sort === 'due' && !query.desk ? { unmetBy: { $exists: true } } : {},
    query.mine === 'true' ? { registeredById: actor.userId } : {},
    query.handler ? handlerFilter(actor, query.handler) : {},
  ]
}

/** Together with a desk, whose index leaves the tickets of one unit to look at. */
function handlerFilter({ userId, unitId }: Actor, handler: 'me' | 'none'): Filter {
  const handlerId = handler === 'me' ? userId : { $exists: false }
  return { 't.assignments': { $elemMatch: { unitId, handlerId, status: { $in: [...OPEN_ASSIGNMENT] } } } }
}

function isByRisk({ sort, desk }: Pick<TicketQuery, 'sort' | 'desk'>): boolean {
  return sort === 'risk' && desk !== undefined && BY_RISK.includes(desk)
}

function sortOf(actor: Actor, query: TicketQuery): Filter {
  if (query.risk && !query.sort) return riskSort(query.risk)
  if (isByRisk(query)) return { riskBy: 1 }
  const asked = query.sort === 'risk' ? undefined : query.sort
  const sort = asked ?? (query.desk ? 'due' : 'newest')
  if (sort === 'due' && query.desk && BY_SUPERVISION.includes(query.desk)) return { superviseBy: 1 }
  if (sort === 'due' && query.desk && query.desk in UNIT_DESKS) return { [deskDueField(actor, query.desk)]: 1 }
  if (sort === 'due') return query.desk ? { dueBy: 1 } : { unmetBy: 1 }
  return { registeredAt: sort === 'oldest' ? 1 : -1 }
}

export function dayRange(now: Date): { from: Date; to: Date } {
  const today = dayOf(now)
  return { from: startOfDay(today), to: endOfDay(today) }
}
