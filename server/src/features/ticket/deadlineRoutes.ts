import { limitOfRow } from '@hotline/shared/catalogue/rule'
import { keys, LimitInput } from '@hotline/shared/ticket/commandInputs'
import { assignmentDeadlines, chooseLimit } from '@hotline/shared/ticket/deadlines'
import { COMPLEXITY_LABELS, KIND_LABELS, URGENCY_LABELS } from '@hotline/shared/ticket/labels'
import { Router } from 'express'
import { z } from 'zod'
import type { Feature } from '../../platform/feature'
import { actorOf, assertRole } from '../../platform/http/authenticate'
import { parse } from '../../platform/http/validate'
import type { Clock } from '../../platform/clock'
import { rowFor } from './ticketCatalogue'
import type { Masters, TicketRules } from './ticketRules'

const Preview = z.strictObject({
  kind: keys(KIND_LABELS),
  urgency: keys(URGENCY_LABELS),
  complexity: keys(COMPLEXITY_LABELS).optional(),
  matterCode: z.string().max(12).optional(),
  regionCode: z.string().max(20).optional(),
  leadUnitId: z.string().max(64).optional(),
  isMultiUnit: z.boolean().default(false),
  limit: LimitInput,
})

/** 时限为什么是这一天: the deadlines of a dispatch that has not been made, with their explanation. */
export function createDeadlineFeature(masters: Masters, rules: TicketRules, clock: Clock): Feature {
  const router = Router()
  router.post('/preview', (req, res) => {
    assertRole(actorOf(req), 'dispatcher', 'director', 'agent')
    const { kind, urgency, complexity, matterCode, regionCode, leadUnitId, isMultiUnit, limit } = parse(
      Preview,
      req.body,
    )
    const row =
      matterCode && regionCode && masters.matters.isLeaf(matterCode) && masters.regions.has(regionCode)
        ? rowFor(masters.ask({ matterCode, regionCode, accusedUnitIds: [], confidentiality: 0 }), leadUnitId)
        : undefined
    const manual = limit.kind === 'profile' ? undefined : { unit: limit.kind, n: limit.n }
    const chosen = chooseLimit(
      rules.profile,
      { kind, urgency, complexity: complexity ?? row?.complexity },
      { manual, ...limitOfRow(row) },
    )
    const deadlines = assignmentDeadlines(rules.profile, rules.calendar, {
      dispatchedAt: clock.now(),
      urgency,
      isMultiUnit,
      limit: chosen.limit,
    })
    const { resolve } = deadlines
    res.json({
      ...deadlines,
      resolve: { ...resolve, explain: [...chosen.explain, ...resolve.explain] },
      limit: chosen.limit,
      from: chosen.from,
    })
  })
  return {
    path: '/api/deadlines',
    router,
    api: [{ method: 'post', path: '/api/deadlines/preview', tag: '工单', summary: '时限预览与说明', body: Preview }],
  }
}
