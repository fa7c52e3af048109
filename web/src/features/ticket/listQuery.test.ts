import { describe, expect, it } from 'vitest'
import { emptySearch, queryOf, searchOf } from './listQuery'

describe('查询条件与地址', () => {
  it('来回一致，空的不写', () => {
    expect(queryOf(emptySearch())).toEqual({})
    const search = {
      ...emptySearch(),
      q: '噪音',
      status: ['handling'],
      state: 'overdue' as const,
      range: ['2026-11-01', '2026-11-22'] as [string, string],
    }
    expect(searchOf(queryOf(search))).toEqual(search)
  })

  it('日期按北京时间，含首尾两日', () => {
    const { from, to } = queryOf({ ...emptySearch(), range: ['2026-11-22', '2026-11-22'] })
    expect(from).toBe('2026-11-21T16:00:00.000Z')
    expect(to).toBe('2026-11-22T16:00:00.000Z')
  })

  it('统计给的条件原样带着', () => {
    const query = { desk: 'dispatch', valid: 'true' }
    expect(queryOf(searchOf(query))).toEqual(query)
  })
})
