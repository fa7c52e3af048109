import { DutyView, ProblemView, VersionView } from '@hotline/shared/catalogue/catalogueView'
import { DutySave, type DutyRow } from '@hotline/shared/catalogue/duty'
import type { Matters } from '@hotline/shared/catalogue/matter'
import { HOTLINE_ROLES, UNIT_ROLES } from '@hotline/shared/user/roles'
import { Router } from 'express'
import { z } from 'zod'
import type { Feature } from '../../platform/feature'
import { actorOf, assertRole } from '../../platform/http/authenticate'
import type { Write } from '../../platform/http/idempotency'
import type { RouteDoc } from '../../platform/http/openapi'
import { parse } from '../../platform/http/validate'
import { presentVersion } from './catalogueFeature'
import type { CatalogueService, DutyContent } from './catalogueService'
import type { VersionStore } from './versionStore'

const tag = '派单目录'
const Query = z.object({ version: z.coerce.number().int().min(1).optional() })
const Check = DutySave.pick({ rows: true })

const api: RouteDoc[] = [
  {
    method: 'get',
    path: '/api/duties',
    summary: '属地管理事项责任清单，可看旧版（热线各岗位、承办单位）',
    tag,
    query: Query,
    response: DutyView,
  },
  {
    method: 'get',
    path: '/api/duties/versions',
    summary: '清单的各版',
    tag,
    response: z.object({ items: z.array(VersionView) }),
  },
  {
    method: 'post',
    path: '/api/duties/check',
    summary: '检查一份清单（不写入任何数据）',
    tag,
    body: Check,
    response: z.object({ problems: z.array(ProblemView) }),
  },
  {
    method: 'post',
    path: '/api/duties/versions',
    summary: '整份保存为新的一版（热线主任）',
    tag,
    body: DutySave,
    response: z.object({ version: z.number() }),
    status: 201,
    isWrite: true,
  },
]

const VERSIONS_SHOWN = 200

interface Deps {
  duties: VersionStore<DutyContent>
  service: CatalogueService
  matters: Matters
  write: Write
}

export function createDutyFeature({ duties, service, matters, write }: Deps): Feature {
  const router = Router()
  const present = (row: DutyRow) => ({ ...row, matterName: matters.fullName(row.matterCode) })

  router.get('/', async (req, res) => {
    assertRole(actorOf(req), ...HOTLINE_ROLES, ...UNIT_ROLES)
    const { version } = parse(Query, req.query)
    const list = version === undefined ? duties.current() : await duties.find(version)
    const rows = [...list.content.rows].sort((a, b) => a.matterCode.localeCompare(b.matterCode))
    res.json({ version: list.version, rows: rows.map(present) })
  })

  router.get('/versions', async (req, res) => {
    assertRole(actorOf(req), ...HOTLINE_ROLES)
    res.json({ items: (await duties.list(VERSIONS_SHOWN)).map(presentVersion) })
  })

  router.post('/check', (req, res) => {
    assertRole(actorOf(req), 'director')
    res.json({ problems: service.checkDuties(parse(Check, req.body).rows) })
  })

  router.post(
    '/versions',
    write(async (req) => {
      const actor = actorOf(req)
      assertRole(actor, 'director')
      const { base, rows, note } = parse(DutySave, req.body)
      return { status: 201, body: { version: await service.saveDuties(base, rows, note, actor) } }
    }),
  )

  return { path: '/api/duties', router, api }
}
