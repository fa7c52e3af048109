import type { Unit } from '@hotline/shared/unit/unit'

/** 演示用值班电话, one a unit. No subscriber's number begins with a nought: nobody can be rung by them. */
export function demoDutyPhones(units: readonly Unit[]): Map<string, string> {
  const own = units.filter(({ kind }) => kind !== 'hotline' && kind !== 'hotlineGroup')
  return new Map(own.map(({ id }, index) => [id, `0543-0${String(index + 1).padStart(6, '0')}`]))
}
