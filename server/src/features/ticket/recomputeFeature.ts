import { AppError } from '@hotline/shared/error'
import { HOTLINE_ROLES } from '@hotline/shared/user/roles'
import { Router } from 'express'
import type { Feature } from '../../platform/feature'
import { actorOf, assertRole } from '../../platform/http/authenticate'
import { viewOfJob, type Recompute } from './recomputeService'
import type { RecomputeStore } from './recomputeStore'

/** How many of the last ones the page shows. */
const NEWEST = 20
const LOCK_SECONDS = 15

/** 时限重算: its progress, and the job that does it. Begun where profiles and calendars are applied. */
export function createRecomputeFeature(store: RecomputeStore, recompute: Recompute): Feature {
  const router = Router()
  router.use((req, _res, next) => {
    assertRole(actorOf(req), ...HOTLINE_ROLES, 'agent')
    next()
  })
  router.get('/', async (_req, res) => {
    res.json({ items: (await store.newestJobs(NEWEST)).map(viewOfJob) })
  })
  router.get('/:id', async (req, res) => {
    const job = await store.findJob(req.params.id)
    if (!job) throw new AppError('notFound', '没有这次重算')
    res.json(viewOfJob(job))
  })
  const tag = '时限方案'
  return {
    path: '/api/recomputes',
    router,
    api: [
      { method: 'get', path: '/api/recomputes', tag, summary: '最近的时限重算及其进度' },
      { method: 'get', path: '/api/recomputes/{id}', tag, summary: '一次时限重算的进度和结果' },
    ],
    jobs: [
      {
        name: 'ticket.recompute',
        every: '1 second',
        lockSeconds: LOCK_SECONDS,
        run: ({ touch }) => recompute.work(touch),
      },
    ],
  }
}
