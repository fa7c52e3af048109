import { describe, expect, it } from 'vitest'
import { createRegions } from '../region/createRegions'
import { REGION_DATA } from '../region/regionData'
import { buildDemoUnits } from './demoUnits'
import { searchUnits } from './searchUnits'

const units = buildDemoUnits(createRegions(REGION_DATA))
const find = (text: string) => searchUnits(units, text).map(({ id }) => id)

describe('查找承办单位', () => {
  it('每个单位都有拼音首字母', () => {
    for (const { id, initials } of units) expect(initials?.length, id).toBeGreaterThan(0)
    for (const { initials = [] } of units) for (const letters of initials) expect(letters).toMatch(/^[a-z0-9]+$/)
  })

  it.each([
    ['滨城区住建局', '371602-ZJ'],
    ['滨城区住房', '371602-ZJ'],
    ['市公安局', '371600-GA'],
    ['371600Z01', '371600Z01'],
    ['bcqzjj', '371602-ZJ'],
    ['BCQZJJ', '371602-ZJ'],
    ['bczjj', '371602-ZJ'],
    ['szjj', '371600-ZJ'],
    ['pljd', '371602005'],
    ['wdxrmzf', '371623'],
    ['sgaj', '371600-GA'],
    ['滨城 物业', '371602-ZJ'],
    ['bcq 物业', '371602-ZJ'],
  ])('%s 首先找到 %s', (text, id) => expect(find(text)[0]).toBe(id))

  it('名称先于职责，首字母开头的先于中间的，上级先于下级', () => {
    expect(find('供热')[0]).toBe('371600-ZJ')
    expect(find('热力公司')[0]).toBe('371600-GR')
    expect(find('zjj').slice(0, 3)).toEqual(['371600-ZJ', '371602-ZJ', '371603-ZJ'])
  })

  it('每个词都要符合；没有的就是没有', () => {
    expect(find('滨城 气象')).toEqual([])
    expect(find('qqqq')).toEqual([])
  })
})
