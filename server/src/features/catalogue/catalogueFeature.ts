import { dayOf, type Day } from '@hotline/shared/calendar/day'
import { CheckView, CountyBureauView, RuleQuery, RuleView, VersionView } from '@hotline/shared/catalogue/catalogueView'
import { partText, type CatalogueWorld } from '@hotline/shared/catalogue/edit'
import type { CatalogueRule } from '@hotline/shared/catalogue/rule'
import { CatalogueDraft, CatalogueSave } from '@hotline/shared/catalogue/ruleInput'
import { ruleState, searchRules } from '@hotline/shared/catalogue/searchRules'
import { TOTAL_CAP } from '@hotline/shared/page'
import { HOTLINE_ROLES } from '@hotline/shared/user/roles'
import { Router } from 'express'
import { z } from 'zod'
import type { Clock } from '../../platform/clock'
import type { Feature } from '../../platform/feature'
import { actorOf, assertRole } from '../../platform/http/authenticate'
import type { Write } from '../../platform/http/idempotency'
import type { RouteDoc } from '../../platform/http/openapi'
import { parse } from '../../platform/http/validate'
import type { CatalogueService, Checked } from './catalogueService'
import type { LiveCatalogue } from './catalogueStore'
import type { VersionNote } from './versionStore'

const tag = '派单目录'
const Saved = z.object({ version: z.number() })

const api: RouteDoc[] = [
  {
    method: 'get',
    path: '/api/catalogue/rules',
    summary: '派单目录的条目，可看旧版（热线各岗位）',
    tag,
    query: RuleQuery,
    response: z.object({
      version: z.number(),
      newestVersion: z.number(),
      borderMargin: z.number(),
      items: z.array(RuleView),
      total: z.number(),
    }),
  },
  {
    method: 'get',
    path: '/api/catalogue/county-bureaus',
    summary: '各县区都有的部门，供选主办、协办',
    tag,
    response: z.object({ items: z.array(CountyBureauView) }),
  },
  {
    method: 'get',
    path: '/api/catalogue/versions',
    summary: '目录的各版：谁、何时、为什么、改了什么',
    tag,
    response: z.object({ items: z.array(VersionView) }),
  },
  {
    method: 'post',
    path: '/api/catalogue/check',
    summary: '检查一组改动的冲突，数出会改变多少事项×地点（不写入任何数据）',
    tag,
    body: CatalogueDraft,
    response: CheckView,
  },
  {
    method: 'post',
    path: '/api/catalogue/versions',
    summary: '保存为新的一版（热线主任）；base 不是最新版时 staleVersion，有冲突时 ruleViolated',
    tag,
    body: CatalogueSave,
    response: Saved,
    status: 201,
    isWrite: true,
  },
]

const VERSIONS_SHOWN = 200

interface Deps extends Omit<CatalogueWorld, 'matters'> {
  catalogue: LiveCatalogue
  service: CatalogueService
  clock: Clock
  write: Write
}

export function createCatalogueFeature({ catalogue, service, units, regions, clock, write }: Deps): Feature {
  const router = Router()
  const world: CatalogueWorld = { matters: catalogue.matters, units, regions }
  const today = (): Day => dayOf(clock.now())

  router.get('/rules', async (req, res) => {
    assertRole(actorOf(req), ...HOTLINE_ROLES)
    const { version, page, pageSize, ...filter } = parse(RuleQuery, req.query)
    const content = await service.content(version)
    const found = searchRules(content.rules, filter, { ...world, today: today() })
    res.json({
      version: content.version,
      newestVersion: catalogue.version,
      borderMargin: content.borderMargin,
      items: found.slice((page - 1) * pageSize, page * pageSize).map(present),
      total: found.length,
      isTotalCapped: found.length > TOTAL_CAP,
    })
  })

  router.get('/county-bureaus', (req, res) => {
    assertRole(actorOf(req), ...HOTLINE_ROLES)
    const suffixes = new Set(
      units.all().flatMap(({ kind, id }) => (kind === 'countyBureau' ? [id.split('-')[1] ?? ''] : [])),
    )
    const items = [...suffixes].map((suffix) => ({ suffix, text: partText({ kind: 'countyBureau', suffix }, world) }))
    res.json({ items })
  })

  router.get('/versions', async (req, res) => {
    assertRole(actorOf(req), ...HOTLINE_ROLES)
    res.json({ items: (await catalogue.versions.list(VERSIONS_SHOWN)).map(presentVersion) })
  })

  router.post('/check', async (req, res) => {
    assertRole(actorOf(req), 'director')
    const { base, changes } = parse(CatalogueDraft, req.body)
    res.json(presentCheck(await service.check(base, changes)))
  })

  router.post(
    '/versions',
    write(async (req) => {
      const actor = actorOf(req)
      assertRole(actor, 'director')
      const { base, changes, note } = parse(CatalogueSave, req.body)
      return { status: 201, body: { version: await service.save(base, changes, note, actor) } }
    }),
  )

  function present(rule: CatalogueRule): RuleView {
    const { id, matterCode, regionCode, lead, co = [], cityUnitId, limit, isLimitStatutory, complexity } = rule
    const { basis, standard, task, validFrom, validTo, version } = rule
    return {
      ...{ id, matterCode, regionCode, lead, cityUnitId, limit, isLimitStatutory, complexity, basis, standard, task },
      ...{ validFrom, validTo, version },
      matterName: world.matters.fullName(matterCode),
      regionName: regionCode === undefined ? '全市' : regions.fullName(regionCode),
      leadText: partText(lead, world),
      co: [...co],
      coTexts: co.map((part) => partText(part, world)),
      cityUnitName: units.name(cityUnitId),
      state: ruleState(rule, today()),
    }
  }

  function presentCheck({ problems, effect, texts }: Checked): CheckView {
    const answer = ({ unitId, limit, isLimitStatutory }: Checked['effect']['samples'][number]['before']) => ({
      unitName: unitId === undefined ? '没有承办单位' : units.name(unitId),
      ...{ limit, isLimitStatutory },
    })
    return {
      problems,
      effect: {
        ...effect,
        samples: effect.samples.map(({ matterCode, regionCode, day, before, after }) => ({
          matterName: world.matters.name(matterCode),
          regionName: regions.fullName(regionCode),
          day,
          before: answer(before),
          after: answer(after),
        })),
      },
      texts,
    }
  }

  return { path: '/api/catalogue', router, api }
}

export function presentVersion({ version, at, author, note, changes }: VersionNote): VersionView {
  return { version, at: at.toISOString(), authorName: author.name, note, changes }
}
