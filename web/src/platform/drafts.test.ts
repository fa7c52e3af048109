import { beforeEach, describe, expect, it } from 'vitest'
import { effectScope } from 'vue'
import { clearDrafts, dropDraft, listDrafts, useDraft } from './drafts'

const empty = () => ({ text: '', tags: [] as string[] })

function inForm<T>(use: () => T): { form: T; leave: () => void } {
  const scope = effectScope()
  return { form: scope.run(use) as T, leave: () => scope.stop() }
}

describe('草稿', () => {
  beforeEach(() => localStorage.clear())

  it('离开页面再回来，写的还在', () => {
    const first = inForm(() => useDraft('u1', 'reply:1', empty))
    expect(first.form.wasRestored).toBe(false)
    first.form.value.value.text = '已到现场'
    first.leave()
    const { form } = inForm(() => useDraft('u1', 'reply:1', empty))
    expect(form.value.value).toEqual({ text: '已到现场', tags: [] })
    expect(form.wasRestored).toBe(true)
    expect(form.savedAt.value).toBeInstanceOf(Date)
  })

  it('别人的、别的工单的，各是各的', () => {
    const { form, leave } = inForm(() => useDraft('u1', 'reply:1', empty))
    form.value.value.text = '甲'
    leave()
    expect(inForm(() => useDraft('u2', 'reply:1', empty)).form.value.value.text).toBe('')
    expect(inForm(() => useDraft('u1', 'reply:2', empty)).form.value.value.text).toBe('')
  })

  it('提交以后就没有了，离开也不再存', () => {
    const { form, leave } = inForm(() => useDraft('u1', 'reply:1', empty))
    form.value.value.text = '甲'
    form.save()
    form.clear()
    leave()
    expect(form.value.value.text).toBe('')
    expect(listDrafts('u1', '')).toEqual([])
  })

  it('别处丢弃时，打开着的也清空', () => {
    const { form, leave } = inForm(() => useDraft('u1', 'reply:1', empty))
    form.value.value.text = '甲'
    dropDraft('u1', 'reply:1')
    leave()
    expect(form.value.value.text).toBe('')
    expect(listDrafts('u1', 'reply:')).toEqual([])
  })

  it('退出登录清掉本人的，不动别人的', () => {
    for (const user of ['u1', 'u2']) {
      const { form, leave } = inForm(() => useDraft(user, 'call:1', empty))
      form.value.value.text = user
      leave()
    }
    clearDrafts('u1')
    expect(listDrafts('u1', 'call:')).toEqual([])
    expect(listDrafts('u2', 'call:')).toEqual(['call:1'])
  })

  it('存坏了的不妨碍打开', () => {
    localStorage.setItem('hotline.draft:u1:reply:1', '{坏')
    expect(inForm(() => useDraft('u1', 'reply:1', empty)).form.value.value).toEqual(empty())
  })
})
