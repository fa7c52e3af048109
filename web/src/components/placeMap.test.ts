import { createBorders } from '@hotline/shared/region/borders'
import { BORDER_DATA } from '@hotline/shared/region/borderData'
import { describe, expect, it } from 'vitest'
import { frameOf, labelsOf, project, scaleOf, unproject, type Frame } from './placeMap'

const frame: Frame = { centre: { lng: 118.01, lat: 37.38 }, span: 12_000, width: 480, height: 300 }

describe('示意图', () => {
  it('点画在哪里，点哪里就是那里', () => {
    expect(project(frame, frame.centre)).toEqual([240, 150])
    const point = { lng: 118.0315, lat: 37.3962 }
    const [x, y] = project(frame, point)
    expect(x).toBeGreaterThan(240)
    expect(y).toBeLessThan(150)
    expect(unproject(frame, x, y)).toEqual(point)
  })
  it('全市的图装得下每个县区，各写一个名字', () => {
    const all = frameOf(BORDER_DATA, 480, 300)
    for (const { ring } of BORDER_DATA)
      for (const point of ring) {
        const [x, y] = project(all, point)
        expect([x >= 0, x <= 480, y >= 0, y <= 300]).toEqual([true, true, true, true])
      }
    expect(labelsOf(all, createBorders(BORDER_DATA))).toHaveLength(BORDER_DATA.length)
  })
  it('比例尺是整数', () => {
    expect(scaleOf(frame)).toMatchObject({ metres: 2000, pixels: 80, text: '2 公里' })
    expect(scaleOf({ ...frame, span: 3000 }).text).toBe('500 米')
  })
})
