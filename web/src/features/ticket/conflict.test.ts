import type { TicketView } from '@hotline/shared/ticket/view'
import { describe, expect, it } from 'vitest'
import { baseOf, changedSince, conflictOf, isNothing, settled } from './conflict'

const ticket = (overrides: Partial<TicketView> = {}) =>
  ({
    ...{ version: 3, title: '夜间施工', kind: 'complaint', matterCode: '010501', regionCode: '371602005' },
    ...{ address: '黄河五路', detail: '连续三晚', urgency: 'general', confidentiality: 0, accusedUnitIds: [] },
    ...overrides,
  }) as unknown as TicketView

const BASE = baseOf(ticket())
const now = ticket({ version: 5, title: '工地夜间施工', urgency: 'urgent' })

describe('填写期间他人改动了同一字段', () => {
  it('两个人都改的逐项列出：我的、现在的、原来的；对方没动的不列', () => {
    const conflict = conflictOf(BASE, now, 'amend', { changes: { title: '夜间打桩', address: '黄河六路' } })
    expect(conflict?.rows).toEqual([
      { field: 'title', label: '标题', mine: '夜间打桩', now: '工地夜间施工', was: '夜间施工' },
    ])
  })
  it('版本没变、改得一样、改的不是同一处：没有冲突', () => {
    expect(conflictOf(BASE, ticket(), 'amend', { changes: { title: '甲' } })).toBeUndefined()
    expect(conflictOf(BASE, now, 'amend', { changes: { title: '工地夜间施工' } })).toBeUndefined()
    expect(conflictOf(BASE, now, 'amend', { changes: { address: '黄河六路' } })).toBeUndefined()
  })
  it('派单依据的事项、紧急程度变了：要看过；与之无关的操作不拦', () => {
    const basis = conflictOf(BASE, now, 'dispatch', { leadUnitId: 'a' })?.basis.map(({ field }) => field)
    expect(basis).toEqual(['title', 'urgency'])
    expect(conflictOf(BASE, now, 'recordProgress', { note: '到场' })).toBeUndefined()
  })
  it('选“用现在的”就不再发这一项；全用现在的就没有可更正的', () => {
    const body = { changes: { title: '夜间打桩', address: '黄河六路' }, reason: '核对' }
    expect(settled(BASE, now, 'amend', body, new Set(['title']))).toEqual({
      changes: { address: '黄河六路' },
      reason: '核对',
    })
    expect(isNothing('amend', settled(BASE, now, 'amend', { changes: { title: '甲' } }, new Set(['title'])))).toBe(true)
  })
  it('受理时表单带着的字段，我没改、别人改了：用别人的', () => {
    const body = { title: '夜间施工', matterCode: '010503', regionCode: '371602005' }
    expect(conflictOf(BASE, now, 'accept', body)).toBeUndefined()
    expect(settled(BASE, now, 'accept', body, new Set())).toMatchObject({ title: '工地夜间施工', matterCode: '010503' })
  })
  it('说得出别人改了哪些', () => {
    expect(changedSince(BASE, now).map(({ label }) => label)).toEqual(['标题', '紧急程度'])
    expect(changedSince(BASE, ticket({ version: 4, address: undefined }))[0]).toMatchObject({
      label: '详细地址',
      now: null,
    })
  })
})
