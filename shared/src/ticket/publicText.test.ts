import { describe, expect, it } from 'vitest'
import { publicTextWarnings } from './publicText'

const internalNames = ['李强', '系统', '王**', '李强']
const found = (text: string) =>
  publicTextWarnings(text, { internalNames, callerName: '张丽' }).map(({ found, message }) => [message, found])

describe('公开答复里不该有的内容', () => {
  it('个人手机号、身份证号，不论怎样书写', () => {
    expect(found('请联系 138-0000-0000 或 １３８００００００００。')).toEqual([
      ['个人手机号码', '138-0000-0000'],
      ['个人手机号码', '13800000000'],
    ])
    expect(found('身份证 37230119800101123X')).toEqual([['身份证号码', '37230119800101123X']])
  })

  it('内部人员和诉求人的姓名', () => {
    expect(found('经办人李强已到张丽家查看。')).toEqual([
      ['内部人员姓名', '李强'],
      ['诉求人姓名', '张丽'],
    ])
  })

  it('单位的固定电话、热线号码、工单编号、日期、金额都可以', () => {
    expect(
      found(
        '您可拨打 0543-3161234、12345、400-123-4567。编号 371600261122000041，2026-11-22 退还 1234567 元。系统已记录。',
      ),
    ).toEqual([])
  })
})
