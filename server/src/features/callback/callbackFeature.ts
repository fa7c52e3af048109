import type { Actor } from '@hotline/shared/actor'
import { dayOf, endOfDay, startOfDay } from '@hotline/shared/calendar/day'
import { OWN_CALL_IDS, OwnCallTicketsQuery, ownCalls, type OwnCallsView } from '@hotline/shared/callback/ownWork'
import { Router } from 'express'
import { z } from 'zod'
import type { Clock } from '../../platform/clock'
import type { Feature } from '../../platform/feature'
import { actorOf, assertRole } from '../../platform/http/authenticate'
import type { RouteDoc } from '../../platform/http/openapi'
import { parse } from '../../platform/http/validate'
import type { Db } from '../../platform/mongo'
import type { TicketQueries } from '../ticket/ticketQueries'
import type { TicketPresenter } from '../ticket/ticketView'
import { createOwnCallQueries, ownCallFilter, type Whose } from './ownCallQueries'

const tag = '回访'

const api: RouteDoc[] = [
  {
    method: 'get',
    path: '/api/callback/own',
    tag,
    summary: '回访员本人今日：已访、接通率、满意率、平均通话，各附口径、分子、分母',
    response: z.object({
      day: z.iso.date(),
      items: z.array(
        z.object({
          id: z.enum(OWN_CALL_IDS as [string, ...string[]]),
          label: z.string(),
          formula: z.string(),
          unit: z.string(),
          numerator: z.int(),
          denominator: z.int().optional(),
          value: z.number().nullable(),
        }),
      ),
    }),
  },
  {
    method: 'get',
    path: '/api/callback/own/tickets',
    tag,
    summary: '本人今日一个数字背后的工单',
    query: OwnCallTicketsQuery,
    response: z.object({
      items: z.array(z.record(z.string(), z.unknown())),
      total: z.int(),
      isTotalCapped: z.boolean(),
    }),
  },
]

export interface CallbackDeps {
  db: Db
  tickets: Pick<TicketQueries, 'matching'>
  presenter: TicketPresenter
  clock: Clock
}

/** What a callback officer sees of his own day; nobody else's. */
export function createCallbackFeature({ db, tickets, presenter, clock }: CallbackDeps): Feature {
  const queries = createOwnCallQueries(db)
  const router = Router()

  function today({ userId }: Actor): Whose & { day: string } {
    const day = dayOf(clock.now())
    return { userId, day, from: startOfDay(day), to: endOfDay(day) }
  }

  router.get('/own', async (req, res) => {
    const actor = actorOf(req)
    assertRole(actor, 'callbackOfficer')
    const { day, ...whose } = today(actor)
    res.json({ day, items: ownCalls(await queries.count(whose)) } satisfies OwnCallsView)
  })

  router.get('/own/tickets', async (req, res) => {
    const actor = actorOf(req)
    assertRole(actor, 'callbackOfficer')
    const { measure, part, page, pageSize } = parse(OwnCallTicketsQuery, req.query)
    const found = await tickets.matching(actor, ownCallFilter(measure, part, today(actor)), { page, pageSize })
    res.json({ ...found, items: found.items.map((row) => presenter.row(row, actor)) })
  })

  return { path: '/api/callback', router, api }
}
