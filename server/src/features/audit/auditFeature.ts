import {
  AUDIT_LABELS,
  AuditQuery,
  AuditVerdict,
  AuditView,
  targetLabel,
  verdictSentence,
} from '@hotline/shared/audit/audit'
import { TOTAL_CAP } from '@hotline/shared/page'
import { Router } from 'express'
import { z } from 'zod'
import type { Feature } from '../../platform/feature'
import { actorOf, assertRole } from '../../platform/http/authenticate'
import type { RouteDoc } from '../../platform/http/openapi'
import { parse } from '../../platform/http/validate'
import { READ_LIMIT, type Db } from '../../platform/mongo'
import type { AuditRow } from './auditChain'
import type { AuditKeeper } from './auditKeeper'

const tag = '审计'
const api: RouteDoc[] = [
  {
    method: 'get',
    path: '/api/audit',
    summary: '审计日志，新的在前（系统管理员、热线主任）',
    tag,
    query: AuditQuery,
    response: z.object({ items: z.array(AuditView), total: z.number(), isTotalCapped: z.boolean() }),
  },
  {
    method: 'get',
    path: '/api/audit/verify',
    summary: '核对审计日志的散列链和日志之外的锚点',
    tag,
    response: AuditVerdict,
  },
]

export interface AuditFeatureDeps {
  db: Db
  keeper: AuditKeeper
  unitName(unitId: string): string
  /** The id of the ticket with this number; a number is never in the log's own columns. */
  ticketIdOf(no: string): Promise<string | undefined>
}

export function createAuditFeature({ db, keeper, unitName, ticketIdOf }: AuditFeatureDeps): Feature {
  const rows = db.collection<AuditRow>('audit')
  const router = Router()
  router.use((req, _res, next) => {
    assertRole(actorOf(req), 'administrator', 'director')
    next()
  })

  router.get('/', async (req, res) => {
    const query = parse(AuditQuery, req.query)
    const filter = await filterOf(query)
    const { page, pageSize } = query
    const [items, total] = await Promise.all([
      rows
        .find(filter as never, READ_LIMIT)
        .sort({ _id: -1 })
        .skip((page - 1) * pageSize)
        .limit(pageSize)
        .toArray(),
      rows.countDocuments(filter as never, { limit: TOTAL_CAP + 1, ...READ_LIMIT }),
    ])
    res.json({ items: items.map(present), total: Math.min(total, TOTAL_CAP), isTotalCapped: total > TOTAL_CAP })
  })

  router.get('/verify', async (_req, res) => {
    const verdict = await keeper.verify()
    res.json({ ...verdict, sentence: verdictSentence(verdict) })
  })

  async function filterOf({ actorId, person, action, target, ticket, from, to }: AuditQuery) {
    const ticketId = ticket && (/^\d{18,20}$/.test(ticket) ? ((await ticketIdOf(ticket)) ?? ticket) : ticket)
    return {
      ...(actorId ? { actorId } : {}),
      ...(person ? { actorName: { $gte: person, $lt: `${person}\uffff` } } : {}),
      ...(action ? { action } : {}),
      ...(ticketId ? { target: `tickets/${ticketId}` } : target ? { target } : {}),
      ...(from || to ? { at: { ...(from ? { $gte: from } : {}), ...(to ? { $lt: to } : {}) } } : {}),
    }
  }

  function present({ _id, at, prevHash: _prevHash, ...row }: AuditRow): AuditView {
    return {
      seq: _id,
      at: at.toISOString(),
      ...row,
      unitName: unitName(row.unitId),
      actionLabel: AUDIT_LABELS[row.action] ?? row.action,
      targetLabel: targetLabel(row.actorId, row.target, row.details),
    }
  }

  return { path: '/api/audit', router, api }
}
