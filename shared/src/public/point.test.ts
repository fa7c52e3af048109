import { describe, expect, it } from 'vitest'
import { pointIn } from './point'

describe('粘贴的位置', () => {
  it.each([
    ['118.0168,37.3835'],
    ['37.3835，118.0168'],
    ['我在这里：37.3835, 118.0168（渤海十八路）'],
    ['https://uri.amap.com/marker?position=118.0168,37.3835&name=%E5%B7%A5%E5%9C%B0'],
    ['https://apis.map.qq.com/uri/v1/marker?marker=coord:37.3835%2C118.0168;title:工地'],
    ['北纬 37.3835 东经 118.0168'],
  ])('%s', (text) => {
    expect(pointIn(text)).toEqual({ lng: 118.0168, lat: 37.3835 })
  })

  it('没有位置、不在国内的，不算', () => {
    for (const text of ['', '渤海十八路黄河五路', '电话 13800001234', '1.5,2.5', '%E5%B7%A5%'])
      expect(pointIn(text)).toBeUndefined()
  })
})
