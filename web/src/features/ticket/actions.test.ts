import { describe, expect, it } from 'vitest'
import { actionsOf } from './actions'

describe('操作按钮', () => {
  it('只有可做的，最该做的在前，少用的收在更多里', () => {
    expect(actionsOf(['recall', 'urge', 'amend', 'reviewByHotline'])).toEqual({
      primary: 'reviewByHotline',
      beside: ['urge'],
      more: ['amend', 'recall'],
    })
  })
  it('什么也不能做时什么也没有', () => expect(actionsOf([])).toEqual({ primary: undefined, beside: [], more: [] }))

  it('可做的一个不漏、一个不重', () => {
    const can = ['reply', 'recordContact', 'recordProgress', 'requestExtension', 'assignHandler', 'reopen'] as const
    const { primary, beside, more } = actionsOf(can)
    expect([primary, ...beside, ...more].sort()).toEqual([...can].sort())
  })
})
