import { RateInput, RATING_STATE_LABELS, RatingMeasureQuery, RatingQuery } from '@hotline/shared/rating/view'
import { RATING_MEASURE_IDS } from '@hotline/shared/stats/ratingMeasures'
import { RATING_CHANNEL_LABELS, RATING_VERDICT_LABELS, STATUS_LABELS } from '@hotline/shared/ticket/labels'
import { keys } from '@hotline/shared/ticket/commandInputs'
import type { UnitTree } from '@hotline/shared/unit/unit'
import { Router } from 'express'
import { z } from 'zod'
import type { Feature } from '../../platform/feature'
import { actorOf } from '../../platform/http/authenticate'
import type { Write } from '../../platform/http/idempotency'
import type { RouteDoc } from '../../platform/http/openapi'
import { parse } from '../../platform/http/validate'
import { presentRating, type RatingQueries } from './ratingQueries'
import type { RatingService } from './ratingService'

const tag = '好差评'
const moment = z.iso.datetime()

const RatingDoc = z.object({
  id: z.string(),
  channel: keys(RATING_CHANNEL_LABELS),
  score: z.int(),
  comment: z.string().optional(),
  unitId: z.string(),
  unitName: z.string(),
  item: z.string().optional(),
  window: z.string().optional(),
  isNamed: z.boolean(),
  isActive: z.boolean(),
  ratedAt: moment,
  ticketId: z.string().optional(),
  state: keys(RATING_STATE_LABELS).optional(),
  rectification: z
    .object({
      ticketId: z.string(),
      no: z.string(),
      status: keys(STATUS_LABELS),
      hasAppeal: z.boolean(),
      verdict: keys(RATING_VERDICT_LABELS).optional(),
      rectifiedAt: moment.optional(),
      calledBackAt: moment.optional(),
      resolveBy: moment.optional(),
      closedAt: moment.optional(),
    })
    .optional(),
})

const MeasureDoc = z.object({
  id: z.enum(RATING_MEASURE_IDS),
  label: z.string(),
  formula: z.string(),
  value: z.number().nullable(),
  unit: z.enum(['条', '%']),
  numerator: z.int().optional(),
  denominator: z.int().optional(),
  target: z.number().optional(),
})

const api: RouteDoc[] = [
  {
    method: 'post',
    path: '/api/ratings',
    tag,
    summary: '录入评价：话务员录电话评价，收文员录本单位窗口评价器、网上、自助终端的评价',
    description: '不满意、非常不满意的自动登记差评整改工单并派给被评价单位。同一外部编号只计一次。',
    body: RateInput,
    response: RatingDoc,
    status: 201,
    isWrite: true,
  },
  {
    method: 'get',
    path: '/api/ratings',
    tag,
    summary: '评价列表，新的在前；单位只见本单位及下级',
    query: RatingQuery,
    response: z.object({ items: z.array(RatingDoc), total: z.int(), isTotalCapped: z.boolean() }),
  },
  {
    method: 'get',
    path: '/api/ratings/measures',
    tag,
    summary: '有效评价、好评、差评、误评和各项率，可按单位或按月分列；各率均由计数重算',
    query: RatingMeasureQuery,
    response: z.object({
      from: moment,
      to: moment,
      unitId: z.string().optional(),
      unitName: z.string().optional(),
      total: z.array(MeasureDoc),
      items: z.array(z.object({ key: z.string(), name: z.string(), measures: z.array(MeasureDoc) })),
    }),
  },
]

export interface RatingFeatureDeps {
  service: RatingService
  queries: RatingQueries
  units: UnitTree
  write: Write
}

export function createRatingFeature({ service, queries, units, write }: RatingFeatureDeps): Feature {
  const router = Router()

  router.post(
    '/',
    write(async (req) => {
      const row = await service.rate(parse(RateInput, req.body), actorOf(req))
      return { status: 201, body: presentRating(row, units) }
    }),
  )

  router.get('/', async (req, res) => {
    res.json(await queries.list(actorOf(req), parse(RatingQuery, req.query)))
  })

  router.get('/measures', async (req, res) => {
    res.json(await queries.measures(actorOf(req), parse(RatingMeasureQuery, req.query)))
  })

  const rectify = {
    name: 'rating.rectify',
    every: '5 seconds',
    lockSeconds: 60,
    run: async ({ touch }: { touch(): Promise<void> }) => void (await service.rectifyWanted(touch)),
  }
  return { path: '/api/ratings', router, api, jobs: [rectify] }
}
