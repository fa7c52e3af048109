import { dayOf, daysBetween } from '../calendar/day'
import type { Regions } from '../region/region'
import type { UnitTree } from '../unit/unit'
import { OPEN_ASSIGNMENT, type AssignmentRole, type AssignmentStatus } from './labels'

/** How earlier tickets went, as a suggestion for a new one. Numbers of the product; no regulation gives any. */
export const ALIKE_RULES = {
  /** How far back a text is compared. */
  days: 365,
  /** Texts less alike than this say nothing about one another. */
  leastSimilarity: 0.15,
  /** What is so old counts half. */
  halfLifeDays: 120,
  /** 办理记录: how far back, and how many of the newest tickets at the most. */
  recordDays: 180,
  recordsOf: 300,
  /** 同地点: no farther from the point than this. */
  nearMetres: 1_500,
  shown: { matters: 5, units: 5, tickets: 5, nearby: 20 },
} as const

/** An earlier ticket beside the one that is asked about. */
export interface AlikeCase {
  at: Date
  matterCode?: string
  /** Who handled it in the end, whoever had given it back before. */
  unitId?: string
  /** 0–1 */
  similarity: number
  isSameSpot: boolean
  isSameJurisdiction: boolean
}

/** How much of the evidence speaks for one answer. */
export interface Share {
  key: string
  share: number
  count: number
  of: number
  /** 0–1: the share, less sure where little is known. */
  strength: number
}

/** So much evidence is half of being sure: about one fresh ticket in the same words. */
const ENOUGH = 0.5
const SPOT = 1.5
/** In another district the like is done by another unit, and maybe another kind of unit. */
const ELSEWHERE = 0.5

export function weightOf({ at, similarity, isSameSpot }: AlikeCase, now: Date): number {
  const days = Math.max(0, daysBetween(dayOf(at), dayOf(now)))
  return similarity ** 2 * 0.5 ** (days / ALIKE_RULES.halfLifeDays) * (isSameSpot ? SPOT : 1)
}

/** Shares of what `keyOf` names, each case by its weight; the strongest first. Cases that name nothing are not counted. */
export function sharesOf(
  cases: readonly AlikeCase[],
  now: Date,
  keyOf: (one: AlikeCase) => string | undefined,
  factorOf: (one: AlikeCase) => number = () => 1,
): Share[] {
  const sums = new Map<string, { weight: number; count: number }>()
  let all = 0
  let of = 0
  for (const one of cases) {
    const key = keyOf(one)
    if (key === undefined) continue
    const weight = weightOf(one, now) * factorOf(one)
    const sum = sums.get(key) ?? { weight: 0, count: 0 }
    sums.set(key, { weight: sum.weight + weight, count: sum.count + 1 })
    all += weight
    of += 1
  }
  return [...sums]
    .map(([key, { weight, count }]) => {
      const share = all === 0 ? 0 : weight / all
      return { key, share, count, of, strength: share * (all / (all + ENOUGH)) }
    })
    .sort((a, b) => b.strength - a.strength || b.count - a.count || a.key.localeCompare(b.key))
}

export interface Place {
  regionCode?: string
  units: UnitTree
  regions: Regions
}

/**
 * Who does here what that unit did there: a county's bureau stands for the same bureau of this county, a county for this
 * county, a town for this town. A unit of the city is the same everywhere. Undefined: nobody, or closed.
 */
export function counterpartOf(unitId: string, { regionCode, units, regions }: Place): string | undefined {
  const unit = units.get(unitId)
  if (!unit) return undefined
  const open = (id: string | undefined) => (id !== undefined && units.isOpen(id) ? id : undefined)
  if (!regionCode || regionCode === regions.cityCode) return open(unitId)
  const jurisdiction = regions.jurisdictionOf(regionCode)
  switch (unit.kind) {
    case 'countyBureau':
      return open(jurisdiction && `${jurisdiction}-${unitId.split('-')[1] ?? ''}`)
    case 'county':
    case 'zone':
      return open(jurisdiction)
    case 'town':
      return open(regions.townOf(regionCode))
    default:
      return open(unitId)
  }
}

/** Which units the alike tickets speak for here. What was done elsewhere, or about another matter, counts for less. */
export function unitShares(cases: readonly AlikeCase[], now: Date, place: Place, matterCode?: string): Share[] {
  const factorOf = (one: AlikeCase) =>
    (one.isSameJurisdiction ? 1 : ELSEWHERE) * (matterCode && one.matterCode !== matterCode ? 0.3 : 1)
  return sharesOf(cases, now, ({ unitId }) => unitId && counterpartOf(unitId, place), factorOf)
}

/** Two independent reasons for the same: each leaves less doubt. */
export function together(one: number, other: number): number {
  return Math.round((1 - (1 - clamp(one)) * (1 - clamp(other))) * 100) / 100
}

function clamp(n: number): number {
  return Math.min(0.99, Math.max(0, n))
}

/** Whose task a ticket of the past was, as far as a unit's record wants to know. */
export interface RecordCase {
  leadAssignmentId?: string
  assignments: readonly { id: string; unitId: string; role: AssignmentRole; status: AssignmentStatus }[]
  /** From the facts: each way from dispatch to close. */
  cases: readonly { unitId: string; closedAt?: Date; isUnitLate: boolean }[]
}

export interface RecordSums {
  unitId: string
  handled: number
  returned: number
  sent: number
  ended: number
  onTime: number
}

/** Who handled it in the end; nobody yet while it may still be given back. */
export function finalUnitOf({ leadAssignmentId, assignments }: Omit<RecordCase, 'cases'>): string | undefined {
  const lead = assignments.find(({ id }) => id === leadAssignmentId)
  if (!lead) return undefined
  const isKept = lead.status === 'done' || (OPEN_ASSIGNMENT.includes(lead.status) && lead.status !== 'toAcknowledge')
  return isKept ? lead.unitId : undefined
}

/** 办理记录 of each unit over these tickets; a return counts for who made it, the work for who did it in the end. */
export function recordsOf(tickets: readonly RecordCase[]): { of: number; units: RecordSums[] } {
  const sums = new Map<string, RecordSums>()
  const add = (unitId: string, what: Exclude<keyof RecordSums, 'unitId'>) => {
    const known = sums.get(unitId) ?? { unitId, handled: 0, returned: 0, sent: 0, ended: 0, onTime: 0 }
    known[what] += 1
    sums.set(unitId, known)
  }
  let of = 0
  for (const ticket of tickets) {
    const unitId = finalUnitOf(ticket)
    if (unitId) {
      of += 1
      add(unitId, 'handled')
    }
    for (const one of ticket.assignments) {
      if (one.role !== 'lead' || one.status === 'recalled' || one.status === 'void') continue
      add(one.unitId, 'sent')
      if (one.status === 'returned') add(one.unitId, 'returned')
    }
    for (const one of ticket.cases) {
      if (!one.closedAt) continue
      add(one.unitId, 'ended')
      if (!one.isUnitLate) add(one.unitId, 'onTime')
    }
  }
  return { of, units: [...sums.values()].sort((a, b) => b.handled - a.handled || a.unitId.localeCompare(b.unitId)) }
}
