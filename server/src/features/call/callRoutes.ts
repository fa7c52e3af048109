import { dayOf } from '@hotline/shared/calendar/day'
import { AgentDays } from '@hotline/shared/call/agentDay'
import { callMeasures, CallStats } from '@hotline/shared/call/measures'
import { CALL_BOARD_ROLES } from '@hotline/shared/call/roles'
import {
  CallQuery,
  CallStatsQuery,
  CallView,
  DoneInput,
  LinkInput,
  MyCalls,
  PlainNumber,
  PresenceInput,
  PresenceView,
  RevealCallInput,
  ReturnRow,
} from '@hotline/shared/call/view'
import type { Role } from '@hotline/shared/user/roles'
import { HOTLINE_ROLES } from '@hotline/shared/user/roles'
import { TOTAL_CAP } from '@hotline/shared/page'
import { Router, type Request } from 'express'
import { z } from 'zod'
import type { Clock } from '../../platform/clock'
import { actorOf, assertRole } from '../../platform/http/authenticate'
import type { Write } from '../../platform/http/idempotency'
import type { RouteDoc } from '../../platform/http/openapi'
import { parse } from '../../platform/http/validate'
import type { AgentDayQueries } from './agentDayQueries'
import type { CallQueries } from './callQueries'
import type { CallService } from './callService'
import type { CallSettingsStore } from './callSettingsStore'
import type { CallRow } from './callStore'
import { presentCall } from './callView'
import { mayReturn, type ReturnCalls } from './returnCalls'
import type { ReturnCallStore } from './returnCallStore'

export interface CallRouteDeps {
  service: CallService
  queries: CallQueries
  agentDays: AgentDayQueries
  returns: ReturnCalls
  returnStore: Pick<ReturnCallStore, 'count'>
  settings: Pick<CallSettingsStore, 'extensionOf'>
  clock: Clock
  write: Write
}

const tag = '通话'
const AT_THE_PHONE: readonly Role[] = ['agent', ...HOTLINE_ROLES]
const idOf = (req: Request) => String(req.params.id)

export const callApi: RouteDoc[] = [
  {
    method: 'get',
    path: '/api/calls/mine',
    tag,
    summary: '话务台：本人状态、今日数、振铃中、通话中和整理中的电话；本人线上的号码为明文',
    response: MyCalls,
  },
  {
    method: 'put',
    path: '/api/calls/presence',
    tag,
    summary: '示闲、示忙、小休',
    body: PresenceInput,
    response: PresenceView,
    isWrite: true,
  },
  {
    method: 'get',
    path: '/api/calls',
    tag,
    summary: '通话记录，新的在前，号码脱敏；话务员只见本人的',
    query: CallQuery,
    response: z.object({ items: z.array(CallView), total: z.int(), isTotalCapped: z.boolean() }),
  },
  {
    method: 'get',
    path: '/api/calls/stats',
    tag,
    summary: '一天的接通率、15 秒接通率、平均等待和通话、漏接回拨率；话务员为本人的',
    query: CallStatsQuery,
    response: CallStats,
  },
  {
    method: 'get',
    path: '/api/calls/agents',
    tag,
    summary: '一天里每位坐席的接听、漏接、呼出和平均时长，当天另有各人的当前状态（班长、质检员、督办员、热线主任）',
    query: CallStatsQuery,
    response: AgentDays,
  },
  {
    method: 'get',
    path: '/api/calls/returns',
    tag,
    summary: '漏接回拨：每个号码一行，等得最久的在前',
    response: z.object({ items: z.array(ReturnRow), total: z.int() }),
  },
  {
    method: 'post',
    path: '/api/calls/returns/{id}/claim',
    tag,
    summary: '回拨这个号码：由本人回拨，给出明文（记审计）',
    response: PlainNumber,
    isWrite: true,
  },
  {
    method: 'post',
    path: '/api/calls/returns/{id}/done',
    tag,
    summary: '已与对方通话，移出回拨列表',
    body: DoneInput,
    isWrite: true,
  },
  {
    method: 'post',
    path: '/api/calls/returns/{id}/unreached',
    tag,
    summary: '没有打通，放回列表',
    isWrite: true,
  },
  {
    method: 'post',
    path: '/api/calls/{id}/wrap-up-end',
    tag,
    summary: '结束话后整理',
    response: CallView,
    isWrite: true,
  },
  {
    method: 'post',
    path: '/api/calls/{id}/tickets',
    tag,
    summary: '把通话记到工单上；登记时带 callId 的自动关联',
    body: LinkInput,
    response: CallView,
    isWrite: true,
  },
  {
    method: 'post',
    path: '/api/calls/{id}/reveal',
    tag,
    summary: '查看通话号码明文（记审计）',
    body: RevealCallInput,
    response: PlainNumber,
    isWrite: true,
  },
]

export function createCallRoutes(deps: CallRouteDeps): Router {
  const { service, queries, returns, clock, write } = deps
  const router = Router()
  router.use((req, _res, next) => {
    assertRole(actorOf(req), ...AT_THE_PHONE)
    next()
  })
  const present = async (req: Request, rows: readonly CallRow[]) => {
    const actor = actorOf(req)
    const ownLive = rows.filter(({ isLive, agentId }) => isLive && agentId === actor.userId)
    const callers = await queries.callers(ownLive)
    return rows.map((row) => presentCall(row, actor, service.numberOf, callers.get(row.numberHash ?? '')))
  }
  const presentOne = async (req: Request, row: CallRow) => (await present(req, [row]))[0]

  router.get('/mine', async (req, res) => {
    const actor = actorOf(req)
    const [rows, presence, today, returnCount] = await Promise.all([
      queries.live(actor),
      queries.presence(actor),
      queries.today(actor),
      mayReturn(actor) ? deps.returnStore.count(TOTAL_CAP) : 0,
    ])
    const answer: MyCalls = {
      extension: deps.settings.extensionOf(actor.userId),
      presence: { state: presence.state, since: presence.since.toISOString() },
      today,
      calls: await present(req, rows),
      returnCount,
    }
    res.json(answer)
  })

  router.put(
    '/presence',
    write(async (req) => {
      const { state, since } = await queries.setPresence(actorOf(req), parse(PresenceInput, req.body).state)
      return { body: { state, since: since.toISOString() } satisfies PresenceView }
    }),
  )

  router.get('/', async (req, res) => {
    const { items, ...page } = await queries.list(actorOf(req), parse(CallQuery, req.query))
    res.json({ items: await present(req, items), ...page })
  })

  router.get('/stats', async (req, res) => {
    const { day = dayOf(clock.now()) } = parse(CallStatsQuery, req.query)
    const counts = await queries.counts(actorOf(req), day)
    res.json({ day, measures: callMeasures(counts), counts: { ...counts } } satisfies CallStats)
  })

  router.get('/agents', async (req, res) => {
    assertRole(actorOf(req), ...CALL_BOARD_ROLES)
    const { day = dayOf(clock.now()) } = parse(CallStatsQuery, req.query)
    res.json({ day, items: await deps.agentDays.of(day) } satisfies AgentDays)
  })

  router.get('/returns', async (req, res) => {
    res.json(await returns.list(actorOf(req)))
  })
  router.post(
    '/returns/:id/claim',
    write(async (req) => ({ body: { number: await returns.claim(idOf(req), actorOf(req), req.ip) } }), {
      withoutBody: true,
    }),
  )
  router.post(
    '/returns/:id/done',
    write(async (req) => {
      await returns.done(idOf(req), actorOf(req), parse(DoneInput, req.body).note)
      return { body: {} }
    }),
  )
  router.post(
    '/returns/:id/unreached',
    write(async (req) => {
      await returns.unreached(idOf(req), actorOf(req))
      return { body: {} }
    }),
  )

  // The number of a live call is in its answer, and must not lie in the database until its key is forgotten.
  const once = { withoutBody: true }
  router.post(
    '/:id/wrap-up-end',
    write(async (req) => ({ body: await presentOne(req, await service.endWrapUp(idOf(req), actorOf(req))) }), once),
  )
  router.post(
    '/:id/tickets',
    write(async (req) => {
      const { ticketId } = parse(LinkInput, req.body)
      return { body: await presentOne(req, await service.link(idOf(req), ticketId, actorOf(req))) }
    }, once),
  )
  router.post(
    '/:id/reveal',
    write(async (req) => {
      const { reason } = parse(RevealCallInput, req.body)
      return { body: { number: await service.reveal(idOf(req), reason, actorOf(req), req.ip) } }
    }, once),
  )
  return router
}
