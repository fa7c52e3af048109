/**
 * Codes of places (GB/T 2260 and the statistical codes below it): city 371600, county or district 371602,
 * street or town 371602005, village or community 371602005012.
 *
 * A functional zone (功能区) has no code of its own in the standard, since it overlaps the counties. Ours is the city's
 * code, `Z` and two digits: 371600Z01. A zone's members are data (`RegionData.zones`), so arithmetic alone
 * cannot say that a street lies in a zone: ask `Regions` for that.
 */
export type RegionLevel = 'city' | 'county' | 'zone' | 'town' | 'village'

/** For schemas: every well-formed code, whether or not such a place exists. */
export const REGION_CODE = /^\d{6}(Z\d{2}|\d{3}|\d{6})?$/

export function isRegionCode(code: string): boolean {
  return REGION_CODE.test(code)
}

export function levelOf(code: string): RegionLevel {
  if (code.length === 12) return 'village'
  if (code.length === 9) return code[6] === 'Z' ? 'zone' : 'town'
  return code.endsWith('00') ? 'city' : 'county'
}

/** The administrative superior; null for a city. */
export function parentOf(code: string): string | null {
  switch (levelOf(code)) {
    case 'village':
      return code.slice(0, 9)
    case 'town':
      return code.slice(0, 6)
    case 'zone':
    case 'county':
      return `${code.slice(0, 4)}00`
    case 'city':
      return null
  }
}

/** The administrative ancestors and the code itself, city first. Zones are left out: see `Regions.pathOf`. */
export function pathOf(code: string): string[] {
  const parent = parentOf(code)
  return parent === null ? [code] : [...pathOf(parent), code]
}

/** Whether `code` is `root` or lies under it in the administrative order. Zones: see `Regions.isWithin`. */
export function isWithin(code: string, root: string): boolean {
  return pathOf(code).includes(root)
}

/** The six-digit city of any code in it. */
export function cityOf(code: string): string {
  return `${code.slice(0, 4)}00`
}
