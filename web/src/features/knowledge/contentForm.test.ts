import { describe, expect, it } from 'vitest'
import { emptyForm, inputOf } from './contentForm'

describe('知识编辑', () => {
  it('其他问法一行一条，关键词用空格、逗号、顿号分开，重复的、空的去掉', () => {
    const form = {
      ...emptyForm('2026-11-22', '371600-RS'),
      phrasings: ' 社保卡掉了 \n\n社保卡掉了\n医保卡丢失',
      keywords: '社保卡，补卡、挂失  补卡',
    }
    expect(inputOf(form)).toMatchObject({
      phrasings: ['社保卡掉了', '医保卡丢失'],
      keywords: ['社保卡', '补卡', '挂失'],
      unitId: '371600-RS',
      validFrom: '2026-11-22',
    })
  })

  it('没写的选填项不送', () => {
    const input = inputOf({ ...emptyForm('2026-11-22'), guidance: '  ', validUntil: '' })
    expect(input).not.toHaveProperty('guidance')
    expect(input).not.toHaveProperty('validUntil')
  })
})
