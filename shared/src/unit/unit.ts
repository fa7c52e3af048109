/**
 * - `city` 市政府, `hotline` 热线中心, `hotlineGroup` its groups
 * - `bureau` 市直部门 and public companies, `county` 县(市、区), `zone` 功能区
 * - `countyBureau` a county's or zone's own bureau, `town` 街道、乡镇
 */
export type UnitKind = 'city' | 'hotline' | 'hotlineGroup' | 'bureau' | 'county' | 'zone' | 'countyBureau' | 'town'

/**
 * 承办单位. Ids are stable and readable: the region's code for governments (371600, 371602, 371600Z01, 371602005),
 * with the bureau's letters for bureaus (371600-ZJ, 371602-ZJ), 371600-12345 for the hotline, 371600-12345-HW for a group.
 */
export interface Unit {
  id: string
  name: string
  shortName?: string
  kind: UnitKind
  parentId: string | null
  /** The place that it answers for. */
  regionCode: string
  /** 职责, as its 三定 would say it, shortened. */
  duties: string[]
  isOpen: boolean
  /** First letters of the pinyin of its name and of its short name, for those who type letters. */
  initials?: string[]
}

export interface UnitTree {
  get(id: string): Unit | undefined
  has(id: string): boolean
  /** Exists and is not closed (停用). */
  isOpen(id: string): boolean
  /** `id` is `rootId` or stands under it. False for unknown ids. */
  isWithin(id: string, rootId: string): boolean
  /** Itself first, then its superiors up to the city; empty for an unknown id. */
  pathOf(id: string): string[]
  /** Itself and all under it. */
  subtree(id: string): string[]
  children(id: string): Unit[]
  /** The full name, or the id itself when the unit is unknown. */
  name(id: string): string
  all(): readonly Unit[]
}
