import { randomUUID } from 'node:crypto'
import type { Actor } from '@hotline/shared/actor'
import { AppError } from '@hotline/shared/error'
import {
  mayEditTemplate,
  mayWriteTemplates,
  MOST_TEMPLATES,
  ownerOf,
  TEMPLATE_SCOPES,
  TemplateEdit,
  TemplateInput,
  TemplateQuery,
  TemplateView,
} from '@hotline/shared/template/template'
import { Router, type Request } from 'express'
import { z } from 'zod'
import type { Clock } from '../../platform/clock'
import type { Feature } from '../../platform/feature'
import { actorOf } from '../../platform/http/authenticate'
import type { Write } from '../../platform/http/idempotency'
import type { RouteDoc } from '../../platform/http/openapi'
import { parse } from '../../platform/http/validate'
import type { TemplateRow, TemplateStore } from './templateStore'

const tag = '常用语'
const PATH = '/api/templates'
const body = TemplateInput
const response = TemplateView

const api: RouteDoc[] = [
  {
    method: 'get',
    path: PATH,
    tag,
    summary: '自己的、本单位的、全市的常用语，用得多的在前',
    query: TemplateQuery,
    response: z.object({ items: z.array(TemplateView) }),
  },
  { method: 'post', path: PATH, tag, summary: '新增常用语', body, response, status: 201, isWrite: true },
  { method: 'patch', path: `${PATH}/{id}`, tag, summary: '修改常用语', body: TemplateEdit, response, isWrite: true },
  { method: 'post', path: `${PATH}/{id}/remove`, tag, summary: '删除常用语', isWrite: true },
  { method: 'post', path: `${PATH}/{id}/use`, tag, summary: '记一次使用，决定排列次序', isWrite: true },
]

export interface TemplateDeps {
  store: TemplateStore
  clock: Clock
  write: Write
}

/** 常用语与模板: of a person, his unit and the city. */
export function createTemplateFeature({ store, clock, write }: TemplateDeps): Feature {
  const router = Router()
  const present = (row: TemplateRow, actor: Actor, myUses = 0): TemplateView => {
    const { _id: id, kind, scope, title, text, uses, updatedAt, updatedByName } = row
    const canEdit = mayEditTemplate(row, actor)
    return {
      ...{ id, kind, scope, title, text, uses, myUses, updatedByName, canEdit },
      updatedAt: updatedAt.toISOString(),
    }
  }
  const ownersOf = (actor: Actor) => [ownerOf('personal', actor), ownerOf('unit', actor), ownerOf('city', actor)]

  async function seen(req: Request): Promise<TemplateRow> {
    const row = await store.find(String(req.params.id))
    if (!row || !ownersOf(actorOf(req)).includes(row.ownerId))
      throw new AppError('notFound', '没有这条常用语，可能已被删除')
    return row
  }
  async function edited(req: Request): Promise<TemplateRow> {
    const row = await seen(req)
    if (!mayEditTemplate(row, actorOf(req)))
      throw new AppError('forbidden', `您不能修改${TEMPLATE_SCOPES[row.scope]}的常用语，可以另存为个人的`)
    return row
  }

  router.get('/', async (req, res) => {
    const actor = actorOf(req)
    const { kind } = parse(TemplateQuery, req.query)
    const [rows, uses] = await Promise.all([store.list(ownersOf(actor), kind), store.usesBy(actor.userId)])
    const items = rows
      .map((row) => present(row, actor, uses.get(row._id)))
      .sort((a, b) => b.myUses - a.myUses || b.uses - a.uses || a.title.localeCompare(b.title, 'zh-CN'))
    res.json({ items })
  })

  router.post(
    '/',
    write(async (req) => {
      const actor = actorOf(req)
      const { scope, ...input } = parse(TemplateInput, req.body)
      if (!mayWriteTemplates(scope, actor))
        throw new AppError('forbidden', `您的岗位不能新增${TEMPLATE_SCOPES[scope]}的常用语`)
      const ownerId = ownerOf(scope, actor)
      if ((await store.count(ownerId)) >= MOST_TEMPLATES[scope])
        throw new AppError(
          'ruleViolated',
          `${TEMPLATE_SCOPES[scope]}的常用语最多 ${MOST_TEMPLATES[scope]} 条，请先删除不用的`,
        )
      const changed = { updatedAt: clock.now(), updatedByName: actor.name }
      const row: TemplateRow = { _id: randomUUID(), scope, ownerId, ...input, uses: 0, ...changed }
      await store.add(row)
      return { status: 201, body: present(row, actor) }
    }),
  )
  router.patch(
    '/:id',
    write(async (req) => {
      const { _id } = await edited(req)
      const changed = { updatedAt: clock.now(), updatedByName: actorOf(req).name }
      return { body: present(await store.change(_id, { ...parse(TemplateEdit, req.body), ...changed }), actorOf(req)) }
    }),
  )
  router.post(
    '/:id/remove',
    write(async (req) => {
      await store.remove((await edited(req))._id)
      return { body: {} }
    }),
  )
  router.post(
    '/:id/use',
    write(async (req) => {
      await store.noteUse((await seen(req))._id, actorOf(req).userId)
      return { body: {} }
    }),
  )

  return { path: PATH, router, api }
}
