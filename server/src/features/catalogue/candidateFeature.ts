import { dayOf } from '@hotline/shared/calendar/day'
import { answerFor, type CandidateAnswer } from '@hotline/shared/catalogue/answer'
import type { Catalogue } from '@hotline/shared/catalogue/createCatalogue'
import { AppError } from '@hotline/shared/error'
import type { Borders, Point } from '@hotline/shared/region/borders'
import type { Regions } from '@hotline/shared/region/region'
import type { UnitTree } from '@hotline/shared/unit/unit'
import { Router } from 'express'
import { z } from 'zod'
import type { Clock } from '../../platform/clock'
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
  lng: z.coerce.number().min(73).max(136).optional(),
  lat: z.coerce.number().min(3).max(54).optional(),
  limit: z.coerce.number().int().min(1).max(20).default(5),
})

export const CandidateView = z.object({
  unitId: z.string(),
  unitName: z.string(),
  score: z.number(),
  reasons: z.array(z.string()),
  ruleId: z.string(),
  catalogueVersion: z.number(),
  regionCode: z.string().optional(),
  coUnitIds: z.array(z.string()),
  copyUnitIds: z.array(z.string()),
  limit: z.object({ unit: z.enum(['workdays', 'hours']), n: z.number() }).optional(),
  isLimitStatutory: z.boolean().optional(),
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
    description:
      'regionCode 不填即“未提及”，按全市；accused 为被诉单位编号，逗号分隔，其及下级不在其列；lng、lat 为事发地坐标，近两县区边界或与所选属地不一致时 asks 为真，question 是要核对的话，另一边的承办单位带 regionCode 一并列出',
    tag: '基础数据',
    query: Query,
    response: z.object({
      items: z.array(CandidateView),
      catalogueVersion: z.number(),
      asks: z.boolean(),
      question: z.string().optional(),
    }),
  },
]

/** Enough for any form; beyond it nobody chooses from a list. */
const ALL = 20

export interface CandidateQuestion {
  matterCode: string
  regionCode: string
  accusedUnitIds: readonly string[]
  confidentiality: 0 | 1 | 2
  location?: Point
}

/** What the catalogue says now, with the masters of this process. */
export type AskCatalogue = (query: CandidateQuestion) => CandidateAnswer

export interface CandidateMasters {
  catalogue: Catalogue
  units: UnitTree
  regions: Regions
  borders: Borders
}

export function askCatalogue({ catalogue, ...masters }: CandidateMasters, clock: Clock): AskCatalogue {
  return (query) => answerFor(catalogue, { ...query, ...masters, day: dayOf(clock.now()) }, ALL)
}

export function createCandidateFeature(ask: AskCatalogue, { catalogue, units, regions }: CandidateMasters): Feature {
  const router = Router()

  router.get('/candidates', (req, res) => {
    const query = parse(Query, req.query)
    const { matterCode, regionCode = regions.cityCode, accused, confidentiality, lng, lat, limit } = query
    if (!catalogue.matters.has(matterCode)) throw wrongField('matterCode', '没有这个事项')
    if (!regions.has(regionCode)) throw wrongField('regionCode', '没有这个区划')
    if ((lng === undefined) !== (lat === undefined)) throw wrongField('lat', '经度和纬度要一起给')
    const location = lng === undefined || lat === undefined ? undefined : { lng, lat }
    const answer = ask({ matterCode, regionCode, accusedUnitIds: accused, confidentiality, location })
    const items = answer.items
      .slice(0, limit)
      .map((candidate) => ({ ...candidate, unitName: units.name(candidate.unitId) }))
    res.json({ ...answer, items, asks: answer.question !== undefined })
  })

  return { path: '/api/catalogue', router, api }
}

function wrongField(path: string, message: string): AppError {
  return new AppError('invalidInput', message, { fields: [{ path, message }] })
}
