import { describe, expect, it } from 'vitest'
import { createNameMask, dropCutName } from './masking'

describe('正文里诉求人自己的姓名', () => {
  const mask = createNameMask('张建国')
  it.each([
    ['我叫张建国，住3号楼', '我叫***，住3号楼'],
    ['张 建 国反映', '***反映'],
    ['张·建国', '***'],
    ['张先生来电，张女士不在，张某称', '*先生来电，*女士不在，*某称'],
    ['请找张师傅或老张。', '请找*师傅或老*。'],
    ['张某某举报', '*某某举报'],
    ['免贵姓张，住建国路', '免贵姓*，住建国路'],
    ['张店区张家村的李先生', '张店区张家村的李先生'],
  ])('%s → %s', (text, expected) => expect(mask(text)).toBe(expected))

  it('复姓', () => {
    const compound = createNameMask('欧阳静文')
    expect(compound('欧阳静文、欧阳女士、欧女士')).toBe('***、*女士、欧女士')
  })
  it('登记的就是称呼，也认得', () => {
    expect(createNameMask('王女士')('王女士说王先生也在')).toBe('*女士说*先生也在')
  })
  it.each(['滨州甲乙(集团)公司', '滨州甲乙（集团）公司'])('企业名称，括号半角全角一样：%s', (text) => {
    expect(createNameMask('滨州甲乙（集团）公司')(`我们${text}反映`)).toBe('我们***反映')
  })
  it.each([undefined, '', '匿名', '匿名群众', '不详', '先生'])('没有姓名（%s）就原样', (name) =>
    expect(createNameMask(name)('匿名群众张先生不详')).toBe('匿名群众张先生不详'),
  )
  it('姓名里的特殊字符不作正则', () => expect(createNameMask('A(B')('A(B来电')).toBe('***来电'))
  it('截断处露出的半个姓名', () => {
    expect(dropCutName('我叫张建', '张建国')).toBe('我叫*')
    expect(dropCutName('我叫张', '张建国')).toBe('我叫*')
    expect(dropCutName('我叫李', '张建国')).toBe('我叫李')
    expect(dropCutName('我叫', undefined)).toBe('我叫')
  })
})
