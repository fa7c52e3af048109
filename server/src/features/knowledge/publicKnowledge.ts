import { dayOf } from '@hotline/shared/calendar/day'
import { PublicKnowledgeInput } from '@hotline/shared/knowledge/inputs'
import type { Regions } from '@hotline/shared/region/region'
import { Router } from 'express'
import type { Clock } from '../../platform/clock'
import type { Feature } from '../../platform/feature'
import { networkOf, type RateLimiter } from '../../platform/http/rateLimit'
import { parse } from '../../platform/http/validate'
import { publicKnowledgeApi } from './knowledgeApi'
import type { KnowledgeQueries } from './knowledgeQueries'
import { searchKnowledge } from './knowledgeSearch'
import type { KnowledgePresenter } from './knowledgeView'

const PER_ADDRESS = { name: 'knowledge-address', max: 120, windowSeconds: 600 }
const MOST = 10

/** What everybody may read: nobody asks for it by name, and nothing is kept of the asking. */
export function createPublicKnowledge(deps: {
  queries: KnowledgeQueries
  presenter: KnowledgePresenter
  regions: Regions
  rateLimiter: RateLimiter
  clock: Clock
}): Feature {
  const { queries, presenter, regions, rateLimiter, clock } = deps
  const router = Router()
  // What a citizen types belongs into no address, which proxies keep.
  router.post('/search', async (req, res) => {
    const { q } = parse(PublicKnowledgeInput, req.body)
    await rateLimiter.hit(PER_ADDRESS, networkOf(req.ip ?? ''))
    const asked = { q, limit: MOST, isPublic: true }
    const hits = await searchKnowledge(queries, asked, dayOf(clock.now()), regions.isWithin)
    res.json({ items: hits.map(presenter.forCitizens) })
  })
  return { path: '/api/public/knowledge', router, api: publicKnowledgeApi, isPublic: true }
}
