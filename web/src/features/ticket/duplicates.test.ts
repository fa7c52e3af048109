import { describe, expect, it } from 'vitest'
import { nothingNewReason, stateOf } from './duplicates'

const NOW = new Date('2026-11-20T02:00:00Z')
const handling = {
  no: '371600261113000412',
  status: 'handling',
  leadUnitName: '滨城区住建局',
  resolveBy: '2026-11-21T02:00:00Z',
} as const

describe('原工单到哪一步了', () => {
  it('在办：谁在办，还剩多久', () => expect(stateOf(handling, NOW)).toBe('滨城区住建局 · 办理中 · 剩余 1 天'))
  it('没有派出去', () => expect(stateOf({ status: 'accepted' }, NOW)).toBe('尚未派单 · 待派单'))
  it('办结了：哪一天', () =>
    expect(stateOf({ status: 'closed', leadUnitName: '滨城区住建局', closedAt: '2026-11-18T02:00:00Z' }, NOW)).toBe(
      '滨城区住建局 · 已办结 · 11-18',
    ))
  it('已并入别的', () =>
    expect(stateOf({ status: 'merged', mergedInto: '371600261113000001' }, NOW)).toBe('已并入 371600261113000001'))
})

describe('重复且无新情况：不予受理的理由', () => {
  it('在办的告知进展', () =>
    expect(nothingNewReason(handling)).toBe(
      '与工单 371600261113000412 为同一诉求，无新情况、新理由。原工单滨城区住建局承办，办理中，最晚 2026-11-21 10:00 办结。已告知来电人办理进展。',
    ))
  it('办结的告知结果', () =>
    expect(nothingNewReason({ no: '371600261113000412', status: 'closed', closedAt: '2026-11-18T02:00:00Z' })).toBe(
      '与工单 371600261113000412 为同一诉求，无新情况、新理由。原工单已办结。已告知来电人办理结果。',
    ))
})
