import { describe, expect, it } from 'vitest'
import { mergeRows } from './mergeRows'

const rows = (text: string) => [...text].map((id) => ({ id, text: id }))
const ids = (list: { id: string }[]) => list.map(({ id }) => id).join('')
const never = () => false

describe('列表更新时不跳动', () => {
  it('空列表直接显示', () => expect(mergeRows([], rows('abc'), never)).toEqual({ rows: rows('abc'), waiting: 0 }))

  it('变了的行原地换成新内容', () => {
    const fresh = [{ id: 'b', text: '新' }, ...rows('a')]
    expect(mergeRows(rows('ab'), fresh, never).rows).toEqual([
      { id: 'a', text: 'a' },
      { id: 'b', text: '新' },
    ])
  })

  it('插到中间的新行先等着，只报数', () => {
    const merged = mergeRows(rows('bc'), rows('xbyc'), never)
    expect(ids(merged.rows)).toBe('bc')
    expect(merged.waiting).toBe(2)
  })

  it('排在末尾的新行直接接上', () => {
    expect(mergeRows(rows('ab'), rows('abc'), never)).toEqual({ rows: rows('abc'), waiting: 0 })
  })

  it('已离开的行消失，被挤到下一页的行留着', () => {
    const merged = mergeRows(rows('abc'), rows('xa'), (id) => id === 'b')
    expect(ids(merged.rows)).toBe('ac')
    expect(merged.waiting).toBe(1)
  })

  it('全都离开了，就显示新的一页', () => expect(ids(mergeRows(rows('a'), rows('bc'), () => true).rows)).toBe('bc'))
})
