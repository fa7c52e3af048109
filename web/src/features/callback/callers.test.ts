import { describe, expect, it } from 'vitest'
import { nextTarget, type Target } from './callers'

const now = new Date('2026-11-22T02:00:00Z')
const target = (more: Partial<Target>): Target => ({ no: '1', state: 'open', attempts: 0, isAppointed: false, ...more })

describe('并单后逐人回访', () => {
  it('已答复和已用完次数的不再拨，时间没到的稍后再拨', () => {
    const callbackTargets = [
      target({ state: 'answered' }),
      target({ participantId: 'b', state: 'exhausted' }),
      target({ participantId: 'c', nextAt: '2026-11-22T04:00:00.000Z' }),
      target({ participantId: 'd', nextAt: '2026-11-22T01:00:00.000Z' }),
    ]
    expect(nextTarget({ callbackTargets }, now)?.participantId).toBe('d')
  })

  it('都问过了就没有下一位', () => {
    expect(nextTarget({ callbackTargets: [target({ state: 'answered' })] }, now)).toBeUndefined()
  })
})
