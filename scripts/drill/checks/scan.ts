import type { Page } from '@hotline/shared/page'
import { dayOf, startOfDay } from '@hotline/shared/calendar/day'
import type { TicketRow, TicketView } from '@hotline/shared/ticket/view'
import { recount, type Recount } from '../recount'
import type { Evidence } from './check'
import { inParallel } from './parallel'

/** What is kept of any ticket of the system. */
export interface Digest {
  id: string
  no: string
  version: number
  externalNo?: string
  /** Units that have a part in it, are asked in a consultation or are supervised, each with its superiors. */
  unitPaths: string[][]
  accusedUnitIds: string[]
  confidentiality: number
  recount: Recount
}

export interface Scan {
  /** Every number in the system, with the tickets that carry it. */
  numbers: ReadonlyMap<string, readonly string[]>
  /** Tickets that can matter since `since`: this run's, what is open, and what ended or was due lately. */
  digests: ReadonlyMap<string, Digest>
  mine: ReadonlyMap<string, TicketView>
  since: Date
  /** Looks at what has changed since, and tells whether anything has. */
  again(): Promise<boolean>
}

const PAGE = 100
const AT_ONCE = 8

/** Reads the whole system as its director may, page by page, and the tickets themselves where they matter. */
export async function scan({ people, runId, startedAt, played }: Evidence): Promise<Scan> {
  const numbers = new Map<string, string[]>()
  const digests = new Map<string, Digest>()
  const mine = new Map<string, TicketView>()
  const since = startOfDay(dayOf(startedAt))
  const wanted = new Set(played.flatMap(({ ticketId }) => ticketId ?? []))

  async function again(): Promise<boolean> {
    const rows = await allRows(people)
    numbers.clear()
    for (const { id, no } of rows) numbers.set(no, [...(numbers.get(no) ?? []), id])
    const changed = rows.filter((row) => matters(row) && digests.get(row.id)?.version !== row.version)
    await inParallel(AT_ONCE, changed, async ({ id }) => {
      const view = await people.get<TicketView>('director', `/api/tickets/${id}`)
      digests.set(id, digestOf(view))
      if (wanted.has(id) || view.externalNo?.startsWith(`drill-${runId}-`)) mine.set(id, view)
    })
    return changed.length > 0
  }

  /** What ended before and was due before can be in no number of the period. */
  function matters({ id, closedAt, resolveBy, reworkCount }: TicketRow): boolean {
    if (wanted.has(id) || closedAt === undefined || reworkCount > 0) return true
    return Date.parse(closedAt) >= since.getTime() || Date.parse(resolveBy ?? closedAt) >= since.getTime()
  }

  await again()
  return { numbers, digests, mine, since, again }
}

/** By time of registration, not by page number: what is registered meanwhile shifts nothing. */
async function allRows(people: Evidence['people']): Promise<TicketRow[]> {
  const rows = new Map<string, TicketRow>()
  let from = new Date(0).toISOString()
  for (let page = 1; ;) {
    const query = new URLSearchParams({ sort: 'oldest', pageSize: String(PAGE), page: String(page), from })
    const { items } = await people.get<Page<TicketRow>>('director', `/api/tickets?${query}`)
    for (const row of items) rows.set(row.id, row)
    const last = items.at(-1)
    if (!last || items.length < PAGE) return [...rows.values()]
    // A whole page of one moment is left by turning over.
    page = last.registeredAt === from ? page + 1 : 1
    from = last.registeredAt
  }
}

function digestOf(view: TicketView): Digest {
  const { id, no, version, externalNo, accusedUnitIds, confidentiality } = view
  return {
    ...{ id, no, version, externalNo, accusedUnitIds, confidentiality },
    unitPaths: partsOf(view),
    recount: recount(view.history),
  }
}

function partsOf({ status, assignments, consultations, supervisions }: TicketView): string[][] {
  const asked = status === 'consulting' ? (consultations?.at(-1)?.units ?? []) : []
  const watched = (supervisions ?? []).filter(({ closedAt }) => !closedAt)
  return [...assignments, ...asked, ...watched].map(({ unitPath }) => unitPath)
}
