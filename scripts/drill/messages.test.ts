import { describe, expect, it } from 'vitest'
import { cutTitle, readMessages } from './messages'
import { kindOf, searchWordsOf } from './words'

const line = (row: object) => JSON.stringify(row)

describe('读入诉求', () => {
  it('标题、内容、时间、答复各有不同的叫法', () => {
    const text = [
      line({ title: '路灯不亮', detail: '晚上很黑。', time: '2019-04-25 09:32:09', reply: '已修复。' }),
      line({ title: '公交改线', content: '要走一公里。', date: '2019-03-03', district: '滨城区', nature: '投诉' }),
      line({ title: '没有时间', detail: '内容', time: null }),
    ].join('\n')
    expect(readMessages(`${text}\n`)).toEqual([
      {
        title: '路灯不亮',
        detail: '晚上很黑。',
        occurredAt: new Date('2019-04-25T09:32:09+08:00'),
        reply: '已修复。',
      },
      {
        title: '公交改线',
        detail: '要走一公里。',
        occurredAt: new Date('2019-03-03T00:00:00+08:00'),
        district: '滨城区',
        nature: '投诉',
      },
      { title: '没有时间', detail: '内容' },
    ])
  })

  it('没有标题的取内容的第一句，都没有的略过', () => {
    expect(readMessages(line({ content: '小区停水三天了。' }))[0]?.title).toBe('小区停水三天了。')
    expect(readMessages(`${line({ id: 1 })}\n\n`)).toEqual([])
  })

  it('不是 JSON 的说出行号', () => {
    expect(() => readMessages(`${line({ title: '一', detail: '二' })}\nnot json`)).toThrow('第 2 行')
  })

  it('标题不超过 60 字，在句读处截断', () => {
    const sentence = '一'.repeat(40)
    expect(cutTitle(`${sentence}，${sentence}`)).toBe(sentence)
    expect(cutTitle('长'.repeat(80))).toHaveLength(60)
    expect(cutTitle(`${'长'.repeat(58)}😀😀`)).toBe(`${'长'.repeat(58)}…`)
  })
})

describe('由词语定类型', () => {
  it.each([
    ['举报某公司偷税漏税', 'report'],
    ['投诉夜间施工噪音', 'complaint'],
    ['建议增设公交站', 'suggestion'],
    ['咨询落户政策', 'inquiry'],
    ['表扬社区工作人员', 'praise'],
    ['路灯坏了', 'help'],
  ])('%s', (title, kind) => expect(kindOf({ title, detail: '' })).toBe(kind))

  it('来源写明的优先', () => expect(kindOf({ title: '咨询政策', detail: '', nature: '投诉' })).toBe('complaint'))
})

it('搜索词只取汉字，长的在前', () => {
  expect(searchWordsOf({ title: 'A3区路灯不亮', detail: '电话13800001234,每天晚上漆黑一片' })).toEqual([
    '每天晚上漆黑一片',
    '区路灯不亮',
  ])
})
