import type { TicketRow } from '@hotline/shared/ticket/view'
import { describe, expect, it } from 'vitest'
import { useBatch } from './useBatch'

const row = (id: string) => ({ id, version: 1 }) as TicketRow

describe('批量派单的选择', () => {
  it('勾选、取消、一次加入多件，不重复', () => {
    const batch = useBatch()
    batch.toggle(row('a'))
    batch.add([row('a'), row('b'), row('c')])
    batch.toggle(row('b'))
    expect(batch.rows.value.map(({ id }) => id)).toEqual(['a', 'c'])
    batch.remove(['a'])
    expect([...batch.ids.value]).toEqual(['c'])
    batch.clear()
    expect(batch.rows.value).toEqual([])
  })
})
