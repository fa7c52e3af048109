import { describe, expect, it } from 'vitest'
import { waitText } from './waitText'

describe('要等多久', () => {
  it('用人说的单位，只多不少', () => {
    expect([0.2, 30, 59.5, 60, 61, 3599, 3600, 5400].map(waitText)).toEqual([
      ...['1 秒', '30 秒', '60 秒', '1 分钟', '2 分钟', '60 分钟', '1 小时', '1.5 小时'],
    ])
  })
})
