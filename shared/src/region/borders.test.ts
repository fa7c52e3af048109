import { describe, expect, it } from 'vitest'
import { BORDER_DATA } from './borderData'
import { borderQuestion, BORDER_MARGIN } from './borderQuestion'
import { createBorders, distanceToLine, type Point } from './borders'
import { createRegions } from './createRegions'
import { REGION_DATA } from './regionData'
import { decodeRing, encodeRing } from './ring'

const regions = createRegions(REGION_DATA)
const borders = createBorders(BORDER_DATA)
const ask = (regionCode: string, location?: Point) =>
  borderQuestion({ regionCode, location }, { borders, regions, margin: BORDER_MARGIN })

/** Two squares side by side at the city's latitude, the border between them at 118.1. */
const square = (code: string, west: number) => ({
  code,
  ring: [
    { lng: west, lat: 37.4 },
    { lng: west + 0.1, lat: 37.4 },
    { lng: west + 0.1, lat: 37.5 },
    { lng: west, lat: 37.5 },
  ],
})
const squares = createBorders([square('371602', 118), square('371621', 118.1)])
/** Metres west of the border between the squares. */
const west = (metres: number): Point => ({
  lng: 118.1 - metres / (111_195 * Math.cos((37.45 * Math.PI) / 180)),
  lat: 37.45,
})

/** The centre of each seat of government, as maps give it. */
const SEATS: readonly (readonly [string, number, number])[] = [
  ['371602', 118.019326, 37.430724],
  ['371603', 118.129902, 37.698456],
  ['371621', 117.508941, 37.483876],
  ['371622', 117.581326, 37.640492],
  ['371623', 117.616325, 37.740848],
  ['371625', 118.123096, 37.147002],
  ['371681', 117.736807, 36.87803],
]

describe('县区边界', () => {
  it('七个县区的政府驻地都在自己的边界内，代码与区划一致', () => {
    for (const [code, lng, lat] of SEATS) {
      expect(borders.districtOf({ lng, lat }), code).toBe(code)
      expect(regions.has(code), code).toBe(true)
    }
    expect(borders.districtOf({ lng: 117.12, lat: 36.65 })).toBeUndefined()
  })

  it('没有点同时在两个县区很深的地方', () => {
    for (let lng = 117.3; lng < 118.7; lng += 0.013)
      for (let lat = 36.7; lat < 38.2; lat += 0.013) {
        const inside = borders.districtsWithin({ lng, lat }, 0)
        if (inside.length < 2) continue
        const depths = BORDER_DATA.filter(({ code }) => inside.some((near) => near.code === code)).map(({ ring }) =>
          distanceToLine({ lng, lat }, ring),
        )
        expect(Math.min(...depths), `${lng},${lat}`).toBeLessThan(60)
      }
  })

  it('离边界多远，按米算', () => {
    expect(squares.districtsWithin(west(120), 300).map(({ code, metres }) => [code, Math.round(metres)])).toEqual([
      ['371602', 0],
      ['371621', 120],
    ])
    expect(squares.districtsWithin(west(-299), 300)).toHaveLength(2)
    expect(squares.districtsWithin(west(301), 300).map(({ code }) => code)).toEqual(['371602'])
  })

  it('边界的压缩写法能还原', () => {
    const ring = [
      { lng: 118.0215, lat: 37.2217 },
      { lng: 117.9, lat: 36.9999 },
      { lng: -0.0001, lat: 0 },
    ]
    expect(decodeRing(encodeRing(ring))).toEqual(ring)
  })
})

describe('近边界的要问', () => {
  const near = (regionCode: string, location: Point) =>
    borderQuestion({ regionCode, location }, { borders: squares, regions, margin: BORDER_MARGIN })

  it('距两县区边界三百米以内：两家都列，请核对', () => {
    expect(near('371602005', west(120))).toEqual({
      districts: ['371602', '371621'],
      text: '该点距滨城区与惠民县边界约 120 米，请核对属地',
    })
  })
  it('选的是第三个县区，一并说明', () => {
    expect(near('371623', west(120))?.text).toBe('该点距滨城区与惠民县边界约 120 米，所选属地是无棣县，请核对属地')
  })
  it('离边界远、属地一致的不问；没有坐标的不问', () => {
    expect(near('371602005', west(2000))).toBeUndefined()
    expect(ask('371602005')).toBeUndefined()
    expect(ask('371602', { lng: 118.019326, lat: 37.430724 })).toBeUndefined()
  })
  it('功能区按其街道所在县区核对', () => {
    expect(near('371600Z01', west(2000))).toBeUndefined()
    expect(near('371600Z03', west(2000))?.text).toBe('该点位于滨城区，所选属地是北海经济开发区，请核对属地')
  })
  it('坐标在别的县区、未选属地、出了本市的都问', () => {
    const seat = { lng: 118.019326, lat: 37.430724 }
    expect(ask('371621', seat)?.text).toBe('该点位于滨城区，所选属地是惠民县，请核对属地')
    expect(ask('371600', seat)?.text).toBe('该点位于滨城区，尚未选定属地，请核对')
    expect(ask('371602', { lng: 117.12, lat: 36.65 })).toEqual({
      districts: [],
      text: '该点不在滨州市范围内，请核对位置',
    })
  })
})
