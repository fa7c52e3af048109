import type { Day } from '../calendar/day'
import type { Regions } from '../region/region'
import type { Matters } from './matter'
import { isValidOn, type CatalogueContent, type CatalogueRule } from './rule'

/** The 派单目录 ready to be asked. `version` is kept with every dispatch. */
export interface Catalogue {
  readonly version: number
  readonly borderMargin: number
  readonly matters: Matters
  /** Of all times: ended ones and ones that do not hold yet too. */
  rules(): readonly CatalogueRule[]
  /**
   * The row that holds on this day for a matter in a place: the deeper matter wins, then the deeper place, then the one that began
   * to hold later. Undefined for an unknown matter, and where no row says anything.
   */
  ruleFor(matterCode: string, regionCode: string, regions: Regions, day: Day): CatalogueRule | undefined
}

export const keyOf = ({ matterCode, regionCode = '' }: { matterCode: string; regionCode?: string }) =>
  `${matterCode}@${regionCode}`

/** A zone takes its county's place, so the county's own rows are not for the zone's streets. */
export function placesOf(regionCode: string, regions: Regions): string[] {
  const path = regions.pathOf(regionCode)
  return regions.zoneOf(regionCode) ? path.filter((code) => code !== regionCode.slice(0, 6)) : path
}

/** Which of two rows of one matter and place wins on a day on which both hold. */
export function winsOver(a: CatalogueRule, b: CatalogueRule): boolean {
  const [from, other] = [a.validFrom ?? '', b.validFrom ?? '']
  return from === other ? a.id < b.id : from > other
}

export function createCatalogue({ version, rules, borderMargin }: CatalogueContent, matters: Matters): Catalogue {
  const byKey = new Map<string, CatalogueRule[]>()
  for (const rule of rules) {
    const key = keyOf(rule)
    const others = byKey.get(key) ?? []
    byKey.set(
      key,
      [...others, rule].sort((a, b) => (winsOver(a, b) ? -1 : 1)),
    )
  }
  return {
    version,
    borderMargin,
    matters,
    rules: () => rules,
    ruleFor: (matterCode, regionCode, regions, day) => {
      const places = [...placesOf(regionCode, regions).reverse(), undefined]
      for (const code of matters.pathOf(matterCode).reverse()) {
        for (const place of places) {
          const rule = byKey.get(keyOf({ matterCode: code, regionCode: place }))?.find((one) => isValidOn(one, day))
          if (rule) return rule
        }
      }
      return undefined
    },
  }
}
