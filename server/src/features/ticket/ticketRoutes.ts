import { AppError } from '@hotline/shared/error'
import { COMMAND_SCHEMAS, type CommandType, isCommandType, Register } from '@hotline/shared/ticket/commands'
import { LIFECYCLE } from '@hotline/shared/ticket/lifecycle'
import { RevealInput, TicketQuery } from '@hotline/shared/ticket/view'
import { Router, type Request } from 'express'
import { z } from 'zod'
import { actorOf } from '../../platform/http/authenticate'
import type { Crypto } from '../../platform/crypto'
import { hashBody, idempotencyKeyOf, type Write } from '../../platform/http/idempotency'
import type { RouteDoc } from '../../platform/http/openapi'
import { parse } from '../../platform/http/validate'
import type { WriteKey } from './ticketDocument'
import type { NoteLookup } from './lookupAudit'
import { numberAsked, type TicketQueries } from './ticketQueries'
import type { ExistingCommand, TicketService } from './ticketService'
import type { TicketPresenter } from './ticketView'

const CallerLookup = z.strictObject({
  number: z
    .string()
    .trim()
    .max(40)
    .regex(/(?:\d\D*){3}/, '号码格式不正确'),
})

const isOfSystem = (type: CommandType) => LIFECYCLE[type].by.every((role) => role === 'system')

export const ticketApi: RouteDoc[] = [
  {
    method: 'post',
    path: '/api/tickets',
    tag: '工单',
    summary: '登记',
    body: Register.omit({ type: true }),
    status: 201,
    isWrite: true,
  },
  { method: 'get', path: '/api/tickets', tag: '工单', summary: '列表与搜索', query: TicketQuery },
  { method: 'get', path: '/api/tickets/desk-counts', tag: '工单', summary: '各页签（队列）数量，最多数到 1000' },
  { method: 'get', path: '/api/tickets/{id}', tag: '工单', summary: '工单及其流转记录（内部标识或工单编号）' },
  ...Object.entries(COMMAND_SCHEMAS)
    .filter(([type]) => type !== 'register' && !isOfSystem(type as CommandType))
    .map(([type, schema]): RouteDoc => ({
      method: 'post',
      path: `/api/tickets/{id}/${type}`,
      tag: '工单',
      summary: LIFECYCLE[type as keyof typeof LIFECYCLE].label,
      body: (schema as z.ZodObject).omit({ type: true }),
      isWrite: true,
    })),
  {
    method: 'post',
    path: '/api/tickets/{id}/reveal',
    tag: '工单',
    summary: '查看联系方式明文（记审计）',
    body: RevealInput,
    isWrite: true,
  },
  { method: 'post', path: '/api/callers/lookup', tag: '工单', summary: '来电号码的历史工单', body: CallerLookup },
]

/** A route does three things: parse, execute, present. */
export interface TicketRouteDeps {
  service: TicketService
  queries: TicketQueries
  presenter: TicketPresenter
  crypto: Crypto
  write: Write
  note: NoteLookup
}

export function createTicketRoutes({ service, queries, presenter, crypto, write, note }: TicketRouteDeps): Router {
  const router = Router()
  /** One key per actor; the body is hashed with its path, so that the same key cannot mean two things. */
  const keyOf = (req: Request): WriteKey => ({
    k: `${actorOf(req).userId}:${idempotencyKeyOf(req)}`,
    h: hashBody(crypto, { path: req.path, body: req.body as unknown }),
  })

  router.post('/', async (req, res) => {
    const command = parse(Register, { ...req.body, type: 'register' })
    const found = await service.register(command, actorOf(req), keyOf(req))
    res.status(201).json(await presenter.one(found, actorOf(req), found.queryCode))
  })

  router.get('/', async (req, res) => {
    const actor = actorOf(req)
    const query = parse(TicketQuery, req.query)
    const { items, ...page } = await queries.list(actor, query)
    const number = numberAsked(query)
    if (number) await note(actor, number, page.total, req.ip)
    res.json({ items: items.map((row) => presenter.row(row, actor)), ...page })
  })

  router.get('/desk-counts', async (req, res) => {
    res.json(await queries.deskCounts(actorOf(req)))
  })

  router.get('/:id', async (req, res) => {
    res.json(await presenter.one(await service.load(req.params.id, actorOf(req)), actorOf(req)))
  })

  router.post(
    '/:id/reveal',
    write(
      async (req) => {
        const { field, reason } = parse(RevealInput, req.body)
        return { body: await service.reveal(String(req.params.id), field, reason, actorOf(req), req.ip) }
      },
      { withoutBody: true },
    ),
  )

  router.post('/:id/:command', async (req, res) => {
    const { id, command: type } = req.params
    if (!isCommandType(type) || type === 'register') throw new AppError('notFound', '没有这个操作')
    // Whatever stands in the body.
    if (isOfSystem(type)) throw new AppError('forbidden', `您的岗位不能${LIFECYCLE[type].label}`)
    // The name comes from the path, written last, so that a body cannot smuggle another.
    const command = parse(COMMAND_SCHEMAS[type], { ...req.body, type }) as ExistingCommand
    const found = await service.execute(id, command, actorOf(req), keyOf(req))
    res.json(await presenter.one(found, actorOf(req)))
  })

  return router
}

export function createCallerRoutes(queries: TicketQueries, presenter: TicketPresenter, note: NoteLookup): Router {
  const router = Router()
  router.post('/lookup', async (req, res) => {
    const actor = actorOf(req)
    const { number } = parse(CallerLookup, req.body)
    const { items, ...counts } = await queries.byCaller(actor, number)
    await note(actor, number, counts.total, req.ip)
    res.json({ items: items.map((row) => presenter.row(row, actor)), ...counts })
  })
  return router
}
