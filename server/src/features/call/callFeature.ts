import { TicketCall, type CallQuery, type CallView } from '@hotline/shared/call/view'
import { hasRole, type Actor } from '@hotline/shared/actor'
import { mayKnowCallers } from '@hotline/shared/ticket/visibility'
import { Router } from 'express'
import { z } from 'zod'
import type { Clock } from '../../platform/clock'
import type { Crypto } from '../../platform/crypto'
import type { Feature } from '../../platform/feature'
import { actorOf } from '../../platform/http/authenticate'
import type { Write } from '../../platform/http/idempotency'
import type { RateLimiter } from '../../platform/http/rateLimit'
import type { Live } from '../../platform/live'
import type { Logger } from '../../platform/log'
import type { Db } from '../../platform/mongo'
import type { Transact } from '../../platform/outbox'
import type { Audit } from '../audit/auditService'
import type { TicketFeature } from '../ticket/ticketFeature'
import { createAgentDayQueries } from './agentDayQueries'
import { createCallQueries, type CallQueries } from './callQueries'
import { callApi, createCallRoutes } from './callRoutes'
import { createCallService, SEE_ALL_CALLS, type CallService } from './callService'
import { createCallSettings } from './callSettings'
import { createCallSettingsFeature } from './callSettingsRoutes'
import { createCallSettingsStore } from './callSettingsStore'
import { createCallStore } from './callStore'
import { presentCall, presentTicketCall } from './callView'
import { createCtiFeature } from './ctiRoutes'
import { createExchangeStore } from './exchangeStore'
import { createReturnCalls } from './returnCalls'
import { createReturnCallStore } from './returnCallStore'

export interface CallDeps {
  db: Db
  isDemo: boolean
  tickets: Pick<TicketFeature, 'store' | 'service' | 'contact'>
  crypto: Crypto
  audit: Audit
  transact: Transact
  clock: Clock
  logger: Logger
  write: Write
  rateLimiter: RateLimiter
  hint: Live['hint']
}

export interface Calls {
  features: Feature[]
  follow: CallService['follow']
  /** What an export reads: as the list shows it to this actor, nobody's number in plain. */
  log: {
    count(query: CallQuery, actor: Actor, most: number): Promise<number>
    each(query: CallQuery, actor: Actor): AsyncIterable<CallView>
  }
  follower: { start(): Promise<void>; stop(): Promise<void> }
}

/** Whose line it is not. */
const NOBODY = { userId: '' }

/** 通话, joined. */
export function createCalls(deps: CallDeps): Calls {
  const { db, tickets, crypto, audit, transact, clock, logger, write, rateLimiter, hint } = deps
  const { contact } = tickets
  const settings = createCallSettingsStore(db, logger)
  const exchanges = createExchangeStore(db)
  const returnStore = createReturnCallStore(db)
  const service = createCallService({
    store: createCallStore(db),
    returns: returnStore,
    settings,
    tickets: tickets.store,
    contact,
    crypto,
    audit,
    clock,
    hint,
  })
  const queries = createCallQueries(db, contact, clock, SEE_ALL_CALLS)
  const agentDays = createAgentDayQueries(db, settings, clock)
  const returns = createReturnCalls({ store: returnStore, numberOf: service.numberOf, audit, clock, hint })
  const settingsService = createCallSettings({ settings, exchanges, crypto, audit, transact, clock })

  return {
    features: [
      createCtiFeature({ service, exchanges, crypto, clock, rateLimiter }),
      {
        path: '/api/calls',
        router: createCallRoutes({ service, queries, agentDays, returns, returnStore, settings, clock, write }),
        api: callApi,
        jobs: [
          { name: 'call.wrapUp', every: '5 seconds', run: async () => void (await service.sweepWrapUps()) },
          { name: 'call.lost', every: '10 seconds', run: async () => void (await service.sweepLost()) },
        ],
      },
      ofTickets(tickets.service, queries),
      createCallSettingsFeature(settingsService, write),
    ],
    follow: service.follow,
    log: {
      count: (query, actor, most) => queries.countEach(actor, query, most),
      async *each(query, actor) {
        for await (const row of queries.each(actor, query)) yield presentCall(row, NOBODY, service.numberOf)
      },
    },
    follower: {
      async start() {
        await settings.start()
        if (deps.isDemo) await settingsService.seedDemo()
      },
      stop: settings.stop,
    },
  }
}

/** 通话记录 on a ticket: to the hotline, city leaders and the agent who registered it; units have no part in it. */
function ofTickets(service: Pick<TicketFeature['service'], 'load'>, queries: CallQueries): Feature {
  const router = Router()
  router.get('/:id/calls', async (req, res) => {
    const actor = actorOf(req)
    const { _id } = await service.load(req.params.id, actor)
    const isShown = mayKnowCallers(actor) || hasRole(actor, 'cityLeader')
    res.json({ items: isShown ? (await queries.ofTicket(_id)).map(presentTicketCall) : [] })
  })
  return {
    path: '/api/tickets',
    router,
    api: [
      {
        method: 'get',
        path: '/api/tickets/{id}/calls',
        tag: '通话',
        summary: '工单的通话记录：等待、通话、话后秒数，坐席，结果；承办单位不可见',
        response: z.object({ items: z.array(TicketCall) }),
      },
    ],
  }
}
