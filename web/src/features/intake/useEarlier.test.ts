import type { TicketRow } from '@hotline/shared/ticket/view'
import { describe, expect, it } from 'vitest'
import { duplicatesOf } from './useEarlier'

const NOW = new Date('2026-11-22T04:00:00Z')
const aRow = (id: string, matterCode: string, registeredAt: string) => ({ id, matterCode, registeredAt }) as TicketRow

describe('疑似重复', () => {
  const rows = [
    aRow('同类', '010306', '2026-11-20T00:00:00Z'),
    aRow('同事项', '010305', '2026-10-24T00:00:00Z'),
    aRow('太久', '010305', '2026-10-20T00:00:00Z'),
    aRow('别的事', '020101', '2026-11-21T00:00:00Z'),
  ]
  it('同号码 30 天内同类事项，同一事项排在前面', () =>
    expect(duplicatesOf(rows, '010305', NOW).map(({ id }) => id)).toEqual(['同事项', '同类']))
  it('事项未定就不猜', () => expect(duplicatesOf(rows, undefined, NOW)).toEqual([]))
})
