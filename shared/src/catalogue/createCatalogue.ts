import type { Regions } from '../region/region'
import type { Matters } from './matter'
import type { CatalogueRule } from './rule'

/** The 派单目录 ready to be asked. `version` is its newest row's, to be kept with every dispatch. */
export interface Catalogue {
  version: number
  matters: Matters
  rules(): readonly CatalogueRule[]
  /** The row for a matter in a place: the deeper matter wins, then the deeper place. Undefined for an unknown matter. */
  ruleFor(matterCode: string, regionCode: string, regions: Regions): CatalogueRule | undefined
}

const keyOf = (matterCode: string, regionCode = '') => `${matterCode}@${regionCode}`

/** A zone takes its county's place, so the county's own rows are not for the zone's streets. */
function placesOf(regionCode: string, regions: Regions): string[] {
  const path = regions.pathOf(regionCode)
  return regions.zoneOf(regionCode) ? path.filter((code) => code !== regionCode.slice(0, 6)) : path
}

export function createCatalogue(rules: readonly CatalogueRule[], matters: Matters): Catalogue {
  const byKey = new Map(rules.map((rule) => [keyOf(rule.matterCode, rule.regionCode), rule]))
  return {
    version: Math.max(0, ...rules.map((rule) => rule.version)),
    matters,
    rules: () => rules,
    ruleFor: (matterCode, regionCode, regions) => {
      const places = [...placesOf(regionCode, regions).reverse(), undefined]
      for (const code of matters.pathOf(matterCode).reverse()) {
        for (const place of places) {
          const rule = byKey.get(keyOf(code, place))
          if (rule) return rule
        }
      }
      return undefined
    },
  }
}
