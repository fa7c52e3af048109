import { describe, expect, it } from 'vitest'
import { cityOf, isRegionCode, isWithin, levelOf, parentOf, pathOf } from './code'
import { createRegions } from './createRegions'
import { REGION_DATA } from './regionData'
import { VILLAGE_DATA } from './villageData'

const regions = createRegions(REGION_DATA, VILLAGE_DATA)
const codesOf = (text: string, limit = 5) => regions.search(text, limit).map((region) => region.code)

describe('区划代码', () => {
  it('从长度看出级别', () => {
    const levels = ['371600', '371602', '371600Z01', '371602010', '371602010001'].map(levelOf)
    expect(levels).toEqual(['city', 'county', 'zone', 'town', 'village'])
  })

  it('逐级上溯到市', () => {
    expect(pathOf('371602010001')).toEqual(['371600', '371602', '371602010', '371602010001'])
    expect(parentOf('371600Z01')).toBe('371600')
    expect(parentOf('371600')).toBeNull()
    expect(cityOf('371602010001')).toBe('371600')
  })

  it('只按前缀相同不算下级', () => {
    expect(isWithin('371602010001', '371602')).toBe(true)
    expect(isWithin('371602010', '371602001')).toBe(false)
    expect(isWithin('371602', '371602010')).toBe(false)
  })

  it('写法不对的代码认得出来', () => {
    expect(['371602', '371600Z01', '371602010', '371602010001'].every(isRegionCode)).toBe(true)
    expect(['3716', '37160A', '371602Z1', '3716020100', ''].some(isRegionCode)).toBe(false)
  })
})

describe('滨州区划', () => {
  it('7 个县区、92 个街镇、3209 个村居，各有上级，代码不重', () => {
    expect([REGION_DATA.counties.length, REGION_DATA.towns.length, VILLAGE_DATA.length]).toEqual([7, 92, 3209])
    expect(new Set(regions.all().map((region) => region.code)).size).toBe(1 + 7 + 3 + 92 + 3209)
    for (const { code } of regions.all()) expect(regions.pathOf(code).every(regions.has), code).toBe(true)
  })

  it('都有名称和拼音首字母', () => {
    for (const region of regions.all()) {
      expect(region.name, region.code).not.toBe('')
      expect(region.initials, region.code).toMatch(/^[a-z0-9]+$/)
    }
  })

  it('下级一览：市含县区和功能区，功能区含托管的街道', () => {
    expect(regions.children('371600')).toHaveLength(10)
    expect(regions.children('371600Z01').map((town) => town.name)).toEqual(['杜店街道', '沙河街道', '里则街道'])
    expect(regions.children('371602')).toHaveLength(15)
    expect(regions.children('371602010001')).toEqual([])
  })
})

describe('功能区优先', () => {
  it('托管的街道都真实存在，且只属一个功能区', () => {
    const members = REGION_DATA.zones.flatMap((zone) => zone.members)
    expect(members.filter((code) => !regions.has(code))).toEqual([])
    expect(new Set(members).size).toBe(members.length)
    const names = REGION_DATA.zones.map((zone) => [zone.name, zone.members.map(regions.name).join('、')])
    expect(names).toEqual([
      ['经济技术开发区', '杜店街道、沙河街道、里则街道'],
      ['高新技术产业开发区', '小营街道、青田街道'],
      ['北海经济开发区', '马山子镇'],
    ])
  })

  it('杜店街道的属地是开发区，不是滨城区；路径两者都在', () => {
    expect(regions.jurisdictionOf('371602010')).toBe('371600Z01')
    expect(regions.fullName('371602010')).toBe('经济技术开发区杜店街道')
    expect(regions.pathOf('371602010001')).toEqual(['371600', '371602', '371600Z01', '371602010', '371602010001'])
    expect(regions.isWithin('371602010001', '371600Z01')).toBe(true)
    expect(regions.isWithin('371602010001', '371602')).toBe(true)
    expect(regions.isWithin('371602005', '371600Z01')).toBe(false)
  })

  it('邹平的高新街道不属于高新区', () => {
    expect(regions.zoneOf('371681003')).toBeUndefined()
    expect(regions.fullName('371681003')).toBe('邹平市高新街道')
  })

  it('市一级没有属地县区', () => {
    expect(regions.jurisdictionOf('371600')).toBeUndefined()
    expect(regions.fullName('371600')).toBe('滨州市')
    expect(regions.fullName('371600Z02')).toBe('高新技术产业开发区')
  })
})

describe('区划检索', () => {
  it('按名称：先宽后窄，简称也行', () => {
    expect(codesOf('滨城区')[0]).toBe('371602')
    expect(codesOf('彭李')[0]).toBe('371602005')
    expect(codesOf('滨城彭李')[0]).toBe('371602005')
    expect(codesOf('滨城区 彭李')[0]).toBe('371602005')
    expect(codesOf('滨州')[0]).toBe('371600')
  })

  it('按拼音首字母：名称开头优先', () => {
    expect(codesOf('plj')[0]).toBe('371602005')
    expect(codesOf('BCQ')[0]).toBe('371602')
    expect(codesOf('bcqpl')[0]).toBe('371602005')
  })

  it('功能区的街道按开发区或按滨城区都找得到', () => {
    expect(codesOf('开发区杜店')[0]).toBe('371602010')
    expect(codesOf('滨城区杜店')[0]).toBe('371602010')
    expect(codesOf('开发区', 3)).toEqual(['371600Z01', '371600Z02', '371600Z03'])
  })

  it('同名的地方都列出，没有的地方不列', () => {
    const towns = regions.search('辛店', 20).filter((region) => region.level === 'town')
    expect(towns.map((town) => regions.fullName(town.code))).toEqual(['惠民县辛店镇'])
    expect(codesOf('朝阳区三里屯')).toEqual([])
    expect(codesOf('  ')).toEqual([])
  })
})
