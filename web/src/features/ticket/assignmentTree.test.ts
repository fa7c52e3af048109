import type { TicketView } from '@hotline/shared/ticket/view'
import { describe, expect, it } from 'vitest'
import { assignmentTree } from './assignmentTree'

const part = (id: string, role: string, status: string, parentId?: string) =>
  ({ id, role, status, parentId }) as unknown as TicketView['assignments'][number]

describe('承办任务成树', () => {
  it('下派排在下派单位之下，已结束的在后', () => {
    const tree = assignmentTree([
      part('old', 'lead', 'returned'),
      part('lead', 'lead', 'handling'),
      part('co', 'co', 'toAcknowledge'),
      part('gone', 'delegated', 'recalled', 'lead'),
      part('town', 'delegated', 'handling', 'lead'),
      part('village', 'delegated', 'handling', 'town'),
    ])
    expect(tree.map(({ assignment, depth }) => `${depth} ${assignment.id}`)).toEqual([
      '0 lead',
      '1 town',
      '2 village',
      '1 gone',
      '0 co',
      '0 old',
    ])
  })

  it('上级的任务看不到时，下派的自成一支', () => {
    expect(assignmentTree([part('town', 'delegated', 'handling', 'unseen')]).map(({ depth }) => depth)).toEqual([0])
  })
})
