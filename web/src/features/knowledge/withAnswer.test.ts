import { TEXT_MAX } from '@hotline/shared/ticket/commandInputs'
import { describe, expect, it } from 'vitest'
import { withAnswer } from './withAnswer'

describe('引用到答复', () => {
  it('口径在前，依据另起一行', () => {
    expect(withAnswer('', '可凭身份证办理。', '《居民身份证法》')).toBe('可凭身份证办理。\n依据：《居民身份证法》')
  })

  it('已写的不动，引用接在后面；同一段不引两遍', () => {
    const once = withAnswer('您好。', '可凭身份证办理。')
    expect(once).toBe('您好。\n可凭身份证办理。')
    expect(withAnswer(once, '可凭身份证办理。')).toBe(once)
  })

  it('不超过答复的字数', () => {
    expect(withAnswer('已写', '长'.repeat(TEXT_MAX)).length).toBe(TEXT_MAX)
  })
})
