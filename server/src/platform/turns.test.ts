import { describe, expect, it } from 'vitest'
import { createTurns } from './turns'

describe('轮流', () => {
  it('同一个键一个接一个，失败的不挡后面的；别的键不等', async () => {
    const inTurn = createTurns()
    const told: string[] = []
    let release = () => {}
    const gate = new Promise<void>((resolve) => (release = resolve))
    const first = inTurn('a', async () => {
      await gate
      told.push('a1')
      throw new Error('no')
    })
    const second = inTurn('a', async () => told.push('a2'))
    await inTurn('b', async () => told.push('b'))
    release()
    await expect(first).rejects.toThrow('no')
    await second
    expect(told).toEqual(['b', 'a1', 'a2'])
    expect(await inTurn('a', async () => 'again')).toBe('again')
  })
})
