import { AppError } from '@hotline/shared/error'
import type { Region, Regions } from '@hotline/shared/region/region'
import { Router } from 'express'
import { z } from 'zod'
import type { Feature } from '../../platform/feature'
import type { RouteDoc } from '../../platform/http/openapi'
import { parse } from '../../platform/http/validate'

const Query = z.object({
  parent: z.string().max(12).optional(),
  q: z.string().trim().max(40).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(20),
})

export const RegionView = z.object({
  code: z.string(),
  name: z.string(),
  fullName: z.string(),
  level: z.enum(['city', 'county', 'zone', 'town', 'village']),
  hasChildren: z.boolean(),
})

const api: RouteDoc[] = [
  {
    method: 'get',
    path: '/api/regions',
    summary: '区划：某地的下级，或按名称、拼音首字母查找',
    description: '不带参数返回城市本身；parent 返回下级；q 查找（最多 limit 个）',
    tag: '基础数据',
    query: Query,
    response: z.object({ items: z.array(RegionView) }),
  },
  {
    method: 'get',
    path: '/api/regions/{code}',
    summary: '一处区划',
    tag: '基础数据',
    response: RegionView.extend({ path: z.array(z.string()) }),
  },
]

export function createRegionFeature(regions: Regions): Feature {
  const router = Router()

  router.get('/', (req, res) => {
    const { parent, q, limit } = parse(Query, req.query)
    if (q) res.json({ items: regions.search(q, limit).map(present) })
    else if (parent) res.json({ items: regions.children(known(parent).code).map(present) })
    else res.json({ items: [present(known(regions.cityCode))] })
  })

  router.get('/:code', (req, res) => {
    const region = known(req.params.code)
    res.json({ ...present(region), path: regions.pathOf(region.code) })
  })

  function known(code: string): Region {
    const region = regions.get(code)
    if (!region) throw new AppError('notFound', '没有这个区划')
    return region
  }

  function present({ code, name, level }: Region): z.infer<typeof RegionView> {
    const hasChildren = level !== 'village' && regions.children(code).length > 0
    return { code, name, fullName: regions.fullName(code), level, hasChildren }
  }

  return { path: '/api/regions', router, api }
}
