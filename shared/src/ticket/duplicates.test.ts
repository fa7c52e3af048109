import { describe, expect, it } from 'vitest'
import { DUPLICATE_RULES as RULES } from './duplicateRules'
import { createComparer, isHot, type Told } from './duplicates'

const BINCHENG = ['371600', '371602', '371602005']
const NOW = new Date('2026-11-20T10:00:00+08:00')
const DETAIL = '工地连续三晚施工到凌晨两点，影响休息，孩子要中考，打过一次电话没有解决。'

const now: Told = {
  at: NOW,
  matterCode: '010501',
  regionCode: '371602005',
  regionPath: BINCHENG,
  address: '渤海十八路黄河五路',
  title: '夜间施工噪音',
  detail: DETAIL,
}
const earlier = (days: number, overrides: Partial<Told> = {}): Told => ({
  ...now,
  at: new Date(NOW.getTime() - days * 86_400_000),
  ...overrides,
})
const judge = (told: Told, isSameNumber: boolean) => createComparer(now, RULES).judge(told, isSameNumber)
const OTHER_WORDS = '来电人问公园里的健身器材坏了什么时候修，已经坏了半个月。'

describe('重复识别（domain.md §2.8）', () => {
  it('同一号码 30 天内、同区县、同三级事项、文字相似不低于 0.8：疑似重复', () => {
    expect(judge(earlier(7), true)).toEqual({
      grade: 'repeat',
      confidence: 1,
      reasons: ['同一号码', '7 天前', '同地点同事项', '文字 100% 相似'],
    })
    expect(judge(earlier(30), true)?.grade).toBe('repeat')
    const nearby = { regionCode: '371602', regionPath: ['371600', '371602'], address: undefined }
    expect(judge(earlier(7, nearby), true)?.grade).toBe('repeat')
  })

  it.each([
    ['第 31 天', earlier(31)],
    ['另一区县', earlier(7, { regionCode: '371603', regionPath: ['371600', '371603'] })],
    ['另一事项', earlier(7, { matterCode: '060304' })],
    ['文字不像', earlier(7, { title: '健身器材', detail: OTHER_WORDS })],
  ])('缺一个条件就不是：%s', (_what, told) => {
    expect(judge(told, true)?.grade).not.toBe('repeat')
  })

  it('同一号码，事项同类或文字有些像：可能重复，说明理由', () => {
    expect(judge(earlier(1, { title: '健身器材', detail: OTHER_WORDS, address: undefined }), true)).toMatchObject({
      grade: 'likely',
      reasons: ['同一号码', '昨天', '同街道（乡镇）同事项'],
    })
    expect(judge(earlier(0, { matterCode: '010502' }), true)).toMatchObject({
      grade: 'likely',
      reasons: ['同一号码', '今天', '同地点同类事项', '文字 100% 相似'],
    })
  })

  it('同一号码，另一件事：不提示', () => {
    expect(judge(earlier(3, { matterCode: '060304', title: '健身器材', detail: OTHER_WORDS }), true)).toBeUndefined()
  })

  it('其他来电人，同地点同事项：同类聚合，文字不像也算', () => {
    const told = earlier(2, { title: '太吵', detail: '晚上吵得睡不着觉。' })
    expect(judge(told, false)).toMatchObject({
      grade: 'cluster',
      reasons: ['其他来电人', '2 天前', '同地点同事项'],
    })
  })

  it('其他来电人，同街道同事项，有一方没说地点：文字有些像才算', () => {
    const vague = { address: undefined }
    expect(judge(earlier(2, vague), false)?.grade).toBe('cluster')
    expect(judge(earlier(2, { ...vague, title: '太吵', detail: OTHER_WORDS }), false)).toBeUndefined()
  })

  it('同名的路在另一区县：不是同一地点', () => {
    const far = { regionCode: '371603', regionPath: ['371600', '371603'], title: '太吵', detail: OTHER_WORDS }
    expect(judge(earlier(2, far), false)).toBeUndefined()
  })

  it('其他来电人，事项、地点都不同，文字很像：文字相似', () => {
    const told = earlier(2, { matterCode: '060304', regionCode: '371603', regionPath: ['371600', '371603'] })
    expect(judge(told, false)).toMatchObject({ grade: 'alike', reasons: ['其他来电人', '2 天前', '文字 100% 相似'] })
  })

  it('次序：疑似重复在可能重复前，可能重复在同类前', () => {
    const repeat = judge(earlier(20), true)!
    const likely = judge(earlier(1, { title: '', detail: '夜里又在施工，吵。' }), true)!
    const cluster = judge(earlier(0, { title: '太吵', detail: '晚上吵得睡不着觉。' }), false)!
    expect(repeat.confidence).toBeGreaterThan(likely.confidence)
    expect(likely.confidence).toBeGreaterThan(cluster.confidence)
  })

  it('还什么都没填：没有可比的', () => {
    const blank: Told = { at: NOW, regionPath: [], detail: '' }
    expect(createComparer(blank, RULES).judge(earlier(1), false)).toBeUndefined()
    expect(createComparer(blank, RULES).judge(earlier(1), true)).toBeUndefined()
  })

  it('同一天五名来电人，达到热点；四名不到', () => {
    expect([isHot(4, RULES), isHot(5, RULES)]).toEqual([false, true])
  })
})
