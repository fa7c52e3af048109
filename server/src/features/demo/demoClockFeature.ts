import { AppError } from '@hotline/shared/error'
import { Router } from 'express'
import { z } from 'zod'
import type { Feature } from '../../platform/feature'
import { actorOf, assertRole } from '../../platform/http/authenticate'
import type { Write } from '../../platform/http/idempotency'
import { parse } from '../../platform/http/validate'
import type { Audit } from '../audit/auditService'
import type { DemoClock } from './demoClock'

const MOST_SECONDS = 366 * 24 * 3600

const AdvanceInput = z.strictObject({
  advanceSeconds: z.number().int().min(1, '时钟只能往前拨').max(MOST_SECONDS, '一次最多拨快 366 天'),
})

const DemoClockView = z.object({ now: z.iso.datetime(), offsetSeconds: z.number() })

const PATH = '/api/demo/clock'

/** The clock of a drill, told to everybody and moved by director or supervisor. Where it is fixed to the real time: 404. */
export function createDemoClockFeatures(clock: DemoClock | undefined, audit: Audit, write: Write): Feature[] {
  const known = (): DemoClock => {
    if (!clock) throw new AppError('notFound', '这里的时钟不能拨动：只有以 DRILL_CLOCK=1 启动的演示系统可以')
    return clock
  }
  const view = (): z.infer<typeof DemoClockView> => ({
    now: known().now().toISOString(),
    offsetSeconds: known().offsetSeconds(),
  })

  const told = Router()
  told.get('/', (_req, res) => void res.json(view()))

  const moved = Router()
  moved.post(
    '/',
    write(async (req) => {
      const actor = actorOf(req)
      assertRole(actor, 'director', 'supervisor')
      const { advanceSeconds } = parse(AdvanceInput, req.body)
      const { offsetSeconds } = view()
      await audit.append({
        actor,
        action: 'demo.clockAdvanced',
        target: 'demo/clock',
        ip: req.ip,
        details: { offsetSeconds, advanceSeconds },
      })
      await known().advance(advanceSeconds)
      return { body: view() }
    }),
  )

  return [
    {
      path: PATH,
      router: told,
      isPublic: true,
      api: [
        {
          method: 'get',
          path: PATH,
          tag: '演练',
          summary: '演练时钟：现在几点，比真实时间快多少；时钟不能拨动时为 404',
          response: DemoClockView,
          isPublic: true,
        },
      ],
    },
    {
      path: PATH,
      router: moved,
      api: [
        {
          method: 'post',
          path: PATH,
          tag: '演练',
          summary: '把演练时钟往前拨（督办员、热线主任；所有进程一起；不能往回）',
          body: AdvanceInput,
          response: DemoClockView,
          isWrite: true,
        },
      ],
    },
  ]
}
