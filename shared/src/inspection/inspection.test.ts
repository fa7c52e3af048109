import { describe, expect, it } from 'vitest'
import type { Actor } from '../actor'
import type { Role } from '../user/roles'
import { inspectionActs, RoundInput, sampleSize, scoredBy, scoreProblems, type Inspected } from './inspection'
import { FIRST_SHEETS, SheetInput, type ScoreSheet } from './sheet'

const handling = FIRST_SHEETS.find(({ kind }) => kind === 'handling') as ScoreSheet
const full = {
  scores: handling.items.map(({ key, max }) => ({ key, points: max, words: '' })),
  vetoes: [],
  opinion: '好',
}
const score = (change: object) => ({ ...full, demand: '', ...change })
const now = new Date('2026-11-22T10:00:00+08:00')
const actor = (userId: string, unitId: string, ...roles: Role[]): Actor => ({ userId, name: userId, unitId, roles })
const one = (change: Partial<Inspected> = {}): Inspected => ({
  ...{ kind: 'handling', state: 'scored', isClosed: false, inspectorId: 'i1', unitId: 'ZJ', hasObjected: false },
  ...{ isRectified: false, scoredAt: now },
  ...change,
})
const clerk = actor('c', 'ZJ', 'clerk')

describe('评分表', () => {
  it('内置的两张各是一百分', () => {
    for (const sheet of FIRST_SHEETS) {
      const { version: _version, ...rest } = sheet
      expect(SheetInput.safeParse({ ...rest, note: '初版', basedOn: 0 }).error).toBeUndefined()
    }
  })

  it('合计不是一百分的不收，说出现在是多少', () => {
    const items = [{ key: 'a', label: '项目', max: 90 }]
    const parsed = SheetInput.safeParse({ kind: 'intake', items, note: '改', basedOn: 1 })
    expect(parsed.error?.issues.map(({ message }) => message)).toEqual(['各项合计应为 100 分，现在是 90 分'])
  })

  it('扣分须写原因，不能超过该项分值，每项都要打', () => {
    const [first, second, ...rest] = full.scores
    const scores = [{ ...first, points: 31 }, { ...second, points: 10 }, ...rest.slice(1)] as typeof full.scores
    expect(scoreProblems(handling, score({ scores })).map(({ message }) => message)).toEqual([
      '答其所问最多 30 分',
      '事实与依据扣了分，请写明原因',
      '解决还没有打分',
    ])
    expect(scoreProblems(handling, score({}))).toEqual([])
    expect(scoreProblems(handling, score({ demand: '补充现场照片' }))).toEqual([
      { path: 'rectifyBy', message: '请定整改期限' },
    ])
  })

  it('一票否决的总分为零', () => {
    expect(scoredBy(handling, score({}))).toMatchObject({ total: 100, isPassed: true })
    expect(scoredBy(handling, score({ vetoes: ['虚假反馈'] }))).toMatchObject({ total: 0, isPassed: false })
  })
})

describe('谁能做什么', () => {
  it('检查人打分；被检查单位五日内申诉一次；别人复核，检查人自己不能', () => {
    expect(inspectionActs(actor('i1', 'HQ', 'inspector'), one({ state: 'toScore' }), now)).toEqual(['score'])
    expect(inspectionActs(clerk, one(), now)).toEqual(['object'])
    expect(inspectionActs(clerk, one({ hasObjected: true }), now)).toEqual([])
    expect(inspectionActs(clerk, one({ scoredAt: new Date(now.getTime() - 6 * 86_400_000) }), now)).toEqual([])
    const objected = one({ state: 'objected', hasObjected: true })
    expect(inspectionActs(actor('s', 'HQ', 'supervisor'), objected, now)).toEqual(['review'])
    expect(inspectionActs(actor('i1', 'HQ', 'supervisor'), objected, now)).toEqual([])
    expect(inspectionActs(actor('x', 'SJ', 'clerk'), one(), now)).toEqual([])
    expect(inspectionActs(actor('h', 'ZJ', 'handler'), one(), now)).toEqual([])
  })

  it('受理质量由话务员本人申诉', () => {
    const intake = one({ kind: 'intake', unitId: undefined, agentId: 'a1' })
    expect(inspectionActs(actor('a1', 'HW', 'agent'), intake, now)).toEqual(['object'])
    expect(inspectionActs(actor('a2', 'HW', 'agent'), intake, now)).toEqual([])
  })

  it('有整改要求的由被检查单位回复；归档以后什么都不能改', () => {
    expect(inspectionActs(clerk, one({ demand: '补照片' }), now)).toEqual(['object', 'rectify'])
    expect(inspectionActs(clerk, one({ demand: '补照片', isRectified: true }), now)).toEqual(['object'])
    for (const who of [clerk, actor('i1', 'HQ', 'inspector', 'supervisor')])
      expect(inspectionActs(who, one({ demand: '补照片', isClosed: true }), now)).toEqual([])
  })
})

describe('抽多少', () => {
  it('比例不足一件按一件；不超过总数和上限', () => {
    expect(sampleSize({ by: 'percent', n: 5 }, 21)).toBe(2)
    expect(sampleSize({ by: 'percent', n: 0.1 }, 3)).toBe(1)
    expect(sampleSize({ by: 'count', n: 20 }, 7)).toBe(7)
    expect(sampleSize({ by: 'percent', n: 100 }, 40_000)).toBe(500)
    expect(sampleSize({ by: 'percent', n: 5 }, 0)).toBe(0)
  })

  it('检查人选重、日期颠倒、没有检查人都说明白', () => {
    const input = {
      name: '十一月',
      kind: 'handling',
      from: '2026-11-20',
      to: '2026-11-01',
      sample: { by: 'count', n: 5 },
    }
    const messages = (inspectorIds: string[]) =>
      RoundInput.safeParse({ ...input, inspectorIds }).error?.issues.map(({ message }) => message)
    expect(messages(['a', 'a'])).toEqual(['结束日期不能早于开始日期', '检查人选了两次'])
    expect(messages([])).toContain('请选择检查人')
  })
})
