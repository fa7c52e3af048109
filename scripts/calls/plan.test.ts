import { evolveCall, resultOf, type Call } from '@hotline/shared/call/call'
import { CtiEvent } from '@hotline/shared/call/ctiEvent'
import { isPhone, normalizePhone } from '@hotline/shared/user/masking'
import { describe, expect, it } from 'vitest'
import { planCalls, type PlannedCall } from './plan'

const OPTIONS = { rate: 30, extensions: ['8001', '8002'], seed: '1', talk: [10, 30] } as const

function take(count: number, options: Partial<typeof OPTIONS> = {}): PlannedCall[] {
  const calls: PlannedCall[] = []
  for (const call of planCalls({ ...OPTIONS, ...options })) if (calls.push(call) === count) break
  return calls
}

describe('模拟来电的计划', () => {
  const calls = take(600)

  it('同一种子同一出戏，换一个种子是另一出', () => {
    expect(take(50)).toEqual(calls.slice(0, 50))
    expect(take(50, { seed: '2' as '1' })).not.toEqual(calls.slice(0, 50))
  })

  it('接通、漏接、放弃、忙线、呼出都有，也有重复和乱序的事件', () => {
    const results = new Set(calls.map(({ expected }) => expected.result))
    expect([...results].sort()).toEqual(['abandoned', 'answered', 'busy', 'missed'])
    expect(calls.some(({ direction }) => direction === 'out')).toBe(true)
    expect(calls.some(({ isShuffled }) => isShuffled)).toBe(true)
    expect(calls.some(({ steps }) => steps.some(({ times }) => times > 1))).toBe(true)
  })

  it('平均每分钟这么多通', () => {
    const minutes = (calls.at(-1)?.startsAt ?? 0) / 60_000
    expect(calls.length / minutes).toBeGreaterThan(27)
    expect(calls.length / minutes).toBeLessThan(33)
  })

  it('每一通，事件照来的次序折起来，结果和坐席都如所说', () => {
    for (const { steps, expected } of calls) {
      let call: Call | undefined
      for (const { at, message } of steps) {
        const { callId: _callId, number, extensions, ...news } = CtiEvent.parse(message)
        const agentId = extensions.find((one) => ['8001', '8002'].includes(one))
        call = evolveCall(call, { ...news, agentId }, new Date(at))
        expect(isPhone(normalizePhone(number))).toBe(true)
      }
      expect(call && resultOf(call)).toBe(expected.result)
      expect(call?.answeredBy.at(-1) ?? call?.offeredTo.at(-1)).toBe(expected.extension)
    }
  })
})
