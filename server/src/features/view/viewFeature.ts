import { randomUUID } from 'node:crypto'
import type { Actor } from '@hotline/shared/actor'
import { AppError } from '@hotline/shared/error'
import type { UnitTree } from '@hotline/shared/unit/unit'
import {
  ChangeViewInput,
  KeepShapeInput,
  ListQuery,
  mayShare,
  MOST_VIEWS,
  SavedView,
  SaveViewInput,
  ViewsAnswer,
  type ViewAudience,
} from '@hotline/shared/view/savedView'
import { Router } from 'express'
import type { Clock } from '../../platform/clock'
import type { Feature } from '../../platform/feature'
import { actorOf } from '../../platform/http/authenticate'
import type { Write } from '../../platform/http/idempotency'
import type { RouteDoc } from '../../platform/http/openapi'
import { parse } from '../../platform/http/validate'
import type { ViewRow, ViewStore } from './viewStore'

const tag = '视图'

const api: RouteDoc[] = [
  {
    method: 'get',
    path: '/api/views',
    tag,
    summary: '我的视图和共享给我的视图，以及本人在这个列表上的列与每页行数',
    query: ListQuery,
    response: ViewsAnswer,
  },
  {
    method: 'post',
    path: '/api/views',
    tag,
    summary: '保存视图（条件、列）；负责人可共享给岗位或本单位',
    body: SaveViewInput,
    response: SavedView,
    status: 201,
    isWrite: true,
  },
  {
    method: 'patch',
    path: '/api/views/{id}',
    tag,
    summary: '修改自己的视图',
    body: ChangeViewInput,
    response: SavedView,
    isWrite: true,
  },
  { method: 'post', path: '/api/views/{id}/remove', tag, summary: '删除自己的视图', isWrite: true },
  {
    method: 'post',
    path: '/api/views/shape',
    tag,
    summary: '记住本人在这个列表上的列、每页行数、默认视图和视图顺序',
    body: KeepShapeInput,
    isWrite: true,
  },
]

export interface ViewFeatureDeps {
  store: ViewStore
  units: UnitTree
  clock: Clock
  write: Write
}

/** 视图: a search with its columns under a name. It holds no ticket: whoever opens it sees what he may see. */
export function createViewFeature({ store, units, clock, write }: ViewFeatureDeps): Feature {
  const router = Router()

  router.get('/', async (req, res) => {
    const actor = actorOf(req)
    const { list } = parse(ListQuery, req.query)
    const [rows, shape] = await Promise.all([
      store.seenBy(actor.userId, keysOf(actor, units), list),
      store.shape(actor.userId, list),
    ])
    const place = new Map(shape.order?.map((id, index) => [id, index]))
    const items = rows
      .map((row) => present(row, actor))
      .sort((a, b) => (place.get(a.id) ?? Infinity) - (place.get(b.id) ?? Infinity) || 0)
    res.json({ items, shape })
  })

  router.post(
    '/',
    write(async (req) => {
      const actor = actorOf(req)
      const { audience = NOBODY, ...view } = parse(SaveViewInput, req.body)
      assertMayShare(actor, audience)
      if ((await store.countOf(actor.userId)) >= MOST_VIEWS)
        throw new AppError('ruleViolated', `最多保存 ${MOST_VIEWS} 个视图，请先删除不用的`)
      const { userId: ownerId, name: ownerName, unitId } = actor
      const sharedWith = sharedKeys(audience, unitId)
      const row: ViewRow = {
        _id: randomUUID(),
        ownerId,
        ownerName,
        unitId,
        ...view,
        audience,
        sharedWith,
        at: clock.now(),
      }
      await store.insert(row)
      return { status: 201, body: present(row, actor) }
    }),
  )

  router.post(
    '/shape',
    write(async (req) => {
      const { list, ...shape } = parse(KeepShapeInput, req.body)
      await store.keepShape(actorOf(req).userId, list, shape)
      return { body: {} }
    }),
  )

  router.patch(
    '/:id',
    write(async (req) => {
      const actor = actorOf(req)
      const id = String(req.params.id)
      const change = parse(ChangeViewInput, req.body)
      if (change.audience) assertMayShare(actor, change.audience)
      const shared = change.audience && {
        sharedWith: sharedKeys(change.audience, actor.unitId),
        unitId: actor.unitId,
        ownerName: actor.name,
      }
      if (!(await store.update(id, actor.userId, { ...change, ...shared }))) throw missing()
      const row = await store.find(id)
      if (!row) throw missing()
      return { body: present(row, actor) }
    }),
  )

  router.post(
    '/:id/remove',
    write(async (req) => {
      if (!(await store.remove(String(req.params.id), actorOf(req).userId))) throw missing()
      return { body: {} }
    }),
  )

  return { path: '/api/views', router, api }
}

const NOBODY: ViewAudience = { roles: [], isForUnit: false }

const missing = () => new AppError('notFound', '没有这个视图，或它不是您的')

function assertMayShare(actor: Actor, audience: ViewAudience): void {
  if (!mayShare(actor, audience)) throw new AppError('forbidden', '您的岗位不能这样共享视图')
}

function sharedKeys({ roles, isForUnit }: ViewAudience, unitId: string): string[] {
  return [...roles.map((role) => `role:${role}`), ...(isForUnit ? [`unit:${unitId}`] : [])]
}

/** What is shared with a unit is shared with those under it. */
function keysOf(actor: Actor, units: UnitTree): string[] {
  return [...actor.roles.map((role) => `role:${role}`), ...units.pathOf(actor.unitId).map((unitId) => `unit:${unitId}`)]
}

function present({ _id, name, query, columns, audience, ownerId, ownerName }: ViewRow, actor: Actor): SavedView {
  return { id: _id, name, query, columns, audience, isMine: ownerId === actor.userId, ownerName }
}
