import { FromMoment, ToMoment } from '@hotline/shared/calendar/momentInput'
import { PageQuery, TOTAL_CAP } from '@hotline/shared/page'
import { Router } from 'express'
import { z } from 'zod'
import type { Feature } from '../../platform/feature'
import { actorOf, assertRole } from '../../platform/http/authenticate'
import type { RouteDoc } from '../../platform/http/openapi'
import { parse } from '../../platform/http/validate'
import type { Db } from '../../platform/mongo'
import { GENESIS, hashOfAudit, type AuditRow } from './auditService'

const Query = PageQuery.extend({
  actorId: z.string().max(64).optional(),
  action: z.string().max(64).optional(),
  target: z.string().max(128).optional(),
  from: FromMoment.optional(),
  to: ToMoment.optional(),
})

const AuditView = z.object({
  seq: z.number(),
  at: z.iso.datetime(),
  actorId: z.string(),
  actorName: z.string(),
  unitId: z.string(),
  action: z.string(),
  target: z.string(),
  reason: z.string().optional(),
  ip: z.string().optional(),
  details: z.record(z.string(), z.unknown()).optional(),
  hash: z.string(),
})

const Verified = z.object({ isIntact: z.boolean(), count: z.number(), brokenAt: z.number().optional() })
type Verified = z.infer<typeof Verified>

const tag = '审计'
const api: RouteDoc[] = [
  {
    method: 'get',
    path: '/api/audit',
    summary: '审计日志，新的在前（系统管理员、热线主任）',
    tag,
    query: Query,
    response: z.object({ items: z.array(AuditView), total: z.number(), isTotalCapped: z.boolean() }),
  },
  { method: 'get', path: '/api/audit/verify', summary: '核对审计日志的散列链', tag, response: Verified },
]

export function createAuditFeature(db: Db): Feature {
  const rows = db.collection<AuditRow>('audit')
  const router = Router()
  router.use((req, _res, next) => {
    assertRole(actorOf(req), 'administrator', 'director')
    next()
  })

  router.get('/', async (req, res) => {
    const { actorId, action, target, from, to, page, pageSize } = parse(Query, req.query)
    const filter = {
      ...(actorId ? { actorId } : {}),
      ...(action ? { action } : {}),
      ...(target ? { target } : {}),
      ...(from || to ? { at: { ...(from ? { $gte: from } : {}), ...(to ? { $lt: to } : {}) } } : {}),
    }
    const [items, total] = await Promise.all([
      rows
        .find(filter)
        .sort({ _id: -1 })
        .skip((page - 1) * pageSize)
        .limit(pageSize)
        .toArray(),
      rows.countDocuments(filter, { limit: TOTAL_CAP + 1 }),
    ])
    res.json({ items: items.map(present), total: Math.min(total, TOTAL_CAP), isTotalCapped: total > TOTAL_CAP })
  })

  router.get('/verify', async (_req, res) => {
    res.json(await verifyChain(db))
  })

  return { path: '/api/audit', router, api }
}

/** Walks the whole chain: a changed, missing or inserted entry breaks it at its number. */
export async function verifyChain(db: Db): Promise<Verified> {
  let prevHash = GENESIS
  let count = 0
  for await (const row of db.collection<AuditRow>('audit').find().sort({ _id: 1 })) {
    const isNext = row._id === count + 1 && row.prevHash === prevHash && row.hash === hashOfAudit(row)
    if (!isNext) return { isIntact: false, count, brokenAt: count + 1 }
    prevHash = row.hash
    count += 1
  }
  return { isIntact: true, count }
}

function present({ _id, at, prevHash: _prevHash, ...row }: AuditRow): z.infer<typeof AuditView> {
  return { seq: _id, at: at.toISOString(), ...row }
}
