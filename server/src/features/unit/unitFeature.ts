import { AppError } from '@hotline/shared/error'
import { searchUnits } from '@hotline/shared/unit/searchUnits'
import type { Unit, UnitTree } from '@hotline/shared/unit/unit'
import { Router } from 'express'
import { z } from 'zod'
import { CloseUnitInput } from '@hotline/shared/unit/closeInput'
import type { Feature } from '../../platform/feature'
import { actorOf, assertRole } from '../../platform/http/authenticate'
import type { Write } from '../../platform/http/idempotency'
import type { RouteDoc } from '../../platform/http/openapi'
import { parse } from '../../platform/http/validate'
import type { UnitService } from './unitService'

const Query = z.object({
  parent: z.string().max(40).optional(),
  within: z.string().max(40).optional(),
  q: z.string().trim().max(40).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(1000),
})

export const UnitView = z.object({
  id: z.string(),
  name: z.string(),
  shortName: z.string().optional(),
  kind: z.enum(['city', 'hotline', 'hotlineGroup', 'bureau', 'county', 'zone', 'countyBureau', 'town']),
  parentId: z.string().nullable(),
  regionCode: z.string(),
  duties: z.array(z.string()),
  isOpen: z.boolean(),
})
export type UnitView = z.infer<typeof UnitView>

const api: RouteDoc[] = [
  {
    method: 'get',
    path: '/api/units',
    summary: '承办单位：全部（上级在前，按 parentId 成树）、某单位下级、或按名称、职责、拼音首字母查找',
    tag: '基础数据',
    query: Query,
    response: z.object({ items: z.array(UnitView) }),
  },
  { method: 'get', path: '/api/units/{id}', summary: '一个承办单位', tag: '基础数据', response: UnitView },
  {
    method: 'post',
    path: '/api/units/{id}/close',
    summary: '停用单位，在办工单一并移交接手单位（系统管理员、热线主任）',
    tag: '基础数据',
    body: CloseUnitInput,
    response: z.object({ unit: UnitView, handedOver: z.number() }),
    isWrite: true,
  },
  {
    method: 'post',
    path: '/api/units/{id}/open',
    summary: '启用已停用的单位',
    tag: '基础数据',
    response: z.object({ unit: UnitView }),
    isWrite: true,
  },
]

export function createUnitFeature(units: UnitTree, service: UnitService, write: Write): Feature {
  const router = Router()

  router.get('/', (req, res) => {
    const { parent, within, q, limit } = parse(Query, req.query)
    const found = units
      .all()
      .filter((unit) => parent === undefined || unit.parentId === parent)
      .filter((unit) => within === undefined || units.isWithin(unit.id, within))
    const ranked = q ? searchUnits(found, q) : found
    res.json({ items: ranked.slice(0, limit).map(present) })
  })

  router.get('/:id', (req, res) => {
    res.json(shown(req.params.id))
  })

  router.post(
    '/:id/close',
    write(async (req) => {
      const actor = actorOf(req)
      assertRole(actor, 'administrator', 'director')
      const { reason, handOverTo } = parse(CloseUnitInput, req.body)
      const id = String(req.params.id)
      const handedOver = await service.close(id, reason, handOverTo, actor)
      return { body: { unit: shown(id), handedOver } }
    }),
  )

  router.post(
    '/:id/open',
    write(async (req) => {
      const actor = actorOf(req)
      assertRole(actor, 'administrator', 'director')
      const id = String(req.params.id)
      await service.open(id, actor)
      return { body: { unit: shown(id) } }
    }),
  )

  function shown(id: string): UnitView {
    const unit = units.get(id)
    if (!unit) throw new AppError('notFound', '没有这个单位')
    return present(unit)
  }

  return { path: '/api/units', router, api }
}

function present({ id, name, shortName, kind, parentId, regionCode, duties, isOpen }: Unit): UnitView {
  return { id, name, shortName, kind, parentId, regionCode, duties, isOpen }
}
