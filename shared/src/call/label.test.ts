import { describe, expect, it } from 'vitest'
import { callLabels, missedLabels } from './label'

const now = new Date('2026-11-22T02:00:00Z')
const ticket = { isOpen: false, isUrgent: false, isSupervised: false, reworkCount: 0 }
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000)

describe('来电标签', () => {
  it('没有历史的是首次来电；三十天内多件的说几件', () => {
    expect(callLabels([], now)).toEqual(['首次来电'])
    expect(callLabels([{ ...ticket, registeredAt: daysAgo(90) }], now)).toEqual(['历史 1 件诉求'])
    const often = [1, 5, 20].map((days) => ({ ...ticket, registeredAt: daysAgo(days) }))
    expect(callLabels(often, now)).toEqual(['30 天内 3 件诉求'])
  })

  it('紧急、督办、反复重办的没有办结，就重点关注', () => {
    const grave = { ...ticket, registeredAt: daysAgo(2), isOpen: true, isSupervised: true }
    expect(callLabels([grave], now)[0]).toBe('重点关注')
    expect(callLabels([{ ...grave, isOpen: false }], now)).toEqual(['历史 1 件诉求'])
  })

  it('打过没人接的，接起来就知道', () => {
    expect(missedLabels(0)).toEqual([])
    expect(missedLabels(2)).toEqual(['7 天内 2 次未接通'])
  })
})
