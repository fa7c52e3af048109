import { randomUUID } from 'node:crypto'
import type { Actor } from '@hotline/shared/actor'
import { dayOf } from '@hotline/shared/calendar/day'
import { AppError } from '@hotline/shared/error'
import { CityNotice, CityNoticeInput, CityNoticeView } from '@hotline/shared/public/cityNotice'
import { Router, type Request } from 'express'
import { z } from 'zod'
import type { Clock } from '../../platform/clock'
import type { Feature } from '../../platform/feature'
import { actorOf, assertRole } from '../../platform/http/authenticate'
import type { Write } from '../../platform/http/idempotency'
import type { RouteDoc } from '../../platform/http/openapi'
import { parse } from '../../platform/http/validate'
import type { CityNoticeRow, CityNoticeStore } from './cityNoticeStore'

const PATH = '/api/city-notices'
const PUBLIC_PATH = '/api/public/notices'
const tag = '公告'
const response = CityNoticeView

const api: RouteDoc[] = [
  {
    method: 'get',
    path: PATH,
    tag,
    summary: '全部公告，新的在前（主任）',
    response: z.object({ items: z.array(response) }),
  },
  {
    method: 'post',
    path: PATH,
    tag,
    summary: '发布公告（主任）',
    body: CityNoticeInput,
    response,
    status: 201,
    isWrite: true,
  },
  { method: 'post', path: `${PATH}/{id}/withdraw`, tag, summary: '撤下公告（主任）', response, isWrite: true },
]
const publicApi: RouteDoc[] = [
  {
    method: 'get',
    path: PUBLIC_PATH,
    tag: '公众',
    summary: '正在显示的公告，新的在前，最多五条',
    response: z.object({ items: z.array(CityNotice) }),
    isPublic: true,
  },
]

export interface CityNoticeDeps {
  store: CityNoticeStore
  clock: Clock
  write: Write
}

/** 公告: the director writes, everybody reads. */
export function createCityNoticeFeatures({ store, clock, write }: CityNoticeDeps): Feature[] {
  const today = () => dayOf(clock.now())
  const forAll = ({ _id: id, title, text, at }: CityNoticeRow): CityNotice => ({
    id,
    title,
    text,
    at: at.toISOString(),
  })
  const forStaff = (row: CityNoticeRow): CityNoticeView => ({
    ...forAll(row),
    until: row.until,
    byName: row.byName,
    state: row.withdrawn ? 'withdrawn' : row.until && row.until < today() ? 'ended' : 'shown',
  })

  const open = Router()
  open.get('/', async (_req, res) => {
    res.setHeader('Cache-Control', 'public, max-age=60').json({ items: (await store.shown(today())).map(forAll) })
  })

  const router = Router()
  router.get('/', async (req, res) => {
    writerOf(req)
    res.json({ items: (await store.list()).map(forStaff) })
  })
  router.post(
    '/',
    write(async (req) => {
      const { name: byName } = writerOf(req)
      const input = parse(CityNoticeInput, req.body)
      if (input.until && input.until < today())
        throw new AppError('invalidInput', '截止日期已经过去', {
          fields: [{ path: 'until', message: '截止日期已经过去' }],
        })
      const row: CityNoticeRow = { _id: randomUUID(), ...input, at: clock.now(), byName }
      await store.add(row)
      return { status: 201, body: forStaff(row) }
    }),
  )
  router.post(
    '/:id/withdraw',
    write(async (req) => {
      const { name: byName } = writerOf(req)
      const row = await store.withdraw(String(req.params.id), { at: clock.now(), byName })
      if (!row) throw new AppError('notFound', '没有这条公告，或已经撤下')
      return { body: forStaff(row) }
    }),
  )
  return [
    { path: PUBLIC_PATH, router: open, api: publicApi, isPublic: true },
    { path: PATH, router, api },
  ]
}

/** @throws AppError forbidden */
function writerOf(req: Request): Actor {
  const actor = actorOf(req)
  assertRole(actor, 'director')
  return actor
}
