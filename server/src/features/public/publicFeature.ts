import type { Actor } from '@hotline/shared/actor'
import { PublicAttachments } from '@hotline/shared/attachment/publicUpload'
import { AttachmentView } from '@hotline/shared/attachment/view'
import { AppError } from '@hotline/shared/error'
import { isAvailable } from '@hotline/shared/ticket/available'
import { CallerInput, content } from '@hotline/shared/ticket/commandInputs'
import { COMMAND_SCHEMAS, Register } from '@hotline/shared/ticket/commands'
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
import { presentMerged, presentProgress } from './progress'

const code = z.string().trim().toUpperCase().length(6, '查询码为 6 位')
const Query = z.object({ code })
const { supplement, supplyInfo, withdraw, rate } = COMMAND_SCHEMAS

/** What a citizen may say to each of his commands: never a version, nor what is the hotline's to decide. */
const BODIES: Record<PublicAct, z.ZodObject> = {
  urge: z.strictObject({ code, note: z.string().trim().max(500).optional() }),
  supplement: z.strictObject({ code, text: supplement.shape.text, attachmentIds: supplement.shape.attachmentIds }),
  supplyInfo: z.strictObject({
    code,
    facts: supplyInfo.shape.facts,
    address: supplyInfo.shape.address,
    location: supplyInfo.shape.location,
  }),
  withdraw: z.strictObject({ code, reason: withdraw.shape.reason }),
  rate: z.strictObject({
    code,
    channel: z.enum(['web', 'kiosk']).default('web'),
    score: rate.shape.score,
    comment: rate.shape.comment,
    isNamed: rate.shape.isNamed,
  }),
}
const SUMMARIES: Record<PublicAct, string> = {
  urge: '催一催，一天一次',
  supplement: '补充新情况，转告承办单位',
  supplyInfo: '补充热线要的信息',
  withdraw: '撤回诉求（举报除外）',
  rate: '评价',
}

const PublicRegistration = z.strictObject({
  channel: z.enum(['website', 'wechat', 'app', 'kiosk']).default('website'),
  caller: CallerInput,
  kind: content.kind.exclude(['rating']),
  regionCode: content.regionCode,
  address: content.address,
  location: content.location,
  occurredAt: content.occurredAt,
  title: content.title,
  detail: content.detail,
  needsReply: content.needsReply,
  needsCallback: content.needsCallback,
  isPublicAllowed: content.isPublicAllowed,
  ...PublicAttachments,
})

export interface PublicDeps {
  service: TicketService
  crypto: Crypto
  store: TicketStore
  contact: SealedContact
  rules: TicketRules
  units: UnitTree
  rateLimiter: RateLimiter
  attachments: Pick<Attachments, 'receive' | 'holderOf'>
}

/** Guessing is slowed by ticket and by address, over all processes; right codes cost nothing. */
const PER_TICKET = { name: 'progress-ticket', max: 10, windowSeconds: 3600 }
const PER_ADDRESS = { name: 'progress-address', max: 60, windowSeconds: 3600 }
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
  const { service, crypto, store, contact, rules, units, rateLimiter, attachments } = deps
  const router = Router()

  router.post('/tickets', async (req, res) => {
    const { uploadPass, ...input } = parse(PublicRegistration, req.body)
    const key = { k: `public:${idempotencyKeyOf(req)}`, h: hashBody(crypto, input) }
    await rateLimiter.hit(REGISTER_PER_ADDRESS, networkOf(req.ip ?? ''))
    const { number = input.caller.phone } = input.caller
    if (number) await rateLimiter.hit(REGISTER_PER_NUMBER, contact.hashOf(number))
    const citizen = uploadPass ? { ...CITIZEN, draftsOf: attachments.holderOf(uploadPass).userId } : CITIZEN
    const found = await service.register(parse(Register, { ...input, type: 'register' }), citizen, key)
    res.status(201).json({ ...(await present(found)), queryCode: found.queryCode })
  })

  router.get('/tickets/:no', async (req, res) => {
    const { code } = parse(Query, req.query)
    res.json(await present(await open(req, req.params.no, code)))
  })

  router.post('/tickets/:no/attachments', async (req, res) => {
    const { code } = parse(Query, req.query)
    const found = await open(req, req.params.no, code)
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

  /** Whose ticket was merged is told of the main one, by his own number. */
  async function present(found: Found): Promise<PublicProgress> {
    const surroundings = rules.surroundings(callerOf(found))
    // Also in the archive, where it goes with the main one.
    const isMerged = found.t.status === 'merged' || found.t.status === 'archived'
    const mainId = isMerged ? found.t.merger?.mainId : undefined
    const main = mainId ? await store.find(mainId) : undefined
    if (!main)
      return presentProgress(
        found,
        units,
        PUBLIC_ACTS.filter((act) => isAvailable(found.t, act, surroundings)),
      )
    const can = (['urge', 'supplement'] as const).filter((act) => isAvailable(main.t, act, surroundings))
    const { hide } = createHider(main._id, main.sealed, contact)
    return presentMerged(found, { t: main.t, events: main.events, hide }, units, can)
  }

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
        query: Query,
        isPublic: true,
      },
      {
        method: 'post',
        path: '/api/public/tickets/{no}/attachments',
        tag: '公众',
        summary: '上传一张照片（multipart/form-data），随后由补充新情况引用；一天 20 张',
        query: Query,
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
