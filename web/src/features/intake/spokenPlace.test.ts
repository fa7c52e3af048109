import { describe, expect, it } from 'vitest'
import { takePlace } from './spokenPlace'

describe('从地图粘贴来的地址', () => {
  it('坐标取出来，地址留下，先后都认', () => {
    const location = { lng: 118.0193, lat: 37.4307 }
    expect(takePlace('黄河五路 118.0193,37.4307')).toEqual({ address: '黄河五路', location })
    expect(takePlace('(37.4307，118.0193) 黄河五路')).toEqual({ address: '黄河五路', location })
    expect(takePlace('118.0193 37.4307')).toEqual({ address: '', location })
  })
  it('不是坐标的原样留着', () => {
    for (const text of ['黄河五路 318 号', '彭李街道 12.5,3.25', '1.111,2.222', ''])
      expect(takePlace(text)).toEqual({ address: text })
  })
})
