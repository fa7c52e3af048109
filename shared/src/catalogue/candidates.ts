import type { Day } from '../calendar/day'
import type { Regions } from '../region/region'
import type { UnitTree } from '../unit/unit'
import type { Catalogue } from './createCatalogue'
import { ladderOf, placeOf, raised, unitIdOf, type Rung } from './ladder'
import type { CatalogueLimit, CatalogueRule, Complexity } from './rule'

/** Somebody to dispatch to, with the reason, and with 四明确 ready to be put into the form. */
export interface Candidate {
  unitId: string
  /** 0–1, the first has the highest. */
  score: number
  /** Chinese, for the screen: 目录:夜间施工噪音×滨城区 */
  reasons: string[]
  ruleId: string
  catalogueVersion: number
  /** Another county than the chosen one, to which the place may belong; the choice is a person's. */
  regionCode?: string
  coUnitIds: string[]
  copyUnitIds: string[]
  limit?: CatalogueLimit
  isLimitStatutory?: boolean
  complexity?: Complexity
  basis: string
  task: string
  standard: string
}

export interface CandidateQuery {
  matterCode: string
  /** The city's code when the caller named no place (未提及). */
  regionCode: string
  accusedUnitIds: readonly string[]
  /** 0 公开, 1 匿名办理, 2 举报保密 */
  confidentiality: 0 | 1 | 2
  units: UnitTree
  regions: Regions
  /** On which the rows must hold. */
  day: Day
}

export const FALLBACK_RULE = 'fallback'
const LEAST = 0.05

/** The professional superior of a county's bureau first, for its county may be near to it; then the superior by rank. */
function superiorsOf(unitId: string, { units, regions }: CandidateQuery): string[] {
  const unit = units.get(unitId)
  if (!unit) return []
  const parent = unit.parentId === null ? [] : [unit.parentId]
  if (unit.kind !== 'countyBureau') return parent
  return [`${regions.cityCode}-${unitId.split('-')[1] ?? ''}`, ...parent]
}

function isAccused(unitId: string, { accusedUnitIds, units }: CandidateQuery): boolean {
  return accusedUnitIds.some((accused) => units.isWithin(unitId, accused))
}

/** Puts the superiors in the place of an accused unit, as far up as it takes. */
function withoutAccused(rungs: Rung[], query: CandidateQuery): Rung[] {
  return rungs.flatMap((rung): Rung[] => {
    if (!isAccused(rung.unitId, query)) return [rung]
    const reason = `回避：${query.units.name(rung.unitId)}被反映，由上级承办`
    const above = superiorsOf(rung.unitId, query).map((unitId, at) => ({
      unitId,
      score: Math.max(rung.score - 0.05 * (at + 1), LEAST),
      reason,
    }))
    return withoutAccused(above, query)
  })
}

/** A closed or missing unit gives its place to the next; the reason is said there. */
function openOnly(rungs: Rung[], { units }: CandidateQuery): { rung: Rung; note?: string }[] {
  const open = rungs.filter((rung) => units.isOpen(rung.unitId))
  const first = rungs[0]
  const closed = first && !units.isOpen(first.unitId) && units.has(first.unitId) ? first.unitId : undefined
  return open.map((rung, at) => ({
    rung,
    note: at === 0 && closed !== undefined ? `${units.name(closed)}已停用` : undefined,
  }))
}

function best<T extends { rung: Rung }>(found: T[]): T[] {
  const sorted = [...found].sort((a, b) => b.rung.score - a.rung.score)
  return sorted.filter((each, at) => sorted.findIndex((other) => other.rung.unitId === each.rung.unitId) === at)
}

/** Why this row: matter × place, then where the row comes from and which zone took over. */
function catalogueReasons(catalogue: Catalogue, rule: CatalogueRule, query: CandidateQuery): string[] {
  const { matterCode, regionCode, regions } = query
  const { jurisdiction, town } = placeOf(query)
  const { matters } = catalogue
  const where = jurisdiction === undefined ? '全市' : regions.name(jurisdiction)
  if (rule.id === FALLBACK_RULE) return [`目录没有“${matters.name(matterCode)}”在${where}的条目，由属地兜底协调`]
  const reasons = [`目录：${matters.name(matterCode)}×${where}`]
  if (rule.matterCode !== matterCode) reasons.push(`按上级事项“${matters.name(rule.matterCode)}”的目录`)
  if (town !== undefined && regions.zoneOf(regionCode)) reasons.push(`${regions.name(town)}由${where}管辖，功能区优先`)
  return reasons
}

/** What no row speaks of goes to the county, and to the city when no place is known (D3). */
function fallbackFor({ matterCode, regions }: CandidateQuery, version: number): CatalogueRule {
  return {
    id: FALLBACK_RULE,
    matterCode,
    lead: { kind: 'county' },
    cityUnitId: regions.cityCode,
    basis: '12345热线工作规定：目录没有列明的，由属地政府兜底协调',
    standard: '核实情况，明确办理部门，依法处理，答复诉求人',
    version,
  }
}

/**
 * Whom to dispatch to, best first, each with its reasons and 四明确 prefilled. Never a closed unit, never one that is accused or
 * stands under one that is (domain.md §5.3), never a town for a department's matter (D12). Empty only when the city itself is
 * accused or the matter is unknown.
 */
export function candidates(catalogue: Catalogue, query: CandidateQuery, limit: number): Candidate[] {
  const { matterCode, regionCode, confidentiality, regions, units, day } = query
  if (!catalogue.matters.has(matterCode)) return []
  const rule = catalogue.ruleFor(matterCode, regionCode, regions, day) ?? fallbackFor(query, catalogue.version)
  const isSecret = confidentiality === 2
  const place = placeOf(query)
  const ladder = ladderOf(rule, query)
  const rungs = withoutAccused(isSecret ? raised(ladder, rule, query) : ladder, query)
  const common = catalogueReasons(catalogue, rule, query)
  const mayHelp = (unitId: string | undefined, leadId: string): unitId is string =>
    unitId !== undefined && unitId !== leadId && units.isOpen(unitId) && !isAccused(unitId, query)

  return best(openOnly(rungs, query))
    .slice(0, limit)
    .map(({ rung, note }) => {
      const { unitId } = rung
      const helpers = isSecret ? [] : (rule.co ?? []).map((part) => unitIdOf(part, place))
      const superior = units.get(unitId)?.kind === 'town' && !isSecret ? place.jurisdiction : undefined
      const copies = mayHelp(superior, unitId) ? [superior] : []
      const copied = copies.map((copy) => `直派镇街的同时抄送${regions.name(copy)}督促`)
      const reasons = [...common, note, rung.reason, ...copied]
      return {
        unitId,
        score: Math.round(rung.score * 100) / 100,
        reasons: reasons.filter((reason) => reason !== undefined),
        ruleId: rule.id,
        catalogueVersion: catalogue.version,
        coUnitIds: [...new Set(helpers.filter((helper) => mayHelp(helper, unitId)))].filter(
          (helper) => !copies.includes(helper),
        ),
        copyUnitIds: copies,
        limit: rule.limit,
        isLimitStatutory: rule.isLimitStatutory,
        complexity: rule.complexity,
        basis: rule.basis,
        task: rule.task ?? `调查核实“${catalogue.matters.name(matterCode)}”诉求，依法依规办理并答复诉求人`,
        standard: rule.standard,
      }
    })
}
