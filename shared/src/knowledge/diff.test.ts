import { describe, expect, it } from 'vitest'
import { diffText } from './diff'

const shown = (before: string, after: string) =>
  diffText(before, after)
    .map(({ kind, text }) => (kind === 'same' ? text : kind === 'removed' ? `[-${text}-]` : `[+${text}+]`))
    .join('')

describe('两版对照', () => {
  it('没有改动就没有标记', () => {
    expect(diffText('一字未改。', '一字未改。')).toEqual([{ kind: 'same', text: '一字未改。' }])
    expect(diffText('', '')).toEqual([])
  })

  it('句中改几个字，只标这几个字', () => {
    expect(shown('办理时限为 5 个工作日。请带身份证。', '办理时限为 3 个工作日。请带身份证。')).toBe(
      '办理时限为 [-5-][+3+] 个工作日。请带身份证。',
    )
  })

  it('整句增删标整句，改得不剩什么的也标整句', () => {
    expect(shown('请带身份证。', '请带身份证。可以代办。')).toBe('请带身份证。[+可以代办。+]')
    expect(shown('本人到窗口办理。收费十元。', '收费十元。')).toBe('[-本人到窗口办理。-]收费十元。')
    expect(shown('先电话预约。', '全程网上申请。')).toBe('[-先电话预约。-][+全程网上申请。+]')
  })

  it('去掉新增的就是旧文，去掉删除的就是新文', () => {
    const before = '一、申请条件：年满 16 周岁。\n二、材料：身份证、户口簿。\n三、收费：不收费。'
    const after = '一、申请条件：年满 18 周岁。\n二、材料：身份证。\n三、时限：当场办结。\n四、收费：不收费。'
    const parts = diffText(before, after)
    const without = (kind: string) => parts.flatMap((part) => (part.kind === kind ? [] : part.text)).join('')
    expect(without('added')).toBe(before)
    expect(without('removed')).toBe(after)
  })
})
