import { candidates, type Candidate } from '@hotline/shared/catalogue/candidates'
import type { Catalogue } from '@hotline/shared/catalogue/createCatalogue'
import { AppError } from '@hotline/shared/error'
import type { Regions } from '@hotline/shared/region/region'
import type { UnitTree } from '@hotline/shared/unit/unit'
import { Router } from 'express'
import { z } from 'zod'
import type { Feature } from '../../platform/feature'
import type { RouteDoc } from '../../platform/http/openapi'
import { parse } from '../../platform/http/validate'

const Query = z.object({
  matterCode: z.string().max(6),
  regionCode: z.string().max(12).optional(),
  /** Unit ids, separated by commas. */
  accused: z
    .string()
    .max(2000)
    .default('')
    .transform((text) => text.split(',').filter((id) => id !== '')),
  confidentiality: z
    .enum(['0', '1', '2'])
    .default('0')
    .transform((text) => Number(text) as 0 | 1 | 2),
  limit: z.coerce.number().int().min(1).max(20).default(5),
})

export const CandidateView = z.object({
  unitId: z.string(),
  unitName: z.string(),
  score: z.number(),
  reasons: z.array(z.string()),
  ruleId: z.string(),
  coUnitIds: z.array(z.string()),
  copyUnitIds: z.array(z.string()),
  limit: z.object({ unit: z.enum(['workdays', 'hours']), n: z.number() }).optional(),
  complexity: z.enum(['simple', 'general', 'complex', 'difficult']).optional(),
  basis: z.string(),
  task: z.string(),
  standard: z.string(),
})

const api: RouteDoc[] = [
  {
    method: 'get',
    path: '/api/catalogue/candidates',
    summary: '派单目录推荐的承办单位，由优到次，各有理由，附四明确预填',
    description: 'regionCode 不填即“未提及”，按全市；accused 为被诉单位编号，逗号分隔，其及下级不在其列',
    tag: '基础数据',
    query: Query,
    response: z.object({ items: z.array(CandidateView) }),
  },
]

/** Enough for any form; beyond it nobody chooses from a list. */
const ALL = 20

/** What the catalogue says, with the masters of this process. */
export type AskCatalogue = (query: {
  matterCode: string
  regionCode: string
  accusedUnitIds: readonly string[]
  confidentiality: 0 | 1 | 2
}) => Candidate[]

export function askCatalogue(catalogue: Catalogue, units: UnitTree, regions: Regions): AskCatalogue {
  return (query) => candidates(catalogue, { ...query, units, regions }, ALL)
}

export function createCandidateFeature(
  ask: AskCatalogue,
  catalogue: Catalogue,
  units: UnitTree,
  regions: Regions,
): Feature {
  const router = Router()

  router.get('/candidates', (req, res) => {
    const { matterCode, regionCode = regions.cityCode, accused, confidentiality, limit } = parse(Query, req.query)
    if (!catalogue.matters.has(matterCode)) throw wrongField('matterCode', '没有这个事项')
    if (!regions.has(regionCode)) throw wrongField('regionCode', '没有这个区划')
    const found = ask({ matterCode, regionCode, accusedUnitIds: accused, confidentiality })
    const items = found.slice(0, limit).map((candidate) => ({ ...candidate, unitName: units.name(candidate.unitId) }))
    res.json({ items })
  })

  return { path: '/api/catalogue', router, api }
}

function wrongField(path: string, message: string): AppError {
  return new AppError('invalidInput', message, { fields: [{ path, message }] })
}
