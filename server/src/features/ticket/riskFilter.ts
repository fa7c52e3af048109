import { hasRole, type Actor } from '@hotline/shared/actor'
import { riskCondition, type Risk, type RiskRules } from '@hotline/shared/board/risks'
import { toFilter } from '@hotline/shared/stats/condition'
import type { TicketStatus } from '@hotline/shared/ticket/labels'
import { HOTLINE_ROLES, UNIT_ROLES } from '@hotline/shared/user/roles'

type Filter = Record<string, unknown>

/** While nobody leads: before it is dispatched, and between two units. */
const UNLED: readonly TicketStatus[] = ['registered', 'needInfo', 'accepted', 'consulting']
/** Leads it and nobody else, or (待派单) nobody at all. */
export const NOBODY = 'none'
export function leadFilter(leadUnitId: string): Filter {
  // The lead is always among those that may see it: by that an index answers.
  return leadUnitId === NOBODY ? { leadUnitId: null, status: { $in: UNLED } } : { scope: leadUnitId, leadUnitId }
}

/** A unit's risks are those of what it leads, or a unit below it: of others' work it only sees its own part. */
export function ledBelow(actor: Actor): Filter {
  const seesAll = hasRole(actor, ...HOTLINE_ROLES, 'cityLeader')
  return seesAll || !hasRole(actor, ...UNIT_ROLES) ? {} : { leadPath: actor.unitId }
}

/** In any of these columns. */
export function riskFilter(risks: readonly Risk[], rules: RiskRules): Filter {
  return toFilter({ any: risks.map((risk) => riskCondition(risk, rules)) })
}

/** The worst first. */
export const RISK_SORT: Record<Risk, Record<string, 1 | -1>> = {
  dueToday: { unmetBy: 1 },
  soon: { unmetBy: 1 },
  overdue: { unmetBy: 1 },
  returned: { 'facts.returnCount': -1, registeredAt: 1 },
  reworked: { 'facts.standingReworkCount': -1, registeredAt: 1 },
  quiet: { quietSince: 1 },
}

export function riskSort(risks: readonly Risk[]): Record<string, 1 | -1> {
  const [only, ...others] = risks
  return only && others.length === 0 ? RISK_SORT[only] : { registeredAt: 1 }
}
