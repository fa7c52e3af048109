import type { Matter, Matters } from '@hotline/shared/catalogue/matter'
import { suggestMatters } from '@hotline/shared/catalogue/suggestMatters'
import { Router } from 'express'
import { z } from 'zod'
import type { Feature } from '../../platform/feature'
import type { RouteDoc } from '../../platform/http/openapi'
import { parse } from '../../platform/http/validate'

export const MatterView = z.object({
  code: z.string(),
  name: z.string(),
  parentCode: z.string().nullable(),
  level: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  keywords: z.array(z.string()),
  weakKeywords: z.array(z.string()),
  initials: z.string(),
})

const SuggestInput = z.strictObject({
  title: z.string().max(200).default(''),
  detail: z.string().max(20_000).default(''),
  limit: z.number().int().min(1).max(20).default(5),
})

const Suggestion = z.object({
  code: z.string(),
  name: z.string(),
  fullName: z.string(),
  score: z.number(),
  hits: z.array(z.string()),
})

const tag = '基础数据'
const api: RouteDoc[] = [
  {
    method: 'get',
    path: '/api/matters',
    summary: '全部事项（三级），带 ETag',
    tag,
    response: z.object({ items: z.array(MatterView) }),
  },
  {
    method: 'post',
    path: '/api/matters/suggest',
    summary: '按标题和内容推荐事项（不写入任何数据）',
    tag,
    body: SuggestInput,
    response: z.object({ items: z.array(Suggestion) }),
  },
]

export function createMatterFeature(matters: Matters): Feature {
  const router = Router()
  const all = { items: matters.all().map(present) }

  router.get('/', (_req, res) => void res.json(all))

  router.post('/suggest', (req, res) => {
    const { title, detail, limit } = parse(SuggestInput, req.body)
    const items = suggestMatters(matters, { title, detail }, limit).map(({ code, score, hits }) => ({
      code,
      name: matters.name(code),
      fullName: matters.fullName(code),
      score,
      hits: [...hits],
    }))
    res.json({ items })
  })

  return { path: '/api/matters', router, api }
}

function present({ code, name, parentCode, level, keywords, weakKeywords, initials }: Matter) {
  return { code, name, parentCode, level, keywords, weakKeywords, initials }
}
