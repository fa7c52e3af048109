import { describe, expect, it } from 'vitest'
import { createRegions } from '../region/createRegions'
import { REGION_DATA } from '../region/regionData'
import { createUnitTree } from './createUnitTree'
import { buildDemoUnits } from './demoUnits'
import type { Unit } from './unit'

const regions = createRegions(REGION_DATA)
const demo = buildDemoUnits(regions)
const units = createUnitTree(demo)
const countOf = (kind: Unit['kind']) => demo.filter((unit) => unit.kind === kind).length

describe('演示城市的承办单位', () => {
  it('市、热线、部门、县区、功能区、街镇俱全，总数不超过 330', () => {
    expect(countOf('city')).toBe(1)
    expect(countOf('hotline') + countOf('hotlineGroup')).toBe(7)
    expect([countOf('county'), countOf('zone'), countOf('town')]).toEqual([7, 3, 92])
    expect(countOf('bureau')).toBeGreaterThanOrEqual(32)
    expect(countOf('countyBureau')).toBeGreaterThanOrEqual(120)
    expect(demo.length).toBeLessThanOrEqual(330)
  })

  it('代码、名称都不重复，职责不空，上级都存在并排在前面', () => {
    expect(new Set(demo.map((unit) => unit.id)).size).toBe(demo.length)
    expect(new Set(demo.map((unit) => unit.name)).size).toBe(demo.length)
    const seen = new Set<string | null>([null])
    for (const unit of demo) {
      expect(seen.has(unit.parentId), unit.id).toBe(true)
      seen.add(unit.id)
      expect(unit.duties.length, unit.name).toBeGreaterThan(0)
      expect(unit.name, unit.id).not.toMatch(/[{}]/)
      expect(regions.has(unit.regionCode), unit.id).toBe(true)
    }
  })

  it('县区部门挂在县区下，并各有对口的市直部门', () => {
    for (const unit of demo.filter((each) => each.kind === 'countyBureau')) {
      const [place = '', suffix = ''] = unit.id.split('-')
      expect(unit.parentId).toBe(place)
      expect(units.get(`371600-${suffix}`)?.kind, unit.id).toBe('bureau')
    }
  })

  it('功能区托管的街道挂在功能区下，不在滨城区下', () => {
    expect(units.pathOf('371602010')).toEqual(['371602010', '371600Z01', '371600'])
    expect(units.isWithin('371602010', '371602')).toBe(false)
    expect(units.isWithin('371681003', '371681')).toBe(true)
  })

  it('名称像真的', () => {
    const names = ['371602005', '371603400', '371623', '371600Z03', '371602-GA', '371681-GA', '371602-HB', '371600-SS']
    expect(names.map(units.name)).toEqual([
      '滨城区彭李街道办事处',
      '沾化区海防办事处',
      '无棣县人民政府',
      '滨州北海经济开发区管理委员会',
      '滨州市公安局滨城分局',
      '邹平市公安局',
      '滨州市生态环境局滨城分局',
      '国家税务总局滨州市税务局',
    ])
  })
})

describe('单位树', () => {
  it('上级看得到下级，平级互不包含', () => {
    expect(units.isWithin('371602-ZJ', '371602')).toBe(true)
    expect(units.isWithin('371602-ZJ', '371600')).toBe(true)
    expect(units.isWithin('371602-ZJ', '371602-CG')).toBe(false)
    expect(units.isWithin('371602', '371602-ZJ')).toBe(false)
  })

  it('子树含本单位', () => {
    expect(units.subtree('371600Z02').sort()).toContain('371600Z02')
    expect(units.subtree('371600')).toHaveLength(demo.length)
    expect(units.subtree('371600-ZJ')).toEqual(['371600-ZJ'])
    expect(units.children('371600-12345')).toHaveLength(6)
  })

  it('停用的、不存在的都不算在用', () => {
    const closed = createUnitTree(demo.map((unit) => (unit.id === '371602-ZJ' ? { ...unit, isOpen: false } : unit)))
    expect(closed.has('371602-ZJ')).toBe(true)
    expect(closed.isOpen('371602-ZJ')).toBe(false)
    expect(closed.isOpen('999999')).toBe(false)
    expect(closed.isWithin('999999', '999999')).toBe(false)
    expect(closed.pathOf('999999')).toEqual([])
  })
})
