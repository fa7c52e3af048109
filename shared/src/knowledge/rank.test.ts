import { describe, expect, it } from 'vitest'
import type { KnowledgeContent } from './article'
import { createRanking, excerptOf, LEAST, type Asked } from './rank'

const article = (given: Partial<KnowledgeContent> & { uses?: number } = {}): KnowledgeContent & { uses: number } => ({
  question: '社保卡丢了怎么补办？',
  phrasings: ['社会保障卡遗失如何办理补领'],
  keywords: ['社保卡', '补卡'],
  answer: '先拨打银行客服挂失。带身份证到网点当场补换。第三代卡不收费。',
  basis: '社会保障卡管理办法',
  unitId: '371600-RS',
  matterCodes: ['080501'],
  regionCodes: [],
  validFrom: '2026-01-01',
  isPublic: true,
  uses: 0,
  ...given,
})
const rankOf = (asked: Asked, one = article()) =>
  createRanking(
    asked,
    () => 1,
    (code, root) => code.startsWith(root),
  )(one)

describe('知识检索的排序', () => {
  it('一字不差的问法最高，标点、大小写和“咨询：”不算', () => {
    expect(rankOf({ q: '咨询：社保卡丢了怎么补办' })).toMatchObject({ reasons: ['问法相同'] })
    const exact = rankOf({ q: '社保卡丢了怎么补办' }).score
    for (const q of ['社保卡补办', '社保卡在哪办', '挂失', '电话咨询社会保障卡不见了要怎样补领新卡'])
      expect([q, rankOf({ q }).score < exact]).toEqual([q, true])
  })

  it('长长的来电内容里问到的也找得到', () => {
    const q = '市民来电反映，昨天在渤海国际坐公交车时钱包被偷，里面的社保卡丢了怎么补办，银行那边说要先挂失，请告知。'
    expect(rankOf({ q }).score).toBeGreaterThan(0.5)
  })

  it('不相干的不出现', () => {
    for (const q of ['暖气不热', '小区物业乱收费怎么投诉', ''])
      expect([q, rankOf({ q }).score < LEAST]).toEqual([q, true])
  })

  it('事项相同的靠前；只有事项也算', () => {
    const plain = rankOf({ q: '社保卡补办' })
    const same = rankOf({ q: '社保卡补办', matterCode: '080501' })
    expect(same.score).toBeGreaterThan(plain.score)
    expect(same.reasons).toContain('事项相同')
    expect(rankOf({ q: '', matterCode: '080501' })).toMatchObject({ reasons: ['事项相同'] })
    expect(rankOf({ q: '', matterCode: '080501' }).score).toBeGreaterThanOrEqual(LEAST)
  })

  it('只适用别处的排到后面，适用本地的注明', () => {
    const local = article({ regionCodes: ['371602'] })
    expect(rankOf({ q: '社保卡补办', regionCode: '371602005' }, local).reasons).toContain('适用本地')
    const here = rankOf({ q: '社保卡补办', regionCode: '371602005' }, local).score
    expect(rankOf({ q: '社保卡补办', regionCode: '371621' }, local).score).toBeLessThan(here / 2)
  })

  it('一样相近时，用得多的在前', () => {
    const used = rankOf({ q: '社保卡补办' }, article({ uses: 30 }))
    expect(used.score).toBeGreaterThan(rankOf({ q: '社保卡补办' }).score)
    expect(used.reasons).toContain('用过 30 次')
  })

  it('摘出说到所问的那一句', () => {
    expect(excerptOf(article().answer, '补换收费吗')).toMatch(/^…带身份证到网点当场补换/)
    expect(excerptOf(article().answer, '')).toMatch(/^先拨打银行客服挂失/)
  })
})
