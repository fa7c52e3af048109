import { StatsQuery, StatsTicketsQuery } from '@hotline/shared/stats/view'
import type { UnitTree } from '@hotline/shared/unit/unit'
import { Router } from 'express'
import { actorOf } from '../../platform/http/authenticate'
import type { RouteDoc } from '../../platform/http/openapi'
import { parse } from '../../platform/http/validate'
import type { TicketPresenter } from '../ticket/ticketView'
import type { LiveBoard } from './liveStats'
import type { StatsQueries } from './statsQueries'
import { LiveStatsDoc, MeasureStatsDoc, StatsTicketsDoc, UnitStatsDoc } from './statsDocs'
import { presentMeasures, presentTickets, presentUnits } from './statsView'

const tag = '统计'
const PERIOD =
  'from、to 为日期（2026-11-20，北京时间，to 含当日）或带时区的时刻；默认本月 1 日至今，to 不晚于现在。单位角色只见本单位及下级。'

export const statsApi: RouteDoc[] = [
  {
    method: 'get',
    path: '/api/stats/live',
    tag,
    summary: '实时看板：今日受理、在办、今日到期、超期与各队列；query 列出同样的工单',
    response: LiveStatsDoc,
  },
  {
    method: 'get',
    path: '/api/stats/measures',
    tag,
    summary: '各项指标：口径、分子、分母、值；不给 unitId 按对诉求人的承诺，给了按单位自己的期限',
    description: PERIOD,
    query: StatsQuery,
    response: MeasureStatsDoc,
  },
  {
    method: 'get',
    path: '/api/stats/units',
    tag,
    summary: '各承办单位：两种办结率、按时办结、满意、重办、退单，按量排序，末附合计',
    description: PERIOD,
    query: StatsQuery,
    response: UnitStatsDoc,
  },
  {
    method: 'get',
    path: '/api/stats/tickets',
    tag,
    summary: '一个数字背后的工单',
    description: `${PERIOD} count 是那个数字；note 说明它为什么多于工单数（一件工单可有几次办理、几次退单）。`,
    query: StatsTicketsQuery,
    response: StatsTicketsDoc,
  },
]

export interface StatsRouteDeps {
  board: LiveBoard
  queries: StatsQueries
  presenter: TicketPresenter
  units: UnitTree
}

export function createStatsRoutes({ board, queries, presenter, units }: StatsRouteDeps): Router {
  const router = Router()

  router.get('/live', async (req, res) => {
    res.json(await board.now(actorOf(req)))
  })

  router.get('/measures', async (req, res) => {
    res.json(presentMeasures(await queries.measures(actorOf(req), parse(StatsQuery, req.query)), units))
  })

  router.get('/units', async (req, res) => {
    const query = parse(StatsQuery, req.query)
    res.json(presentUnits(await queries.units(actorOf(req), query), query, units))
  })

  router.get('/tickets', async (req, res) => {
    const actor = actorOf(req)
    const found = await queries.tickets(actor, parse(StatsTicketsQuery, req.query))
    res.json(presentTickets(found, actor, presenter))
  })

  return router
}
