import { describe, expect, it } from 'vitest'
import { createBorders } from '../region/borders'
import { createRegions } from '../region/createRegions'
import { REGION_DATA } from '../region/regionData'
import { createUnitTree } from '../unit/createUnitTree'
import { buildDemoUnits } from '../unit/demoUnits'
import { answerFor, type AnswerQuery } from './answer'
import { createCatalogue } from './createCatalogue'
import { createMatters } from './createMatters'
import { MATTERS } from './matterData'
import { FIRST_CATALOGUE } from './ruleData'

const regions = createRegions(REGION_DATA)
const units = createUnitTree(buildDemoUnits(regions))
const catalogue = createCatalogue(FIRST_CATALOGUE, createMatters(MATTERS))
const square = (code: string, west: number) => ({
  code,
  ring: [
    { lng: west, lat: 37.4 },
    { lng: west + 0.1, lat: 37.4 },
    { lng: west + 0.1, lat: 37.5 },
    { lng: west, lat: 37.5 },
  ],
})
const borders = createBorders([square('371602', 118), square('371621', 118.1)])
const query: AnswerQuery = {
  matterCode: '010501',
  regionCode: '371602005',
  accusedUnitIds: [],
  confidentiality: 0,
  units,
  regions,
  borders,
  day: '2026-11-20',
}
const AT_BORDER = { lng: 118.0995, lat: 37.45 }

describe('近边界的，两边的承办单位都给，由人核对', () => {
  it('没有坐标的照常，不问', () => {
    const { items, question } = answerFor(catalogue, query, 5)
    expect(question).toBeUndefined()
    expect(items[0]?.unitId).toBe('371602-ZJ')
    expect(items.every(({ regionCode }) => regionCode === undefined)).toBe(true)
  })

  it('在三百米以内：先是所选属地的，再是另一边的，并问一句', () => {
    const { items, question } = answerFor(catalogue, { ...query, location: AT_BORDER }, 5)
    expect(question).toBe('该点距滨城区与惠民县边界约 40 米，请核对属地')
    expect(items.slice(0, 2).map(({ unitId, regionCode }) => [unitId, regionCode])).toEqual([
      ['371602-ZJ', undefined],
      ['371621-ZJ', '371621'],
    ])
    expect(items[1]?.reasons).toContain('若属地是惠民县')
    expect(new Set(items.map(({ unitId }) => unitId)).size).toBe(items.length)
    const scores = items.map(({ score }) => score)
    expect([...scores].sort((a, b) => b - a)).toEqual(scores)
  })

  it('坐标在另一个县区的，也两边都给', () => {
    const { items, question } = answerFor(catalogue, { ...query, location: { lng: 118.15, lat: 37.45 } }, 5)
    expect(question).toBe('该点位于惠民县，所选属地是滨城区彭李街道，请核对属地')
    expect(items.slice(0, 2).map(({ unitId }) => unitId)).toEqual(['371602-ZJ', '371621-ZJ'])
  })

  it('边界距离是数据', () => {
    const narrow = createCatalogue({ ...FIRST_CATALOGUE, borderMargin: 20 }, catalogue.matters)
    expect(answerFor(narrow, { ...query, location: AT_BORDER }, 5).question).toBeUndefined()
  })
})
