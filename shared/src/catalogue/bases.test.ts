import { describe, expect, it } from 'vitest'
import { findBases } from './bases'

const sources = [
  { matterCode: '01', basis: '住房和城乡建设部门三定规定' },
  { matterCode: '010103', basis: '《物业管理条例》第十条；社区工作职责清单' },
  { matterCode: '0302', basis: '《城镇燃气管理条例》' },
]
const find = (query: Parameters<typeof findBases>[1]) =>
  findBases(sources, query, (code) => (code === '0302' ? '公用事业>燃气' : '住房物业')).map(({ text }) => text)

describe('法规依据', () => {
  it('没有输入时列出本事项的，从细到粗，各条分开', () => {
    expect(find({ matterCode: '010103' })).toEqual([
      '《物业管理条例》第十条',
      '社区工作职责清单',
      '住房和城乡建设部门三定规定',
    ])
  })

  it('按词查，事项名称也算；查不到就是没有', () => {
    expect(find({ q: '条例', matterCode: '010103' })).toEqual(['《物业管理条例》第十条', '《城镇燃气管理条例》'])
    expect(find({ q: '燃气 管理' })).toEqual(['《城镇燃气管理条例》'])
    expect(find({ q: '教育' })).toEqual([])
  })
})
