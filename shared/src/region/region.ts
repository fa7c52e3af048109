import type { RegionLevel } from './code'

/** One place (区划). `initials`: the first letters of the name's pinyin, or '' when the data has none. */
export interface Region {
  code: string
  name: string
  level: RegionLevel
  initials: string
}

/** A place as it stands in the data: code, name, initials. */
export type RegionEntry = readonly [code: string, name: string, initials: string]

/** A functional zone (功能区) with the streets and towns that it took over from the counties. */
export interface ZoneEntry {
  code: string
  name: string
  initials: string
  members: readonly string[]
}

export interface RegionData {
  /** Where the facts come from. */
  source: string
  city: RegionEntry
  counties: readonly RegionEntry[]
  towns: readonly RegionEntry[]
  zones: readonly ZoneEntry[]
}

/**
 * The places of one city. Zones overlap the counties and take precedence: the jurisdiction (属地) of 杜店街道 is
 * 经济技术开发区, though its code says 滨城区.
 */
export interface Regions {
  readonly cityCode: string
  get(code: string): Region | undefined
  has(code: string): boolean
  /** City: its counties, then its zones. County: all its streets and towns, those of a zone too. Zone: its members. */
  children(code: string): Region[]
  /** The bare name, or the code itself when the place is unknown. */
  name(code: string): string
  /** With the jurisdiction in front and without the city: 滨城区彭李街道, 经济技术开发区杜店街道. */
  fullName(code: string): string
  /** The zone that a street, town or village (or the zone itself) belongs to. */
  zoneOf(code: string): string | undefined
  /** The county, or the zone that takes its place; undefined for the city. */
  jurisdictionOf(code: string): string | undefined
  /** The street or town of a village or of itself. */
  townOf(code: string): string | undefined
  /** All that the place lies in and itself, city first, the county and then the zone: what a stored path should hold. */
  pathOf(code: string): string[]
  /** Whether the place is `root` or lies in it, by county and by zone alike. */
  isWithin(code: string, root: string): boolean
  /** By words of the full name or by pinyin initials, best first; the wider place before the narrower. */
  search(text: string, limit: number): Region[]
  all(): readonly Region[]
}
