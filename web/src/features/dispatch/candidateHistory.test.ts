import type { AlikeAnswer, UnitRecord } from '@hotline/shared/ticket/alikeView'
import { describe, expect, it } from 'vitest'
import { factsOf, triedCandidates } from './candidateHistory'
import type { NamedCandidate } from './dispatchDraft'

const record = (overrides: Partial<UnitRecord>): UnitRecord => ({
  ...{ unitId: 'a', name: '甲', handled: 9, of: 12, share: 0.75, returned: 1, sent: 10, returnRate: 0.1 },
  ...{ ended: 8, onTime: 8, onTimeRate: 1 },
  ...overrides,
})
const candidate = (unitId: string, score: number) =>
  ({
    unitId,
    unitName: unitId,
    score,
    reasons: ['目录'],
    coUnitIds: [],
    copyUnitIds: [],
    task: '核实',
  }) as unknown as NamedCandidate
const alike = (overrides: Partial<AlikeAnswer>): AlikeAnswer => ({
  ...{ matters: [], units: [], tickets: [], records: [], nearby: [], recordDays: 180, recordsOf: 300 },
  ...overrides,
})
const unit = (unitId: string, confidence: number) => ({
  ...{ unitId, name: unitId, confidence, share: 0.7, count: 7, of: 10, reason: '10 件相似工单中 7 件由其办理' },
  isInCatalogue: false,
})

describe('候选单位的同类办理记录', () => {
  it('办过的占比、退单率、按时率，退得多、常超期的提醒', () => {
    const told = (one: UnitRecord) =>
      factsOf(one, 180).map(({ label, text, tone }) => `${label} ${text}${tone ? '！' : ''}`)
    expect(told(record({}))).toEqual(['办过 75%', '退单 10%', '按时 100%'])
    expect(told(record({ returnRate: 0.5, onTimeRate: 0.6 }))).toEqual(['办过 75%', '退单 50%！', '按时 60%！'])
    expect(factsOf(undefined, 180)).toEqual([])
  })
  it('目录之外常办的单位占第三位，四明确照第一候选预填', () => {
    const three = [candidate('a', 1), candidate('b', 0.6), candidate('c', 0.15)]
    const tried = triedCandidates(three, alike({ units: [unit('a', 0.9), unit('x', 0.7)] }), false)
    expect(tried.map(({ unitId }) => unitId)).toEqual(['a', 'b', 'x'])
    expect(tried[2]).toMatchObject({ isFromHistory: true, task: '核实', reasons: ['10 件相似工单中 7 件由其办理'] })
  })
  it('把握不大的不提；要先核对属地的不提', () => {
    const two = [candidate('a', 1), candidate('b', 0.6)]
    expect(triedCandidates(two, alike({ units: [unit('x', 0.2)] }), false)).toHaveLength(2)
    expect(triedCandidates(two, alike({ units: [unit('x', 0.9)] }), true)).toHaveLength(2)
  })
})
