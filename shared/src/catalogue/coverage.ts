import { shiftDay, type Day } from '../calendar/day'
import type { CatalogueWorld } from './edit'
import { placesOf, type Catalogue } from './createCatalogue'
import type { CatalogueContent, CatalogueRule } from './rule'

/** Places that no row tells apart: one of them answers for all. */
export interface PlaceGroup {
  /** The widest of them. */
  code: string
  places: string[]
}

/** All places down to the towns, grouped by the rows that may concern them. */
export function groupPlaces(
  rules: readonly CatalogueRule[],
  { regions }: Pick<CatalogueWorld, 'regions'>,
): PlaceGroup[] {
  const named = new Set(rules.flatMap(({ regionCode }) => (regionCode === undefined ? [] : [regionCode])))
  const groups = new Map<string, PlaceGroup>()
  for (const { code, level } of regions.all()) {
    if (level === 'village') continue
    const signature = placesOf(code, regions)
      .filter((place) => named.has(place))
      .join()
    const group = groups.get(signature)
    if (group) group.places.push(code)
    else groups.set(signature, { code, places: [code] })
  }
  return [...groups.values()]
}

const DAYS_AT_MOST = 40

/** Today and the days to come on which some row begins or has ended: between them nothing changes. */
export function turningDays(rules: readonly CatalogueRule[], today: Day): Day[] {
  const days = rules.flatMap(({ validFrom, validTo }) => [
    ...(validFrom ? [validFrom] : []),
    ...(validTo ? [shiftDay(validTo, 1)] : []),
  ])
  return [today, ...[...new Set(days)].filter((day) => day > today).sort()].slice(0, DAYS_AT_MOST)
}

export interface Cell {
  matterCode: string
  group: PlaceGroup
  day: Day
  rule: CatalogueRule | undefined
}

/** Every third-level matter in every group of places on each of the days, and the row that wins there. */
export function* cellsOf(
  catalogue: Catalogue,
  groups: readonly PlaceGroup[],
  days: readonly Day[],
  { regions }: Pick<CatalogueWorld, 'regions'>,
): Generator<Cell> {
  for (const day of days)
    for (const { code: matterCode } of catalogue.matters.leaves())
      for (const group of groups)
        yield { matterCode, group, day, rule: catalogue.ruleFor(matterCode, group.code, regions, day) }
}

/** Both versions' rows, so that both are asked at the same places and days. */
export const rowsOfBoth = (before: CatalogueContent, after: CatalogueContent) => [...before.rules, ...after.rules]
