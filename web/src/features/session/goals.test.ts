import { describe, expect, it } from 'vitest'
import { goalsFor } from './goals'

const pages = [
  { path: '/dispatch', title: '派单台' },
  { path: '/tickets', title: '全部工单' },
]

describe('Ctrl+K', () => {
  it('完整编号直接打开工单', () =>
    expect(goalsFor('371600 261122 000041', pages, false)[0]?.to).toBe('/tickets/371600261122000041'))
  it('页面名字', () => expect(goalsFor('派单', pages, false)[0]?.to).toBe('/dispatch'))
  it('号码去掉空格和横线再查', () =>
    expect(goalsFor('138 0543-1004', pages, false)[0]?.to).toEqual({ path: '/tickets', query: { q: '13805431004' } }))
  it('系统管理员不看工单', () => expect(goalsFor('噪音', pages, true)).toEqual([]))
})
