import { createRegions } from '@hotline/shared/region/createRegions'
import { REGION_DATA } from '@hotline/shared/region/regionData'
import { buildDemoUnits } from '@hotline/shared/unit/demoUnits'
import { isPhone } from '@hotline/shared/user/masking'
import { expect, it } from 'vitest'
import { demoDutyPhones } from './demoDutyPhones'

it('演示单位各有一个值班电话，格式合规，谁也拨不通；热线自己没有', () => {
  const units = buildDemoUnits(createRegions(REGION_DATA))
  const phones = demoDutyPhones(units)
  const working = units.filter(({ kind }) => kind !== 'hotline' && kind !== 'hotlineGroup')
  expect([...phones.keys()]).toEqual(working.map(({ id }) => id))
  expect(new Set(phones.values()).size).toBe(working.length)
  for (const phone of phones.values())
    expect([phone, isPhone(phone)]).toEqual([expect.stringMatching(/^0543-0\d{6}$/), true])
})
