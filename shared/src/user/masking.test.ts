import { describe, expect, it } from 'vitest'
import {
  dropNumbers,
  isPhone,
  maskEveryNumber,
  maskIdNumber,
  maskName,
  maskPhone,
  maskText,
  normalizePhone,
} from './masking'
import { passwordProblems } from './password'

describe('电话号码', () => {
  it.each([
    ['13800000000', '13800000000'],
    ['+86 138-0000-0000', '13800000000'],
    ['008613800000000', '13800000000'],
    ['１３８００００００００', '13800000000'],
    ['0543-3161234', '05433161234'],
    ['(0543) 3161234', '05433161234'],
    ['+86 543 3161234', '05433161234'],
    ['0086-10-88886666', '01088886666'],
    ['８６　５４３－３１６１２３４', '05433161234'],
    ['013800000000', '13800000000'],
    ['8612345', '8612345'],
    ['86123456', '86123456'],
    ['12345', '12345'],
    ['无', ''],
  ])('%s 归一为 %s', (text, expected) => expect(normalizePhone(text)).toBe(expected))

  it.each([
    ['13800000000', '138****0000'],
    ['0543-3161234', '0543-*****34'],
    ['010-88886666', '010-******66'],
    ['3161234', '*****34'],
    ['110', '***'],
    ['', ''],
  ])('%s 显示为 %s', (phone, expected) => expect(maskPhone(phone)).toBe(expected))

  it('识别手机、固话、400，拒绝其他', () => {
    expect(['13912345678', '0543-3161234', '400-123-4567', '3161234'].every(isPhone)).toBe(true)
    expect(['12345678901', '110', 'abc', ''].some(isPhone)).toBe(false)
  })
})

describe('脱敏', () => {
  it('姓名只留姓，长度不泄露', () => {
    expect(maskName('张三')).toBe('张**')
    expect(maskName('欧阳建国')).toBe('欧**')
    expect(maskName(' ')).toBe('')
  })
  it('证件号留前六位和末位', () => expect(maskIdNumber('372301199001011234')).toBe('372301***********4'))
  it('正文里的电话和证件号', () => {
    expect(maskText('我电话13812345678,身份证372301199001011234,3号楼2单元')).toBe(
      '我电话138****5678,身份证372301***********4,3号楼2单元',
    )
    expect(maskText('座机0543-3161234,工单371600261122000041')).toBe('座机0543-*****34,工单371600261122000041')
  })
  it('全角数字也一样', () => expect(maskText('电话１３８１２３４５６７８,３号楼')).toBe('电话138****5678,３号楼'))
  it('匿名、保密的，任何长号码都不留，不论怎么分组', () => {
    for (const number of ['3161234', '1381 234 5678', '138.1234.5678', '13812345678', '622202160801234567'])
      expect(maskEveryNumber(`请回${number}。`)).not.toMatch(/\d{5}|\d{3,4}[ .]\d{3}/)
    expect(maskEveryNumber('2026-11-20 第3号楼2单元,欠薪12000元')).toBe('2026-11-20 第3号楼2单元,欠薪12000元')
  })
  it('进入检索的文本不含长数字', () => {
    expect(dropNumbers('打13812345678或3161234,第12号楼')).not.toMatch(/\d{7}/)
    expect(dropNumbers('第12号楼')).toBe('第12号楼')
  })
})

describe('密码要求', () => {
  it('足够长且三类字符', () => expect(passwordProblems('Hotline@12345', 'clerk@371602')).toEqual([]))
  it.each([['short1A!'], ['alllowercaseletters'], ['Clerk@9999-x'], ['Aaaaaa11111!']])('%s 不行', (password) =>
    expect(passwordProblems(password, 'clerk@371602').length).toBeGreaterThan(0),
  )
})
