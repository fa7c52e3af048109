import { isWithin, levelOf, parentOf, pathOf } from './code'
import type { Region, RegionData, RegionEntry, Regions } from './region'
import { createRegionSearch } from './searchRegions'

const regionOf = ([code, name, initials]: RegionEntry): Region => ({ code, name, initials, level: levelOf(code) })

/** Villages are optional: the browser does without and asks the server for them. */
export function createRegions(data: RegionData, villages: readonly RegionEntry[] = []): Regions {
  const zoneEntries = data.zones.map((zone): RegionEntry => [zone.code, zone.name, zone.initials])
  const ordered = [data.city, ...data.counties, ...zoneEntries, ...data.towns, ...villages].map(regionOf)
  const byCode = new Map(ordered.map((region) => [region.code, region]))
  const zoneOfTown = new Map(data.zones.flatMap((zone) => zone.members.map((town) => [town, zone.code] as const)))
  const childCodes = new Map<string, string[]>()
  const addChild = (parent: string, code: string) => {
    const known = childCodes.get(parent)
    if (known) known.push(code)
    else childCodes.set(parent, [code])
  }
  for (const { code } of ordered) {
    const parent = parentOf(code)
    if (parent !== null) addChild(parent, code)
  }
  for (const [town, zone] of zoneOfTown) addChild(zone, town)

  const name = (code: string) => byCode.get(code)?.name ?? code

  function townOf(code: string): string | undefined {
    const level = levelOf(code)
    if (level === 'village') return code.slice(0, 9)
    return level === 'town' ? code : undefined
  }

  function zoneOf(code: string): string | undefined {
    if (levelOf(code) === 'zone') return code
    const town = townOf(code)
    return town && zoneOfTown.get(town)
  }

  function jurisdictionOf(code: string): string | undefined {
    return levelOf(code) === 'city' ? undefined : (zoneOf(code) ?? code.slice(0, 6))
  }

  function fullPath(code: string): string[] {
    const path = pathOf(code)
    const zone = zoneOf(code)
    if (zone !== undefined && zone !== code) path.splice(2, 0, zone)
    return path
  }

  const regions: Regions = {
    cityCode: data.city[0],
    get: (code) => byCode.get(code),
    has: (code) => byCode.has(code),
    children: (code) => (childCodes.get(code) ?? []).flatMap((child) => byCode.get(child) ?? []),
    name,
    fullName: (code) => {
      const jurisdiction = jurisdictionOf(code)
      if (jurisdiction === undefined) return name(code)
      const below = [townOf(code), levelOf(code) === 'village' ? code : undefined]
      return [jurisdiction, ...below.filter((part) => part !== undefined)].map(name).join('')
    },
    zoneOf,
    jurisdictionOf,
    townOf,
    pathOf: fullPath,
    isWithin: (code, root) => isWithin(code, root) || zoneOf(code) === root,
    search: (text, limit) => search(text, limit),
    all: () => ordered,
  }
  const search = createRegionSearch(regions)
  return regions
}
