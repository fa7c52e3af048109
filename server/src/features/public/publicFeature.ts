import type { Actor } from '@hotline/shared/actor'
import { AppError } from '@hotline/shared/error'
import { isAvailable } from '@hotline/shared/ticket/available'
import type { UnitTree } from '@hotline/shared/unit/unit'
import { Router, type Request } from 'express'
import { z } from 'zod'
import { isSameSecret, type Crypto } from '../../platform/crypto'
import type { Feature } from '../../platform/feature'
import { hashBody, idempotencyKeyOf } from '../../platform/http/idempotency'
import { networkOf, type RateLimiter } from '../../platform/http/rateLimit'
import { parse } from '../../platform/http/validate'
import type { SealedContact } from '../ticket/sealedContact'
import type { TicketRules } from '../ticket/ticketRules'
import type { TicketService } from '../ticket/ticketService'
import type { Found, TicketStore } from '../ticket/ticketStore'
import { presentProgress } from './progress'

const code = z.string().trim().toUpperCase().length(6, '查询码为 6 位')
const Query = z.object({ code })
const Urge = z.strictObject({ code, note: z.string().trim().max(500).optional() })

export interface PublicDeps {
  service: TicketService
  crypto: Crypto
  store: TicketStore
  contact: SealedContact
  rules: TicketRules
  units: UnitTree
  rateLimiter: RateLimiter
}

/** Guessing is slowed by ticket and by address, over all processes; right codes cost nothing. */
const PER_TICKET = { name: 'progress-ticket', max: 10, windowSeconds: 3600 }
const PER_ADDRESS = { name: 'progress-address', max: 60, windowSeconds: 3600 }

/** What a citizen may do without an account: number and query code open his own ticket, and nothing else. */
export function createPublicFeature({
  service,
  crypto,
  store,
  contact,
  rules,
  units,
  rateLimiter,
}: PublicDeps): Feature {
  const router = Router()

  router.get('/tickets/:no', async (req, res) => {
    const { code } = parse(Query, req.query)
    const found = await open(req, req.params.no, code)
    const caller = callerOf(found)
    const canUrge = isAvailable(found.t, 'urge', rules.surroundings(caller))
    res.json(presentProgress(found.t, found.events, units, canUrge))
  })

  router.post('/tickets/:no/urge', async (req, res) => {
    const { code, note } = parse(Urge, req.body)
    const found = await open(req, req.params.no, code)
    const caller = callerOf(found)
    const command = { type: 'urge', version: found.t.version, note } as const
    const key = { k: `${caller.userId}:${idempotencyKeyOf(req)}`, h: hashBody(crypto, { code, note }) }
    const { t, events } = await service.execute(found._id, command, caller, key)
    res.json(presentProgress(t, events, units, false))
  })

  /**
   * A wrong number and a wrong code are told in the same words, and both count. Each try is counted before it is looked
   * at: many at once would else all find the window open.
   */
  async function open(req: Request, no: string, code: string): Promise<Found> {
    const tries = [[PER_ADDRESS, networkOf(req.ip ?? '')] as const, [PER_TICKET, no.slice(0, 20)] as const]
    for (const [limit, key] of tries) await rateLimiter.hit(limit, key)
    const found = /^\d{18,20}$/.test(no) ? await store.find(no) : undefined
    if (!found || !isSameSecret(contact.open(found._id, found.sealed).queryCode, code))
      throw new AppError('notFound', '工单编号或查询码不正确')
    for (const [limit, key] of tries) await rateLimiter.refund(limit, key)
    return found
  }

  return {
    path: '/api/public',
    router,
    isPublic: true,
    api: [
      {
        method: 'get',
        path: '/api/public/tickets/{no}',
        tag: '公众',
        summary: '凭工单编号和查询码查询进度',
        query: Query,
        isPublic: true,
      },
      {
        method: 'post',
        path: '/api/public/tickets/{no}/urge',
        tag: '公众',
        summary: '催一催，一天一次',
        body: Urge,
        isPublic: true,
        isWrite: true,
      },
    ],
  }
}

/** An actor for this one ticket, who has shown number and code. */
function callerOf({ _id }: Found): Actor {
  return { userId: `caller:${_id}`, name: '诉求人', unitId: 'caller', roles: ['caller'], ticketId: _id }
}
