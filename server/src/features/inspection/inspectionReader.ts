import { hasRole, type Actor } from '@hotline/shared/actor'
import { AppError } from '@hotline/shared/error'
import {
  INSPECTED,
  INSPECTION_READERS,
  inspectionActs,
  isInspectedBy,
  mayDrawRounds,
  maySeeRounds,
  type InspectionQuery,
  type InspectionState,
  type InspectionView,
} from '@hotline/shared/inspection/inspection'
import type { Page } from '@hotline/shared/page'
import { inBatches } from '../../platform/batches'
import type { Clock } from '../../platform/clock'
import type { Row, TicketQueries } from '../ticket/ticketQueries'
import type { TicketPresenter } from '../ticket/ticketView'
import type { InspectionQueries } from './inspectionQueries'
import { inspectedOf } from './inspectionService'
import type { InspectionRow, InspectionStore, SheetRow } from './inspectionStore'

export interface InspectionReaderDeps {
  store: Pick<InspectionStore, 'sheets'>
  queries: InspectionQueries
  tickets: Pick<TicketQueries, 'matching'>
  presenter: TicketPresenter
  clock: Clock
}

/** Inspections as this person may read them; a list is judged by its desk. @throws AppError forbidden, invalidInput */
export interface InspectionReader {
  present(rows: readonly InspectionRow[], actor: Actor): Promise<InspectionView[]>
  list(query: InspectionQuery, actor: Actor): Promise<Page<InspectionView>>
  /** Counts no further than `most`. */
  count(query: InspectionQuery, actor: Actor, most: number): Promise<number>
  each(query: InspectionQuery, actor: Actor): AsyncIterable<InspectionView>
  /** What was scored by: all versions. */
  sheets(): Promise<SheetRow[]>
}

const SETTLED: readonly InspectionState[] = ['scored', 'objected', 'reviewed']
const AT_ONCE = 100

/** @throws AppError forbidden */
export function assertReader(actor: Actor): void {
  if (!hasRole(actor, ...INSPECTION_READERS)) throw new AppError('forbidden', '检查只供质检员、班长、督办员和主任查看')
}
/** @throws AppError forbidden */
export function assertInspectedOrReader(actor: Actor): void {
  if (!hasRole(actor, ...INSPECTED, ...INSPECTION_READERS)) throw new AppError('forbidden', '您没有被检查的工单')
}

export function createInspectionReader(deps: InspectionReaderDeps): InspectionReader {
  const { store, queries, tickets, presenter, clock } = deps

  /** The ticket's own words as this person may read them. */
  async function present(rows: readonly InspectionRow[], actor: Actor): Promise<InspectionView[]> {
    const ids = rows.map(({ ticketId }) => ticketId)
    const page = { page: 1, pageSize: ids.length }
    const found = ids.length > 0 ? (await tickets.matching(actor, { _id: { $in: ids } }, page)).items : []
    const byId = new Map(found.map((ticket) => [ticket._id, ticket]))
    return rows.flatMap((row) => {
      const ticket = byId.get(row.ticketId)
      // What is kept from a unit since (举报保密) is not told to it by way of its inspection.
      return ticket || maySeeRounds(actor) ? [presentOne(row, ticket, actor)] : []
    })
  }
  function presentOne(row: InspectionRow, ticket: Row | undefined, actor: Actor): InspectionView {
    const { _id: id, roundId, roundName, kind, ticketId, no, sheetVersion, state, isClosed, version } = row
    const { scoredAt } = row
    const said = { scored: row.scored, objection: row.objection, review: row.review, rectified: row.rectified }
    const { scored, objection, review, rectified } = ticket ? presenter.words(said, ticket, actor) : said
    const shown = ticket && presenter.row(ticket, actor, true)
    // Whoever is inspected does not read what is not settled yet; nor who will settle it.
    const isHis = isInspectedBy(actor, inspectedOf(row)) && !maySeeRounds(actor)
    return {
      ...{ id, roundId, roundName, kind, ticketId, no, sheetVersion, state, isClosed, version },
      title: shown?.title ?? shown?.excerpt ?? '您无权查看这张工单',
      ...(row.unitId ? { unitName: row.subjectName } : { agentName: row.subjectName }),
      inspectorName: isHis ? '质检' : row.inspectorName,
      scoredAt: scoredAt?.toISOString(),
      scored,
      objection: objection && { words: objection.words, ...moment(objection) },
      review: review && { result: review.result, words: review.words, before: review.before, ...moment(review) },
      rectified: rectified && { words: rectified.words, ...moment(rectified) },
      acts: inspectionActs(actor, inspectedOf(row), clock.now()),
    }
  }
  const moment = ({ at, by }: { at: Date; by: { name: string } }) => ({ at: at.toISOString(), byName: by.name })

  function filterOf({ roundId, state, desk }: InspectionQuery, actor: Actor): Record<string, unknown> {
    if (desk === 'inspected') assertInspectedOrReader(actor)
    else assertReader(actor)
    const common = { ...(roundId ? { roundId } : {}), ...(state ? { state } : {}) }
    if (desk === 'toScore') return { state: 'toScore', ...common, inspectorId: actor.userId, isClosed: false }
    if (desk === 'toReview') {
      if (!mayDrawRounds(actor)) throw new AppError('forbidden', '申诉由督办员或主任复核')
      return { ...common, state: 'objected' }
    }
    if (desk === 'inspected') {
      // Asked for as well or not: what waits for its inspector is nobody's to know beforehand.
      const settled = { ...common, state: { $in: SETTLED.filter((one) => !state || one === state) } }
      if (hasRole(actor, 'agent')) return { ...settled, agentId: actor.userId }
      return { ...settled, unitId: { $in: [actor.unitId] } }
    }
    if (!roundId) throw new AppError('invalidInput', '请指明哪一轮，或哪一类待办')
    return common
  }

  return {
    present,
    async list(query, actor) {
      const { items, ...rest } = await queries.list(filterOf(query, actor), query)
      return { items: await present(items, actor), ...rest }
    },
    count: async (query, actor, most) => queries.countEach(filterOf(query, actor), most),
    async *each(query, actor) {
      for await (const rows of inBatches(queries.each(filterOf(query, actor)), AT_ONCE))
        yield* await present(rows, actor)
    },
    sheets: () => store.sheets(),
  }
}
