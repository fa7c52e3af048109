import { hasRole, type Actor } from '@hotline/shared/actor'
import {
  BOARD_ROLES,
  BoardQuery,
  SUPERVISION_STATES,
  SupervisionQuery,
  type SupervisionItem,
  type SupervisionPage,
} from '@hotline/shared/board/view'
import { RISKS } from '@hotline/shared/board/risks'
import { AppError } from '@hotline/shared/error'
import { TOTAL_CAP } from '@hotline/shared/page'
import type { CommandType } from '@hotline/shared/ticket/commands'
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
import { createRiskQueries, NOTHING } from './riskQueries'
import { createSupervisionQueries, type FoundSupervision } from './supervisionQueries'

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
const BoardDoc = z.object({
  at: moment,
  columns: z.array(
    z.object({
      risk: keys(RISKS),
      label: z.string(),
      formula: z.string(),
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
    summary: '风险看板：今日到期、24 小时内、超期、三次退单、二次重办、久未进展，按主办单位分列，各附最急的一件',
    description: '每个数都等于 GET /api/tickets 带同样条件、risk 为该栏（点单位时加 leadUnitId）所列的工单数。',
    query: BoardQuery,
    response: BoardDoc,
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

/** 销号 is of this one, the others are of its ticket. */
const FROM_HERE: readonly CommandType[] = ['closeSupervision', 'urge']

export type BoardDeps = Omit<RiskBoardDeps, 'queries'> & { db: Db }

export function createBoardFeature({ db, ...deps }: BoardDeps): Feature {
  const { tickets, presenter, units, clock } = deps
  const board = createRiskBoard({ ...deps, queries: createRiskQueries(db) })
  const supervisions = createSupervisionQueries(db)
  const router = Router()

  async function supervised(actor: Actor, query: SupervisionQuery): Promise<SupervisionPage> {
    const { items, counts } = await supervisions.find(tickets.narrowedTo(actor, {}) ?? NOTHING, actor, query, clock.now())
    const ids = [...new Set(items.map(({ ticketId }) => ticketId))]
    const found = ids.length
      ? await tickets.matching(actor, { _id: { $in: ids } }, { page: 1, pageSize: ids.length })
      : { items: [] }
    const rows = new Map(found.items.map((row) => [row._id, row]))
    const { waiting, overdue, answered } = counts
    const total = query.state ? counts[query.state] : waiting + overdue + answered
    return {
      items: items.flatMap((item) => {
        const row = rows.get(item.ticketId)
        return row ? [presentSupervision(item, row, actor)] : []
      }),
      total: Math.min(total, TOTAL_CAP),
      isTotalCapped: total > TOTAL_CAP,
      counts,
    }
  }

  function presentSupervision(
    { ticketId, supervision, state }: FoundSupervision,
    found: Parameters<typeof presenter.row>[0],
    actor: Actor,
  ): SupervisionItem {
    const row = presenter.row(found, actor)
    const { id, form, trigger, unitId, requirement, deadline, at, by, answers, closedAt, closedBy, result } =
      supervision
    const last = answers.at(-1)
    const words = presenter.words({ requirement, answer: last?.answer, result }, found, actor)
    return {
      ticketId,
      no: row.no,
      version: row.version,
      status: row.status,
      title: row.title ?? row.excerpt,
      supervisionId: id,
      form,
      trigger,
      unitId,
      unitName: unitId && units.name(unitId),
      ...words,
      deadline: deadline?.toISOString(),
      at: at.toISOString(),
      byName: by.name,
      state,
      answeredAt: last?.at.toISOString(),
      closedAt: closedAt?.toISOString(),
      closedByName: closedBy?.name,
      can: state === 'closed' ? [] : row.can.filter((command) => FROM_HERE.includes(command)),
    }
  }

  router.get('/risks', async (req, res) => {
    res.json(await board.risks(watcherOf(actorOf(req)), parse(BoardQuery, req.query)))
  })
  router.get('/supervisions', async (req, res) => {
    res.json(await supervised(watcherOf(actorOf(req)), parse(SupervisionQuery, req.query)))
  })

  return { path: '/api/board', router, api }
}

/** @throws AppError forbidden */
function watcherOf(actor: Actor): Actor {
  if (!hasRole(actor, ...BOARD_ROLES)) throw new AppError('forbidden', '您没有查看督办看板的权限')
  return actor
}
