import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { holdReceipt, useReceipt } from './receipt'

const RECEIPT = { no: '371600261122000001', code: 'ABC234', kind: 'complaint' }

describe('刚提交的编号和查询码', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    sessionStorage.clear()
  })
  afterEach(() => vi.useRealTimers())

  it('刷新后还在，半小时后不给下一个人看', async () => {
    holdReceipt(RECEIPT)
    expect(useReceipt().value).toEqual(RECEIPT)
    vi.resetModules()
    const reloaded = await import('./receipt')
    expect(reloaded.useReceipt().value).toEqual(RECEIPT)
    vi.advanceTimersByTime(31 * 60_000)
    expect(reloaded.useReceipt().value).toBeUndefined()
    vi.resetModules()
    expect((await import('./receipt')).useReceipt().value).toBeUndefined()
    expect(useReceipt().value).toBeUndefined()
  })
})
