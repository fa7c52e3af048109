import type { Day } from '../calendar/day'
import { partText, type CatalogueWorld } from './edit'
import { isValidOn, type CataloguePart, type CatalogueRule } from './rule'

/** Whether a row holds today, from a later day on, or no longer. */
export type RuleState = 'current' | 'future' | 'ended'

export const RULE_STATE_LABELS: Record<RuleState, string> = { current: '执行中', future: '未生效', ended: '已结束' }

export interface RuleFilter {
  q?: string
  /** Rows of this matter, of those below it, and of those above it that speak for it. */
  matterCode?: string
  /** Rows for this place, for those in it, and for wider ones that cover it. */
  regionCode?: string
  /** Rows in which this unit leads, helps, or is the city's bureau. */
  unitId?: string
  state?: RuleState
}

export function ruleState(rule: CatalogueRule, today: Day): RuleState {
  if (isValidOn(rule, today)) return 'current'
  return rule.validTo !== undefined && rule.validTo < today ? 'ended' : 'future'
}

function means(part: CataloguePart, unitId: string, { units }: CatalogueWorld): boolean {
  const kind = units.get(unitId)?.kind
  switch (part.kind) {
    case 'bureau':
      return part.unitId === unitId
    case 'countyBureau':
      return kind === 'countyBureau' && unitId.endsWith(`-${part.suffix}`)
    case 'county':
      return kind === 'county' || kind === 'zone'
    case 'town':
      return kind === 'town'
  }
}

/** By the matter's code, then the wider place first; ended ones last among their like. */
export function searchRules(
  rules: readonly CatalogueRule[],
  { q = '', matterCode, regionCode, unitId, state }: RuleFilter,
  world: CatalogueWorld & { today: Day },
): CatalogueRule[] {
  const { matters, regions, today } = world
  const words = q.trim().toLowerCase().split(/\s+/).filter(Boolean)
  const textOf = (rule: CatalogueRule) =>
    [
      rule.id,
      matters.fullName(rule.matterCode),
      rule.regionCode ? regions.fullName(rule.regionCode) : '全市',
      ...[rule.lead, ...(rule.co ?? [])].map((part) => partText(part, world)),
      rule.basis,
      rule.standard,
    ]
      .join(' ')
      .toLowerCase()
  const isAt = (code: string | undefined, place: string) =>
    code === undefined || regions.isWithin(place, code) || regions.isWithin(code, place)
  return rules
    .filter(
      (rule) =>
        (!matterCode || rule.matterCode.startsWith(matterCode) || matterCode.startsWith(rule.matterCode)) &&
        (!regionCode || isAt(rule.regionCode, regionCode)) &&
        (!state || ruleState(rule, today) === state) &&
        (!unitId ||
          rule.cityUnitId === unitId ||
          [rule.lead, ...(rule.co ?? [])].some((part) => means(part, unitId, world))),
    )
    .filter((rule) => words.length === 0 || words.every((word) => textOf(rule).includes(word)))
    .sort(
      (a, b) =>
        a.matterCode.localeCompare(b.matterCode) ||
        (a.regionCode ?? '').localeCompare(b.regionCode ?? '') ||
        (a.validFrom ?? '').localeCompare(b.validFrom ?? ''),
    )
}
