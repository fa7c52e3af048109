import { describe, expect, it } from 'vitest'
import { parsePoint } from './parsePoint'

describe('粘贴坐标', () => {
  const point = { lng: 118.0131, lat: 37.3829 }
  it.each([
    '118.0131,37.3829',
    '37.3829, 118.0131',
    '１１８．０１３１，３７．３８２９',
    '经度118.0131 纬度37.3829',
    '(118.0131 37.3829)',
  ])('%s', (text) => expect(parsePoint(text)).toEqual(point))
  it.each(['', '118.01', '渤海十八路 18 号', '200,300', '1,2,3'])('“%s”不是坐标', (text) =>
    expect(parsePoint(text)).toBeUndefined(),
  )
})
