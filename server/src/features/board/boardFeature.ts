import { BoardQuery, SUPERVISION_STATES, SupervisionQuery } from '@hotline/shared/board/view'
import { RISKS } from '@hotline/shared/board/risks'
import { FORM_LABELS, ALL_TRIGGER_LABELS, STATUS_LABELS } from '@hotline/shared/ticket/labels'
import { keys } from '@hotline/shared/ticket/commandInputs'
import { Router } from 'express'
import { z } from 'zod'
import type { Feature } from '../../platform/feature'
import { actorOf } from '../../platform/http/authenticate'
import type { RouteDoc } from '../../platform/http/openapi'
import { parse } from '../../platform/http/validate'
import type { Db } from '../../platform/mongo'
import { createRiskBoard, type RiskBoardDeps } from './riskBoard'
import { createRiskQueries } from './riskQueries'
import { assertSeesRisks, createSupervisions } from './supervisions'

const tag = '督办'
const moment = z.iso.datetime()

const Worst = z.object({
  no: z.string(),
  title: z.string(),
  resolveBy: moment.optional(),
  returnCount: z.int(),
  reworkCount: z.int(),
  quietSince: moment.optional(),
})
const ColumnDoc = z.object({ risk: keys(RISKS), label: z.string(), note: z.string(), formula: z.string() })
const BoardDoc = z.object({
  at: moment,
  columns: z.array(
    ColumnDoc.extend({
      total: z.int(),
      units: z.array(z.object({ unitId: z.string(), unitName: z.string(), count: z.int(), worst: Worst.optional() })),
      otherUnits: z.int(),
    }),
  ),
  matters: z.array(z.object({ matterCode: z.string(), name: z.string(), count: z.int(), overdue: z.int() })),
})
const SupervisionDoc = z.object({
  ticketId: z.string(),
  no: z.string(),
  version: z.int(),
  status: keys(STATUS_LABELS),
  title: z.string(),
  supervisionId: z.string(),
  form: keys(FORM_LABELS),
  trigger: keys(ALL_TRIGGER_LABELS),
  unitId: z.string().optional(),
  unitName: z.string().optional(),
  requirement: z.string(),
  deadline: moment.optional(),
  at: moment,
  byName: z.string(),
  state: keys(SUPERVISION_STATES),
  answeredAt: moment.optional(),
  answer: z.string().optional(),
  closedAt: moment.optional(),
  closedByName: z.string().optional(),
  result: z.string().optional(),
  can: z.array(z.string()),
})

const api: RouteDoc[] = [
  {
    method: 'get',
    path: '/api/board/risks',
    tag,
    summary: '风险看板：今日到期、即将到期、超期、多次退单、多次重办、久未进展，按主办单位分列，各附最急的一件',
    description:
      '督办员、热线主任、市领导看全市；承办单位的分管、主要负责人看本单位及下级主办的。每个数都等于 GET /api/tickets 带同样条件、risk 为该栏（点单位时加 leadUnitId）所列的工单数。',
    query: BoardQuery,
    response: BoardDoc,
  },
  {
    method: 'get',
    path: '/api/board/columns',
    tag,
    summary: '风险看板各栏的名称和口径：小时、次数、工作日数由本市时限方案定',
    response: z.object({ columns: z.array(ColumnDoc) }),
  },
  {
    method: 'get',
    path: '/api/board/supervisions',
    tag,
    summary: '督办跟踪：从下达、反馈到销号，一项督办一行；未销号的按反馈期限排，近 90 天销号的按销号时间排',
    query: SupervisionQuery,
    response: z.object({
      items: z.array(SupervisionDoc),
      total: z.int(),
      isTotalCapped: z.boolean(),
      counts: z.record(z.enum(Object.keys(SUPERVISION_STATES) as [string, ...string[]]), z.int()),
    }),
  },
]

export type BoardDeps = Omit<RiskBoardDeps, 'queries'> & { db: Db }

export function createBoardFeature({ db, ...deps }: BoardDeps): Feature {
  const board = createRiskBoard({ ...deps, queries: createRiskQueries(db) })
  const supervisions = createSupervisions({ ...deps, db })
  const router = Router()

  router.get('/risks', async (req, res) => {
    const actor = actorOf(req)
    assertSeesRisks(actor)
    res.json(await board.risks(actor, parse(BoardQuery, req.query)))
  })
  router.get('/columns', (req, res) => {
    assertSeesRisks(actorOf(req))
    res.json(board.columns())
  })
  router.get('/supervisions', async (req, res) => {
    res.json(await supervisions(actorOf(req), parse(SupervisionQuery, req.query)))
  })

  return { path: '/api/board', router, api }
}
