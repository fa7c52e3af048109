import { ProfileRef } from '@hotline/shared/limits/profileInput'
import { ApplyProfileInput, DiffQuery, PreviewProfileInput, SaveProfileInput } from '@hotline/shared/limits/view'
import { HOTLINE_ROLES } from '@hotline/shared/user/roles'
import { Router } from 'express'
import { z } from 'zod'
import type { Feature } from '../../platform/feature'
import { actorOf, assertRole } from '../../platform/http/authenticate'
import type { Write } from '../../platform/http/idempotency'
import type { RouteDoc } from '../../platform/http/openapi'
import { parse } from '../../platform/http/validate'
import type { LimitService } from './limitService'

const tag = '时限方案'
const ReadQuery = z.strictObject({ version: z.coerce.number().int().min(1).optional() })
const Id = ProfileRef.shape.id

const api: RouteDoc[] = [
  { method: 'get', path: '/api/limits', tag, summary: '各时限方案及其版本，本市现行的是哪一个' },
  { method: 'get', path: '/api/limits/{id}', tag, summary: '一个方案的内容（不写版本即最新版）', query: ReadQuery },
  { method: 'get', path: '/api/limits/{id}/diff', tag, summary: '两个版本的差别', query: DiffQuery },
  {
    method: 'post',
    path: '/api/limits/{id}/versions',
    tag,
    summary: '存为新的一版（热线主任）；旧版不变',
    body: SaveProfileInput,
    status: 201,
    isWrite: true,
  },
  {
    method: 'post',
    path: '/api/limits/preview',
    tag,
    summary: '改用这个方案，在办工单会怎样（不改动任何工单）',
    body: PreviewProfileInput,
    isWrite: true,
  },
  {
    method: 'post',
    path: '/api/limits/apply',
    tag,
    summary: '设为本市方案（热线主任）；可连同在办工单在后台重算',
    body: ApplyProfileInput,
    isWrite: true,
  },
]

export function createLimitFeature(service: LimitService, write: Write): Feature {
  const router = Router()
  router.use((req, _res, next) => {
    assertRole(actorOf(req), ...HOTLINE_ROLES, 'agent')
    next()
  })

  router.get('/', async (_req, res) => {
    res.json(await service.list())
  })
  router.post(
    '/preview',
    write(async (req) => {
      assertRole(actorOf(req), 'director')
      return { body: await service.preview(parse(PreviewProfileInput, req.body)) }
    }),
  )
  router.post(
    '/apply',
    write(async (req) => {
      const actor = actorOf(req)
      assertRole(actor, 'director')
      return { body: await service.apply(parse(ApplyProfileInput, req.body), actor, req.ip) }
    }),
  )
  router.get('/:id', async (req, res) => {
    res.json(await service.read(parse(Id, req.params.id), parse(ReadQuery, req.query).version))
  })
  router.get('/:id/diff', async (req, res) => {
    const { from, to } = parse(DiffQuery, req.query)
    res.json({ changes: await service.diff(parse(Id, req.params.id), from, to) })
  })
  router.post(
    '/:id/versions',
    write(async (req) => {
      const actor = actorOf(req)
      assertRole(actor, 'director')
      const id = parse(Id, req.params.id)
      return { status: 201, body: await service.save(id, parse(SaveProfileInput, req.body), actor, req.ip) }
    }),
  )
  return { path: '/api/limits', router, api }
}
