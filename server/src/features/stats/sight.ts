import { hasRole, type Actor } from '@hotline/shared/actor'
import { AppError } from '@hotline/shared/error'
import type { MeasureOptions } from '@hotline/shared/stats/measure'
import type { StatsQuery } from '@hotline/shared/stats/view'
import { visibilityFilter } from '@hotline/shared/ticket/visibility'
import type { UnitTree } from '@hotline/shared/unit/unit'
import type { Role } from '@hotline/shared/user/roles'

export type Filter = Record<string, unknown>

/** Which tickets and whose cases an actor counts. */
export interface Sight {
  visible: Filter
  scope: MeasureOptions['scope']
  unitId?: string
  /** That unit, or it and those under it; all units when absent. */
  unitIds?: readonly string[]
}

const SEE_ALL: readonly Role[] = ['supervisor', 'director', 'shiftLead', 'inspector', 'cityLeader', 'dispatcher']
const SEE_OWN: readonly Role[] = ['unitLead', 'unitHead', 'clerk', 'countyAdmin']

/** @throws AppError forbidden: agents and administrators; a unit outside one's own */
export function sightOf(
  actor: Actor,
  units: UnitTree,
  { unitId, within }: Pick<StatsQuery, 'unitId' | 'within'>,
): Sight {
  const visible = visibilityFilter(actor)
  const seesAll = hasRole(actor, ...SEE_ALL)
  if (!visible || !(seesAll || hasRole(actor, ...SEE_OWN))) throw new AppError('forbidden', '您没有查看统计的权限')
  const wanted = unitId ?? (seesAll ? undefined : actor.unitId)
  if (wanted === undefined) return { visible, scope: 'city' }
  if (!seesAll && !units.isWithin(wanted, actor.unitId))
    throw new AppError('forbidden', '只能查看本单位及下级单位的统计')
  if (!units.has(wanted)) {
    const message = '没有这个单位'
    throw new AppError('invalidInput', message, { fields: [{ path: 'unitId', message }] })
  }
  return { visible, scope: 'unit', unitId: wanted, unitIds: within === 'unit' ? [wanted] : units.subtree(wanted) }
}

export function all(filters: readonly Filter[]): Filter {
  const real = filters.filter((filter) => Object.keys(filter).length > 0)
  return real.length > 1 ? { $and: real } : (real[0] ?? {})
}
