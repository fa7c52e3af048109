import type { Regions } from '../region/region'
import type { UnitTree } from '../unit/unit'
import type { CatalogueLimit, Complexity } from './rule'

/** Somebody to dispatch to, with the reason, and with 四明确 ready to be put into the form. */
export interface Candidate {
  unitId: string
  /** 0–1, the first has the highest. */
  score: number
  /** Chinese, for the screen: 目录:夜间施工噪音×滨城区 */
  reasons: string[]
  ruleId: string
  coUnitIds: string[]
  copyUnitIds: string[]
  limit?: CatalogueLimit
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
}
