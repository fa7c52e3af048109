import type { Day } from '../calendar/day'

/** Who leads or helps, said without naming the county: it is put in when the place is known. */
export type CataloguePart =
  { kind: 'bureau'; unitId: string } | { kind: 'county' } | { kind: 'countyBureau'; suffix: string } | { kind: 'town' }

export type CatalogueLimit = { unit: 'workdays' | 'hours'; n: number }

export type Complexity = 'simple' | 'general' | 'complex' | 'difficult'

/**
 * One row of the 派单目录: matter × place → lead, helpers, limit, basis (domain.md D1). A row of a deeper matter wins over
 * its parent's, and among rows of one matter the one with the deeper place wins.
 */
export interface CatalogueRule {
  id: string
  /** Of any level; it covers all below it. */
  matterCode: string
  /** Only in this place (county, zone or town); everywhere when absent. */
  regionCode?: string
  lead: CataloguePart
  /** The city bureau that leads when the place is not known, or where nobody below exists. */
  cityUnitId: string
  co?: readonly CataloguePart[]
  limit?: CatalogueLimit
  /** The limit is that of the law named in `basis`: it goes before what anybody sets (ticket.md §3). */
  isLimitStatutory?: boolean
  complexity?: Complexity
  /** 依据: law, regulation or 三定. */
  basis: string
  /** 办理标准: when the matter counts as done. */
  standard: string
  /** 办理任务; a default is made of the matter's name. */
  task?: string
  /** First day on which it holds; from the beginning when absent. */
  validFrom?: Day
  /** Last day on which it holds; until further notice when absent. */
  validTo?: Day
  /** The version of the catalogue that brought it as it stands here. */
  version: number
}

/** One version of the 派单目录 with all that it says; never changed once it is kept. */
export interface CatalogueContent {
  version: number
  rules: readonly CatalogueRule[]
  /** How near to a border of two districts is too near to be sure, in metres. */
  borderMargin: number
}

/** What a row's limit counts as, for `chooseLimit`. */
export function limitOfRow<L>(row: { limit?: L; isLimitStatutory?: boolean } | undefined): {
  statutory?: L
  catalogue?: L
} {
  if (!row?.limit) return {}
  return row.isLimitStatutory ? { statutory: row.limit } : { catalogue: row.limit }
}

export function isValidOn({ validFrom, validTo }: Pick<CatalogueRule, 'validFrom' | 'validTo'>, day: Day): boolean {
  return (validFrom === undefined || validFrom <= day) && (validTo === undefined || day <= validTo)
}
