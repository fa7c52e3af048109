import type { Actor } from '@hotline/shared/actor'
import {
  InspectionQuery,
  mayDrawRounds,
  ObjectionInput,
  RectifiedInput,
  ReviewInput,
  RoundInput,
  ScoreInput,
  type InspectionState,
  type RoundView,
} from '@hotline/shared/inspection/inspection'
import { SheetInput } from '@hotline/shared/inspection/sheet'
import type { UnitTree } from '@hotline/shared/unit/unit'
import { Router, type Request } from 'express'
import { z } from 'zod'
import type { Feature } from '../../platform/feature'
import { actorOf } from '../../platform/http/authenticate'
import type { Write } from '../../platform/http/idempotency'
import { parse } from '../../platform/http/validate'
import { inspectionApi, INSPECTIONS_PATH } from './inspectionDocs'
import type { InspectionQueries } from './inspectionQueries'
import { assertInspectedOrReader, assertReader, type InspectionReader } from './inspectionReader'
import type { InspectionService } from './inspectionService'
import type { InspectionRow, InspectionStore, RoundRow } from './inspectionStore'

export interface InspectionDeps {
  store: InspectionStore
  queries: InspectionQueries
  reader: InspectionReader
  service: InspectionService
  units: UnitTree
  write: Write
}

const Version = z.strictObject({ version: z.int().min(0) })

/** 双随机检查: rounds, what each inspector drew, and what the inspected have to say to it. */
export function createInspectionFeature(deps: InspectionDeps): Feature {
  const { store, queries, reader, service, units, write } = deps
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

  const presentIt = async (row: InspectionRow, actor: Actor) => (await reader.present([row], actor))[0]

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
    res.json(await reader.list(parse(InspectionQuery, req.query), actorOf(req)))
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
  assertReader(actor)
  return actor
}
/** @throws AppError forbidden */
function inspectedOrReader(req: Request): void {
  assertInspectedOrReader(actorOf(req))
}
