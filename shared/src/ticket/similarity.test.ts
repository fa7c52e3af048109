import { describe, expect, it } from 'vitest'
import { comparableText, isSameSpot, similarityOf } from './similarity'

const SITE = '渤海十八路黄河五路东南角工地连续三晚施工到凌晨两点，影响休息，孩子要中考，打过一次电话没有解决。'

describe('文字相似', () => {
  it.each([
    ['一字不差', SITE, SITE],
    ['标点、空格、全角不同', SITE, SITE.replaceAll('，', ' , ').replace('18', '１８')],
    ['多了套话和电话号码', SITE, `您好，市民反映：${SITE}希望有关部门尽快核实处理，联系电话13800001234，谢谢。`],
    ['后一次只说其中一半，原话', SITE, '渤海十八路黄河五路东南角工地连续三晚施工到凌晨两点，影响休息。'],
    ['号码写法不同', `${SITE}联系13800001234`, `${SITE}联系 139-1111-2222`],
  ])('%s：不低于 0.8', (_what, one, other) => {
    expect(similarityOf(one, other)).toBeGreaterThanOrEqual(0.8)
    expect(similarityOf(other, one)).toBe(similarityOf(one, other))
  })

  it.each([
    ['换一种说法', SITE, '渤海十八路黄河五路口的工地又在半夜施工，到凌晨两点还很吵，影响休息，上次打电话没有解决。'],
    [
      '同一处换一名话务员记录',
      '小区二次供水水压不足，五楼以上每天早晚没有水，物业说是水泵坏了。',
      '来电人称小区五楼以上早晚没有水，水压不足，物业答复水泵坏了一直不修。',
    ],
  ])('%s：在 0.3 与 0.8 之间', (_what, one, other) => {
    expect(similarityOf(one, other)).toBeGreaterThan(0.3)
    expect(similarityOf(one, other)).toBeLessThan(0.8)
  })

  it.each([
    ['另一件事', SITE, '惠民县何坊街道某村自来水浑浊发黄，村里说管道老化，问什么时候更换。'],
    ['只有套话相同', '您好，希望有关部门尽快处理路灯不亮。', '您好，希望有关部门尽快处理幼儿园收费。'],
    ['空的', SITE, ''],
    ['只有号码', '13800001234', '13800001234'],
  ])('%s：低于 0.2', (_what, one, other) => {
    expect(similarityOf(one, other)).toBeLessThan(0.2)
  })

  it('两三个字相同不算相似', () => {
    expect(similarityOf('停水了', `${SITE}昨天还停水了`)).toBeLessThan(0.3)
  })

  it('号码、证件号不参与比较', () => {
    expect(comparableText('张女士 13800001234，身份证 372301199001011234，1380****234')).toBe('张女士身份证')
  })

  it('再长的文字也只比开头', () => {
    const long = SITE.repeat(400)
    expect(comparableText(long).length).toBeLessThanOrEqual(4_000)
    expect(similarityOf(long, SITE)).toBeGreaterThan(0.8)
  })
})

describe('同一地点', () => {
  it.each([
    ['渤海十八路黄河五路', '黄河五路渤海十八路'],
    ['渤海十八路黄河五路东南角', '渤海十八路与黄河五路交叉口'],
    ['渤海十八路黄河五路东南角工地', '渤海十八路黄河五路'],
    ['幸福家园小区3号楼', '幸福家园小区 3 号楼二单元'],
    ['彭李街道东关小区', '东关小区'],
    ['黄河八路385号', '黄河八路３８５号'],
  ])('%s = %s', (one, other) => {
    expect(isSameSpot(one, other)).toBe(true)
    expect(isSameSpot(other, one)).toBe(true)
  })

  it.each([
    ['黄河五路渤海十八路', '黄河五路渤海七路'],
    ['渤海十八路', '渤海十八路黄河五路'],
    ['黄河八路385号', '黄河八路512号'],
    ['幸福家园小区', '阳光花园小区'],
    ['东关', '东关'.slice(0, 1)],
    ['', ''],
    [undefined, '渤海十八路'],
  ])('%s ≠ %s', (one, other) => {
    expect(isSameSpot(one, other)).toBe(false)
    expect(isSameSpot(other, one)).toBe(false)
  })
})
