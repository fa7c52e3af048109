import type { TicketView } from '@hotline/shared/ticket/view'
import { describe, expect, it } from 'vitest'
import { openSupervisions, targetsOf } from './targets'

const COUNTY = '371602'
const TOWN = '371602005'
const part = (id: string, unitId: string, more: object = {}) => ({
  id,
  unitId,
  role: 'lead',
  status: 'handling',
  ...more,
})
const ticket = (assignments: object[], more: object = {}) =>
  ({ assignments, leadAssignmentId: 'a1', ...more }) as unknown as TicketView
const ids = (found: readonly { id: string }[]) => found.map(({ id }) => id)
const pendingReturn = { at: '2026-11-22T00:00:00.000Z' }

describe('一个操作针对哪个单位的任务', () => {
  it('热线审批主办、协办的退单，下派单位审批其下级的退单', () => {
    const asked = ticket([
      part('a1', COUNTY, { pendingReturn }),
      part('a2', TOWN, { role: 'delegated', parentId: 'a1', pendingReturn }),
    ])
    expect(ids(targetsOf(asked, 'approveReturn', '371600-RX'))).toEqual(['a1'])
    expect(ids(targetsOf(asked, 'rejectReturn', COUNTY))).toEqual(['a2'])
  })

  it('主办可退回协办和下派的反馈，协办只能退回自己下派的', () => {
    const replied = ticket([
      part('a1', COUNTY),
      part('a2', '371600-CG', { role: 'co', status: 'replied' }),
      part('a3', TOWN, { role: 'delegated', parentId: 'a1', status: 'replied' }),
    ])
    expect(ids(targetsOf(replied, 'sendBack', COUNTY))).toEqual(['a2', 'a3'])
    expect(ids(targetsOf(replied, 'sendBack', '371600-CG'))).toEqual([])
  })

  it('撤回下派只对自己下派出去、尚未结束的', () => {
    const delegated = ticket([
      part('a1', COUNTY),
      part('a2', TOWN, { role: 'delegated', parentId: 'a1', status: 'returned' }),
      part('a3', '371602003', { role: 'delegated', parentId: 'a1', status: 'toAcknowledge' }),
    ])
    expect(ids(targetsOf(delegated, 'recallDelegation', COUNTY))).toEqual(['a3'])
  })

  it('单位反馈问到自己的督办，没有单独问到的反馈全部', () => {
    const supervised = {
      supervisions: [
        { id: 's1', unitId: COUNTY, deadline: '2026-11-25T00:00:00.000Z' },
        { id: 's2', unitId: TOWN },
        { id: 's3', unitId: COUNTY, closedAt: '2026-11-22T00:00:00.000Z' },
      ],
    } as unknown as TicketView
    expect(ids(openSupervisions(supervised, TOWN))).toEqual(['s2'])
    expect(ids(openSupervisions(supervised, '371600'))).toEqual(['s1', 's2'])
  })
})
