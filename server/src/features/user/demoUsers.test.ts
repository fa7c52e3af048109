import { createRegions } from '@hotline/shared/region/createRegions'
import { REGION_DATA } from '@hotline/shared/region/regionData'
import { createUnitTree } from '@hotline/shared/unit/createUnitTree'
import { buildDemoUnits } from '@hotline/shared/unit/demoUnits'
import type { AccountRole } from '@hotline/shared/user/roles'
import { describe, expect, it } from 'vitest'
import { demoPeople } from './demoUsers'

const units = createUnitTree(buildDemoUnits(createRegions(REGION_DATA)))
const people = demoPeople(units.all())

describe('演示账号', () => {
  it('每个可以承办的单位都有收文、经办、分管，重件在本单位或上级有主要负责人可签', () => {
    const has = (unitId: string, role: AccountRole) =>
      people.some((person) => person.unitId === unitId && person.roles.includes(role))
    const lacking = units
      .all()
      .filter(({ kind }) => kind !== 'hotline' && kind !== 'hotlineGroup')
      .filter(
        ({ id }) =>
          !(['clerk', 'handler', 'unitLead'] as const).every((role) => has(id, role)) ||
          !units.pathOf(id).some((above) => has(above, 'unitHead')),
      )
    expect(lacking.map(({ name }) => name)).toEqual([])
  })

  it('账号、工号不重复', () => {
    expect(new Set(people.map(({ username }) => username)).size).toBe(people.length)
    expect(new Set(people.map(({ jobNo }) => jobNo)).size).toBe(people.length)
  })
})
