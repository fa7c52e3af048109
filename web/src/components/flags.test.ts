import { describe, expect, it } from 'vitest'
import { flagsOf } from './flags'

const texts = (ticket: Parameters<typeof flagsOf>[0]) => flagsOf(ticket).map(({ text }) => text)

describe('标题后的标记', () => {
  it('督办、提级、挂起在一般情况之前', () => {
    expect(texts({ openSupervisions: 1, isEscalated: true, isSuspended: true, reworkCount: 2, urgeCount: 3 })).toEqual([
      '督办',
      '提级',
      '挂起',
      '重办 2',
      '催办 3',
    ])
  })
  it('并入两件的共三位诉求人', () => expect(texts({ participantCount: 2 })).toEqual(['并单 ×3']))
  it('销号的督办不再标', () =>
    expect(texts({ supervisions: [{ closedAt: '2026-11-22T00:00:00.000Z' }] as never })).toEqual([]))
  it('承办单位看自己的牌：镇街的红牌不标在县里，没有任务的上级看得到', () => {
    const due = '2026-11-24T16:00:00.000Z'
    const assignments = [
      { id: 'a1', role: 'lead', status: 'handling', resolveBy: '2026-11-27T16:00:00.000Z' },
      { id: 'a2', role: 'delegated', status: 'handling', resolveBy: due, redFor: due },
    ] as never
    expect(texts({ assignments, myAssignmentId: 'a1' })).toEqual([])
    expect(texts({ assignments, myAssignmentId: 'a2' })).toEqual(['红牌'])
    expect(texts({ assignments })).toEqual(['红牌'])
  })
  it('重办满三次待提级，提级后不再提示', () => {
    expect(texts({ flags: ['escalate'] })).toEqual(['待提级'])
    expect(texts({ isEscalated: true, flags: [] })).toEqual(['提级'])
  })
})
