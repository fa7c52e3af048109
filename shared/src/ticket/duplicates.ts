import { dayOf, daysBetween } from '../calendar/day'
import { levelOf } from '../region/code'
import type { DuplicateRules } from './duplicateRules'
import { comparableText, isSameSpot, pairsOf, similarityOfPairs } from './similarity'

/** A matter as it is compared: a draft at the desk, or a ticket. */
export interface Told {
  at: Date
  matterCode?: string
  regionCode?: string
  /** City, county, zones, town, village. */
  regionPath: readonly string[]
  address?: string
  title?: string
  detail: string
}

/**
 * `repeat` 疑似重复: the rule's four conditions. `likely` 可能重复: the same number with something alike. `cluster` 同类:
 * other callers, same place and matter; linked, never merged by itself. `alike` 文字相似.
 */
export type DuplicateGrade = 'repeat' | 'likely' | 'cluster' | 'alike'

export const DUPLICATE_GRADE_LABELS: Record<DuplicateGrade, string> = {
  repeat: '疑似重复',
  likely: '可能重复',
  cluster: '同类聚合',
  alike: '文字相似',
}

export interface Likeness {
  days: number
  isSameNumber: boolean
  isSameMatter: boolean
  /** Under one second-level matter: two agents may have chosen neighbours. */
  isKindredMatter: boolean
  isSameDistrict: boolean
  isSameStreet: boolean
  isSameSpot: boolean
  /** 0–1 */
  similarity: number
}

export interface Judged {
  grade: DuplicateGrade
  /** 0–1, for the order. */
  confidence: number
  /** In words, for a person to decide by: 同一号码、7 天前、同地点同事项、文字 86% 相似. */
  reasons: string[]
}

/** Compares many with one: the one is prepared once. */
export function createComparer(now: Told, rules: DuplicateRules) {
  const pairs = pairsOfTold(now)
  const likeness = (earlier: Told, isSameNumber: boolean): Likeness => ({
    days: daysBetween(dayOf(earlier.at), dayOf(now.at)),
    isSameNumber,
    isSameMatter: isSame(now.matterCode, earlier.matterCode),
    isKindredMatter: isSame(now.matterCode?.slice(0, 4), earlier.matterCode?.slice(0, 4)),
    isSameDistrict: isSame(now.regionCode, earlier.regionCode) || shareDistrict(now.regionPath, earlier.regionPath),
    isSameStreet: isSame(streetOf(now.regionPath), streetOf(earlier.regionPath)),
    isSameSpot: isSameSpot(now.address, earlier.address) && mayMeet(now.regionPath, earlier.regionPath),
    similarity: similarityOfPairs(pairs, pairsOfTold(earlier)),
  })
  return {
    likeness,
    /** Undefined: nothing to tell. */
    judge(earlier: Told, isSameNumber: boolean): Judged | undefined {
      const found = likeness(earlier, isSameNumber)
      const namesNoSpot = !now.address || !earlier.address
      const grade = gradeOf(found, namesNoSpot, rules)
      return grade && { grade, confidence: confidenceOf(grade, found), reasons: reasonsOf(found, rules) }
    },
  }
}

function gradeOf(found: Likeness, namesNoSpot: boolean, rules: DuplicateRules): DuplicateGrade | undefined {
  if (found.days > rules.days) return undefined
  const { isSameMatter, isKindredMatter, isSameDistrict, isSameStreet, similarity } = found
  if (found.isSameNumber) {
    if (isSameMatter && isSameDistrict && similarity >= rules.repeatSimilarity) return 'repeat'
    if (isSameMatter || isKindredMatter || similarity >= rules.likelySimilarity) return 'likely'
  }
  if (isSameMatter && found.isSameSpot) return 'cluster'
  if (isSameMatter && isSameStreet && namesNoSpot && similarity >= rules.streetSimilarity) return 'cluster'
  return similarity >= rules.alikeSimilarity ? 'alike' : undefined
}

function confidenceOf(grade: DuplicateGrade, found: Likeness): number {
  const { isSameMatter, isSameDistrict, isSameSpot, similarity } = found
  const recency = Math.max(0, 1 - found.days / 30)
  const sum = {
    repeat: 0.9 + 0.1 * similarity,
    likely: 0.35 + (isSameMatter ? 0.15 : 0) + (isSameDistrict ? 0.1 : 0) + (isSameSpot ? 0.1 : 0) + 0.18 * similarity,
    cluster: 0.4 + (isSameSpot ? 0.15 : 0) + 0.2 * similarity + 0.05 * recency,
    alike: 0.7 * similarity + (isSameMatter ? 0.05 : 0) + (isSameDistrict ? 0.05 : 0),
  }[grade]
  return Math.round(Math.min(sum, 1) * 100) / 100
}

function reasonsOf(found: Likeness, rules: DuplicateRules): string[] {
  const place = found.isSameSpot
    ? '同地点'
    : found.isSameStreet
      ? '同街道（乡镇）'
      : found.isSameDistrict
        ? '同区县'
        : ''
  const matter = found.isSameMatter ? '同事项' : found.isKindredMatter ? '同类事项' : ''
  return [
    found.isSameNumber ? '同一号码' : '其他来电人',
    found.days === 0 ? '今天' : found.days === 1 ? '昨天' : `${found.days} 天前`,
    place + matter,
    found.similarity >= rules.toldSimilarity ? `文字 ${Math.floor(found.similarity * 100)}% 相似` : '',
  ].filter(Boolean)
}

/** Callers of a day, by whatever tells them apart, on one matter in one spot. */
export function isHot(callers: number, rules: DuplicateRules): boolean {
  return callers >= rules.hotCallersPerDay
}

function pairsOfTold({ title, detail }: Told): Set<number> {
  return pairsOf(comparableText(`${title ?? ''}\n${detail}`))
}

function isSame(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && one === other
}

function shareDistrict(one: readonly string[], other: readonly string[]): boolean {
  return one.some((code) => isDistrict(code) && other.includes(code))
}

function isDistrict(code: string): boolean {
  return ['county', 'zone'].includes(levelOf(code))
}

function streetOf(path: readonly string[]): string | undefined {
  return path.find((code) => levelOf(code) === 'town')
}

/** Two roads of one name lie in two counties: an address counts where the places do not contradict. */
function mayMeet(one: readonly string[], other: readonly string[]): boolean {
  return !one.some(isDistrict) || !other.some(isDistrict) || shareDistrict(one, other)
}
