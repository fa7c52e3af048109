import type { Actor } from '@hotline/shared/actor'
import { AttachmentView } from '@hotline/shared/attachment/view'
import { dayOf, endOfDay } from '@hotline/shared/calendar/day'
import { AppError } from '@hotline/shared/error'
import { isAvailable } from '@hotline/shared/ticket/available'
import { CODE_HEADER, PUBLIC_ACT_INPUTS, QueryCode } from '@hotline/shared/public/acts'
import { PublicRegistration, type PublicRegistrationInput } from '@hotline/shared/public/registration'
import { COMMAND_SCHEMAS, Register } from '@hotline/shared/ticket/commands'
import type { Surroundings } from '@hotline/shared/ticket/context'
import type { Ticket } from '@hotline/shared/ticket/ticket'
import { PUBLIC_ACTS, type PublicAct, type PublicProgress } from '@hotline/shared/ticket/view'
import type { UnitTree } from '@hotline/shared/unit/unit'
import { Router, type Request } from 'express'
import { z } from 'zod'
import { isSameSecret, type Crypto } from '../../platform/crypto'
import type { Feature } from '../../platform/feature'
import { hashBody, idempotencyKeyOf } from '../../platform/http/idempotency'
import { networkOf, type RateLimiter } from '../../platform/http/rateLimit'
import { parse } from '../../platform/http/validate'
import type { Attachments } from '../attachment/attachmentFeature'
import { createHider } from '../ticket/hiddenText'
import type { SealedContact } from '../ticket/sealedContact'
import type { TicketRules } from '../ticket/ticketRules'
import type { ExistingCommand, TicketService } from '../ticket/ticketService'
import type { Found, TicketStore } from '../ticket/ticketStore'
import type { GuessLimit, Guesses } from './guessStore'
import { presentMerged, presentProgress } from './progress'
import { createPlacesRoutes, placesApi, type PlacesDeps } from './publicPlaces'

const SUMMARIES: Record<PublicAct, string> = {
  urge: '催一催，一天一次',
  supplement: '补充新情况，转告承办单位',
  supplyInfo: '补充热线要的信息',
  withdraw: '撤回诉求（举报除外）',
  rate: '评价',
}

/** With each of a citizen's own: he shows it in the body. */
const BODIES = Object.fromEntries(
  PUBLIC_ACTS.map((act) => [act, PUBLIC_ACT_INPUTS[act].extend({ code: QueryCode })]),
) as unknown as Record<PublicAct, z.ZodObject>
const Headers = z.object({ [CODE_HEADER]: QueryCode })

export interface PublicDeps extends PlacesDeps {
  service: TicketService
  crypto: Crypto
  store: TicketStore
  contact: SealedContact
  rules: TicketRules
  units: UnitTree
  rateLimiter: RateLimiter
  guesses: Guesses
  attachments: Pick<Attachments, 'receive' | 'holderOf'>
}

const MINUTE = 60
/** Guessing is slowed by ticket and by address, more with each wrong try; right ones cost nothing. */
const PER_TICKET: GuessLimit = {
  name: 'ticket',
  free: 5,
  waitSeconds: [30, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, 60 * MINUTE],
  forgetSeconds: 24 * 60 * MINUTE,
}
/** Whole villages stand behind one address of a mobile network. */
const PER_ADDRESS: GuessLimit = {
  name: 'address',
  free: 60,
  waitSeconds: [MINUTE, 5 * MINUTE, 15 * MINUTE, 60 * MINUTE],
  forgetSeconds: 60 * MINUTE,
}
/** A kiosk or an office stands behind one address; nobody has more than a few matters a day. */
const REGISTER_PER_ADDRESS = { name: 'register-address', max: 30, windowSeconds: 3600 }
const REGISTER_PER_NUMBER = { name: 'register-number', max: 10, windowSeconds: 86_400 }
const UPLOADS_PER_TICKET = { name: 'caller-uploads', max: 20, windowSeconds: 86_400 }
const ACTS_PER_TICKET = { name: 'caller-acts', max: 20, windowSeconds: 86_400 }

/** The caller saw plain words and no version: what happened meanwhile is no reason to send him away. */
const RETRIES = 3

/** Who registers for himself; not yet anybody's ticket. */
const CITIZEN: Actor = { userId: 'public', name: '诉求人', unitId: 'caller', roles: ['caller'] }

/** What a citizen may do without an account: number and query code open his own ticket, and nothing else. */
export function createPublicFeature(deps: PublicDeps): Feature {
  const { service, crypto, store, contact, rules, units, rateLimiter, guesses, attachments } = deps
  const router = Router()
  router.use(createPlacesRoutes(deps))

  router.post('/tickets', async (req, res) => {
    const { uploadPass, ...input } = parse(PublicRegistration, req.body)
    const key = { k: `public:${idempotencyKeyOf(req)}`, h: hashBody(crypto, input) }
    // Who asks again because the answer was lost has it already.
    if (!(await store.findByKey(key.k))) await countRegistration(req, input)
    const citizen = uploadPass ? { ...CITIZEN, draftsOf: attachments.holderOf(uploadPass).userId } : CITIZEN
    const found = await service.register(parse(Register, { ...input, type: 'register' }), citizen, key)
    res.status(201).json({ ...(await present(found)), queryCode: found.queryCode })
  })

  router.get('/tickets/:no', async (req, res) => {
    res.json(await present(await open(req, req.params.no, codeOf(req))))
  })

  router.post('/tickets/:no/attachments', async (req, res) => {
    const found = await open(req, req.params.no, codeOf(req))
    await rateLimiter.hit(UPLOADS_PER_TICKET, found._id)
    res.status(201).json(await attachments.receive(req, callerOf(found), { kind: 'image' }))
  })

  for (const act of PUBLIC_ACTS)
    router.post(`/tickets/:no/${act}`, async (req, res) => {
      const { code, ...said } = parse(BODIES[act], req.body) as { code: string }
      const found = await open(req, String(req.params.no), code)
      const caller = callerOf(found)
      const key = { k: `${caller.userId}:${idempotencyKeyOf(req)}`, h: hashBody(crypto, { act, ...said }) }
      if (!found.keys.some(({ k }) => k === key.k)) await rateLimiter.hit(ACTS_PER_TICKET, found._id)
      res.json(await present(await execute(found, { type: act, ...said }, caller, key)))
    })

  async function execute(
    seen: Found,
    command: { type: PublicAct },
    caller: Actor,
    key: { k: string; h: string },
  ): Promise<Found> {
    let found = seen
    for (let attempt = 1; ; attempt += 1)
      try {
        const whole = parse(COMMAND_SCHEMAS[command.type], { ...command, version: found.t.version }) as ExistingCommand
        return await service.execute(found._id, whole, caller, key)
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'staleVersion' || attempt >= RETRIES) throw error
        found = (await store.find(found._id)) ?? found
      }
  }

  async function countRegistration(req: Request, { caller }: Pick<PublicRegistrationInput, 'caller'>): Promise<void> {
    await rateLimiter.hit(REGISTER_PER_ADDRESS, networkOf(req.ip ?? ''))
    const number = caller.number ?? caller.phone
    if (number) await rateLimiter.hit(REGISTER_PER_NUMBER, contact.hashOf(number))
  }

  /** Whose ticket was merged is told of the main one, by his own number. */
  async function present(found: Found): Promise<PublicProgress> {
    const surroundings = rules.surroundings(callerOf(found))
    // Also in the archive, where it goes with the main one.
    const isMerged = found.t.status === 'merged' || found.t.status === 'archived'
    const mainId = isMerged ? found.t.merger?.mainId : undefined
    const main = mainId ? await store.find(mainId) : undefined
    const mine = { units, now: surroundings.at, ...openTo((main ?? found).t, surroundings, main && TO_MAIN) }
    if (!main) return presentProgress(found, mine)
    const { hide } = createHider(main._id, main.sealed, contact)
    return presentMerged(found, { t: main.t, events: main.events, hide }, mine)
  }

  /** A wrong number and a wrong code are told in the same words, and both count. */
  async function open(req: Request, no: string, code: string): Promise<Found> {
    const atAddress = await guesses.begin(PER_ADDRESS, networkOf(req.ip ?? ''))
    // Whoever has to wait for this ticket did not try.
    const atTicket = await guesses.begin(PER_TICKET, no.slice(0, 20)).catch(async (error: unknown) => {
      await guesses.refund(atAddress)
      throw error
    })
    const found = /^\d{18,20}$/.test(no) ? await store.find(no) : undefined
    if (!found || !isSameSecret(contact.open(found._id, found.sealed).queryCode, code))
      throw new AppError('notFound', '工单编号或查询码不正确')
    await guesses.refund(atAddress)
    await guesses.forget(atTicket)
    return found
  }

  return {
    path: '/api/public',
    router,
    isPublic: true,
    api: [
      ...placesApi,
      {
        method: 'post',
        path: '/api/public/tickets',
        tag: '公众',
        summary: '自己提交诉求，得到编号和查询码',
        body: PublicRegistration,
        status: 201,
        isPublic: true,
        isWrite: true,
      },
      {
        method: 'get',
        path: '/api/public/tickets/{no}',
        tag: '公众',
        summary: '凭工单编号和查询码查询进度',
        headers: Headers,
        isPublic: true,
      },
      {
        method: 'post',
        path: '/api/public/tickets/{no}/attachments',
        tag: '公众',
        summary: '上传一张照片（multipart/form-data），随后由补充新情况引用；一天 20 张',
        headers: Headers,
        response: AttachmentView,
        status: 201,
        isPublic: true,
      },
      ...PUBLIC_ACTS.map((act) => ({
        method: 'post' as const,
        path: `/api/public/tickets/{no}/${act}`,
        tag: '公众',
        summary: SUMMARIES[act],
        body: BODIES[act],
        isPublic: true,
        isWrite: true,
      })),
    ],
  }
}

/** An actor for this one ticket, who has shown number and code. */
function callerOf({ _id }: { _id: string }): Actor {
  return { userId: `caller:${_id}`, name: '诉求人', unitId: 'caller', roles: ['caller'], ticketId: _id }
}

/** @throws AppError invalidInput */
function codeOf(req: Request): string {
  return parse(z.object({ code: QueryCode }), { code: req.get(CODE_HEADER) ?? '' }).code
}

/** What the caller of a merged ticket says reaches the main one. */
const TO_MAIN: readonly PublicAct[] = ['urge', 'supplement']

/** What he may do now; and when he may urge again, if all that is in the way is that he did so today. */
function openTo(
  ticket: Ticket,
  surroundings: Surroundings,
  acts: readonly PublicAct[] = PUBLIC_ACTS,
): { can: PublicAct[]; nextUrgeAt?: Date } {
  const can = acts.filter((act) => isAvailable(ticket, act, surroundings))
  const tomorrow = endOfDay(dayOf(surroundings.at))
  const isTomorrow = !can.includes('urge') && isAvailable(ticket, 'urge', { ...surroundings, at: tomorrow })
  return { can, nextUrgeAt: isTomorrow ? tomorrow : undefined }
}
