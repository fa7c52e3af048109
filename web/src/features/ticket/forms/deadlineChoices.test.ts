import { describe, expect, it } from 'vitest'
import { deadlineChoices } from './deadlineChoices'

describe('常用期限', () => {
  it('按北京时间的 18:00，已过的不给', () => {
    // 北京时间 2026-11-22 19:30
    expect(deadlineChoices(new Date('2026-11-22T11:30:00Z'))[0]).toEqual({
      label: '明日 18:00',
      at: '2026-11-23T10:00:00.000Z',
    })
  })
})
