import { hasRole, type Actor } from '@hotline/shared/actor'
import { AppError } from '@hotline/shared/error'
import {
  INSPECTED,
  INSPECTION_READERS,
  inspectionActs,
  InspectionQuery,
  isInspectedBy,
  mayDrawRounds,
  maySeeRounds,
  ObjectionInput,
  RectifiedInput,
  ReviewInput,
  RoundInput,
  ScoreInput,
  type InspectionState,
  type InspectionView,
  type RoundView,
} from '@hotline/shared/inspection/inspection'
import { SheetInput } from '@hotline/shared/inspection/sheet'
import type { UnitTree } from '@hotline/shared/unit/unit'
import { Router, type Request } from 'express'
import { z } from 'zod'
import type { Clock } from '../../platform/clock'
import type { Feature } from '../../platform/feature'
import { actorOf } from '../../platform/http/authenticate'
import type { Write } from '../../platform/http/idempotency'
import { parse } from '../../platform/http/validate'
import type { Row, TicketQueries } from '../ticket/ticketQueries'
import type { TicketPresenter } from '../ticket/ticketView'
import { inspectionApi, INSPECTIONS_PATH } from './inspectionDocs'
import type { InspectionQueries } from './inspectionQueries'
import { inspectedOf, type InspectionService } from './inspectionService'
import type { InspectionRow, InspectionStore, RoundRow } from './inspectionStore'

export interface InspectionDeps {
  store: InspectionStore
  queries: InspectionQueries
  service: InspectionService
  tickets: Pick<TicketQueries, 'matching'>
  presenter: TicketPresenter
  units: UnitTree
  clock: Clock
  write: Write
}

const SETTLED: readonly InspectionState[] = ['scored', 'objected', 'reviewed']
const Version = z.strictObject({ version: z.int().min(0) })

/** 双随机检查: rounds, what each inspector drew, and what the inspected have to say to it. */
export function createInspectionFeature(deps: InspectionDeps): Feature {
  const { store, queries, service, tickets, presenter, units, clock, write } = deps
  const router = Router()

  function presentRound(round: RoundRow, counts: Record<InspectionState, number>, actor: Actor): RoundView {
    const { _id: id, unitIds, agentIds: _agents, drawnAt, drawnBy, closedAt, ...rest } = round
    return {
      id,
      ...rest,
      unitNames: unitIds.map((unitId) => units.name(unitId)),
      drawnAt: drawnAt.toISOString(),
      drawnByName: drawnBy.name,
      closedAt: closedAt?.toISOString(),
      counts,
      canClose: round.state === 'open' && mayDrawRounds(actor),
    }
  }
  async function presentRounds(rounds: RoundRow[], actor: Actor): Promise<RoundView[]> {
    const counts = await queries.counts(rounds.map(({ _id }) => _id))
    return rounds.flatMap((round) => {
      const his = counts.get(round._id)
      return his ? [presentRound(round, his, actor)] : []
    })
  }

  /** The ticket's own words as this person may read them. */
  async function present(rows: InspectionRow[], actor: Actor): Promise<InspectionView[]> {
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
  const presentIt = async (row: InspectionRow, actor: Actor) => (await present([row], actor))[0]

  function filterOf({ roundId, state, desk }: InspectionQuery, actor: Actor): Record<string, unknown> {
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

  router.get('/rounds', async (req, res) => {
    res.json({ items: await presentRounds(await store.rounds(), readerOf(req)) })
  })
  router.post(
    '/rounds',
    write(async (req) => {
      const actor = actorOf(req)
      const round = await service.draw(parse(RoundInput, req.body), actor, req.ip)
      return { status: 201, body: (await presentRounds([round], actor))[0] }
    }),
  )
  router.get('/rounds/:id', async (req, res) => {
    const actor = readerOf(req)
    const round = await store.round(String(req.params.id))
    const { items } = await store.sheet(round.kind, round.sheetVersion)
    const [[view], summary] = await Promise.all([presentRounds([round], actor), queries.summary(round._id, items)])
    res.json({ round: view, summary })
  })
  router.post(
    '/rounds/:id/close',
    write(async (req) => {
      const actor = actorOf(req)
      const { version } = parse(Version, req.body)
      const round = await service.close(String(req.params.id), version, actor, req.ip)
      return { body: (await presentRounds([round], actor))[0] }
    }),
  )

  router.get('/people', async (req, res) => {
    readerOf(req)
    const [inspectors, agents] = await Promise.all([queries.inspectors(), queries.agents()])
    res.json({ inspectors, agents })
  })
  router.get('/sheets', async (req, res) => {
    inspectedOrReader(req)
    const items = (await store.sheets()).map(({ _id: _id, at, ...sheet }) => ({ ...sheet, at: at.toISOString() }))
    res.json({ items })
  })
  router.post(
    '/sheets',
    write(async (req) => {
      const { _id: _id, at, ...sheet } = await service.saveSheet(parse(SheetInput, req.body), actorOf(req))
      return { status: 201, body: { ...sheet, at: at.toISOString() } }
    }),
  )

  router.get('/', async (req, res) => {
    const query = parse(InspectionQuery, req.query)
    const actor = query.desk === 'inspected' ? inspectedOrReader(req) : readerOf(req)
    const { items, ...rest } = await queries.list(filterOf(query, actor), query)
    res.json({ items: await present(items, actor), ...rest })
  })
  const idOf = (req: Request) => String(req.params.id)
  router.post(
    '/:id/score',
    write(async (req) => {
      const actor = actorOf(req)
      return { body: await presentIt(await service.score(idOf(req), parse(ScoreInput, req.body), actor), actor) }
    }),
  )
  router.post(
    '/:id/object',
    write(async (req) => {
      const actor = actorOf(req)
      return { body: await presentIt(await service.object(idOf(req), parse(ObjectionInput, req.body), actor), actor) }
    }),
  )
  router.post(
    '/:id/review',
    write(async (req) => {
      const actor = actorOf(req)
      return { body: await presentIt(await service.review(idOf(req), parse(ReviewInput, req.body), actor), actor) }
    }),
  )
  router.post(
    '/:id/rectify',
    write(async (req) => {
      const actor = actorOf(req)
      return { body: await presentIt(await service.rectify(idOf(req), parse(RectifiedInput, req.body), actor), actor) }
    }),
  )

  return { path: INSPECTIONS_PATH, router, api: inspectionApi }
}

/** @throws AppError forbidden */
function readerOf(req: Request): Actor {
  const actor = actorOf(req)
  if (!hasRole(actor, ...INSPECTION_READERS)) throw new AppError('forbidden', '检查只供质检员、班长、督办员和主任查看')
  return actor
}
function inspectedOrReader(req: Request): Actor {
  const actor = actorOf(req)
  if (!hasRole(actor, ...INSPECTED, ...INSPECTION_READERS)) throw new AppError('forbidden', '您没有被检查的工单')
  return actor
}
