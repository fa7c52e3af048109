import { describe, expect, it } from 'vitest'
import { matches, toElementFilter, toFilter, type Condition } from './condition'

const facts = {
  status: 'handling',
  count: 2,
  isLate: false,
  at: new Date('2026-11-20T00:00:00Z'),
  nothing: null,
  current: { dueAt: new Date('2026-11-21T00:00:00Z') },
}

describe('统计条件', () => {
  it.each<[Condition, boolean]>([
    [{ field: 'status', op: 'eq', value: 'handling' }, true],
    [{ field: 'status', op: 'ne', value: 'closed' }, true],
    [{ field: 'missing', op: 'ne', value: true }, true],
    [{ field: 'missing', op: 'eq', value: true }, false],
    [{ field: 'status', op: 'in', value: ['closed', 'handling'] }, true],
    [{ field: 'missing', op: 'in', value: ['closed'] }, false],
    [{ field: 'count', op: 'gte', value: 2 }, true],
    [{ field: 'count', op: 'gt', value: 2 }, false],
    [{ field: 'status', op: 'gte', value: 1 }, false],
    [{ field: 'missing', op: 'lt', value: 1 }, false],
    [{ field: 'at', op: 'lte', value: new Date('2026-11-20T00:00:00Z') }, true],
    [{ field: 'at', op: 'eq', value: new Date('2026-11-20T00:00:00Z') }, true],
    [{ field: 'current.dueAt', op: 'gt', value: new Date('2026-11-20T00:00:00Z') }, true],
    [{ field: 'nothing', op: 'exists', value: false }, true],
    [{ field: 'isLate', op: 'exists', value: true }, true],
    [{ field: 'status.length', op: 'exists', value: true }, false],
    [{ field: 'at', op: 'lt', otherField: 'current.dueAt' }, true],
    [{ field: 'at', op: 'ne', otherField: 'missing' }, false],
    [{ field: 'missing', op: 'lt', otherField: 'at' }, false],
    [{ all: [] }, true],
    [{ any: [] }, false],
    [{ not: { any: [] } }, true],
    [
      { all: [{ field: 'count', op: 'eq', value: 2 }, { any: [{ not: { field: 'isLate', op: 'eq', value: true } }] }] },
      true,
    ],
  ])('%j:%s', (condition, expected) => expect(matches(condition, facts)).toBe(expected))

  it('成为数据库的查询条件', () => {
    expect(toFilter({ field: 'status', op: 'in', value: ['closed'] }, 'facts.')).toEqual({
      'facts.status': { $in: ['closed'] },
    })
    expect(toFilter({ field: 'at', op: 'exists', value: false })).toEqual({ at: null })
    expect(toFilter({ not: { all: [] } })).toEqual({ $nor: [{}] })
    expect(toFilter({ field: 'metAt', op: 'lte', otherField: 'dueAt' }, 'facts.')).toEqual({
      $expr: {
        $and: [
          { $gt: ['$facts.metAt', null] },
          { $gt: ['$facts.dueAt', null] },
          { $lte: ['$facts.metAt', '$facts.dueAt'] },
        ],
      },
    })
  })

  it('数组元素：能用索引的部分进 $elemMatch', () => {
    const plain: Condition = { field: 'n', op: 'gt', value: 1 }
    expect(toElementFilter(plain, 'facts.cases')).toEqual({ 'facts.cases': { $elemMatch: { n: { $gt: 1 } } } })
    const both = toElementFilter({ all: [plain, { field: 'a', op: 'lt', otherField: 'b' }] }, 'facts.cases')
    expect(both['facts.cases']).toEqual({ $elemMatch: { $and: [{ n: { $gt: 1 } }] } })
    expect(both.$expr).toBeDefined()
  })
})
