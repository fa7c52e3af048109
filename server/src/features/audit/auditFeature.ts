import { AUDIT_READERS, AuditQuery, AuditVerdict, AuditView, verdictSentence } from '@hotline/shared/audit/audit'
import { Router } from 'express'
import { z } from 'zod'
import type { Feature } from '../../platform/feature'
import { actorOf, assertRole } from '../../platform/http/authenticate'
import type { RouteDoc } from '../../platform/http/openapi'
import { parse } from '../../platform/http/validate'
import type { AuditKeeper } from './auditKeeper'
import type { AuditQueries } from './auditQueries'

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
  queries: AuditQueries
  keeper: AuditKeeper
}

export function createAuditFeature({ queries, keeper }: AuditFeatureDeps): Feature {
  const router = Router()
  router.use((req, _res, next) => {
    assertRole(actorOf(req), ...AUDIT_READERS)
    next()
  })

  router.get('/', async (req, res) => {
    res.json(await queries.list(parse(AuditQuery, req.query)))
  })

  router.get('/verify', async (_req, res) => {
    const verdict = await keeper.verify()
    res.json({ ...verdict, sentence: verdictSentence(verdict) })
  })

  return { path: '/api/audit', router, api }
}
