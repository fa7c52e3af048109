import type { Viewer } from '@hotline/shared/live'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createLogger } from './log'
import { createPresence } from './presence'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const viewer = (userId: string): Viewer => ({ userId, name: userId })

/** A room whose people the test moves, and what was told to them. */
function aRoom(...here: string[]) {
  const told: string[][] = []
  const asked: string[] = []
  const presence = createPresence({
    viewersOf: async (id) => {
      asked.push(id)
      const seen = here.map(viewer)
      await new Promise((resolve) => setTimeout(resolve, 50))
      return seen
    },
    tell: (_id, viewers) => void told.push(viewers.map(({ userId }) => userId)),
    logger: createLogger('silent'),
  })
  return { here, told, asked, presence }
}

describe('谁在看', () => {
  it('同一个人开着两个页面，只算一个', async () => {
    const { told, presence } = aRoom('b', 'a', 'b')
    presence.changed('t1')
    await vi.runAllTimersAsync()
    expect(told).toEqual([['a', 'b']])
  })

  it('一阵进进出出，只问一次、只告知一次', async () => {
    const { told, asked, presence } = aRoom('a', 'b')
    for (let n = 0; n < 20; n++) presence.changed('t1')
    await vi.runAllTimersAsync()
    expect(asked).toEqual(['t1'])
    expect(told).toHaveLength(1)
  })

  it('问的时候又有人来，问完再问一次，最后告知的是现在的', async () => {
    const { here, told, presence } = aRoom('a')
    presence.changed('t1')
    await vi.advanceTimersByTimeAsync(120)
    here.push('b')
    presence.changed('t1')
    presence.changed('t1')
    await vi.runAllTimersAsync()
    expect(told).toEqual([['a'], ['a', 'b']])
  })

  it('各工单互不相干；没有人看的不告知', async () => {
    const { here, told, asked, presence } = aRoom('a')
    presence.changed('t1')
    presence.changed('t2')
    await vi.runAllTimersAsync()
    expect(asked).toEqual(['t1', 't2'])
    here.length = 0
    presence.changed('t1')
    await vi.runAllTimersAsync()
    expect(told).toEqual([['a'], ['a']])
  })

  it('停下以后不再问', async () => {
    const { asked, presence } = aRoom('a')
    presence.changed('t1')
    presence.stop()
    presence.changed('t2')
    await vi.runAllTimersAsync()
    expect(asked).toEqual([])
  })
})
