import { describe, expect, it } from 'vitest'
import { diffProfiles, PROFILE_FIELDS, valueAt } from './fields'
import { hours, workdays } from './limit'
import { DEFAULT_PROFILE, presetOf, PRESETS } from './presets'
import type { LimitProfile } from './profile'
import { contentOf, LimitProfileInput } from './profileInput'

const content = contentOf(DEFAULT_PROFILE)
const messages = (overrides: object) =>
  LimitProfileInput.safeParse({ ...content, ...overrides }).error?.issues.map(({ message }) => message) ?? []

describe('时限方案的录入', () => {
  it('全部预设都合格，且一字不改', () => {
    for (const profile of [DEFAULT_PROFILE, ...PRESETS]) {
      const { id: _, version: __, ...given } = profile
      expect([profile.id, contentOf(profile)]).toEqual([profile.id, given])
    }
  })

  it.each([
    ['同一格写两次', { resolve: [{ limit: workdays(5) }, { limit: workdays(7) }] }, '“各类诉求”写了两次'],
    [
      '一般与不写紧急程度是同一格',
      { resolve: [{ limit: workdays(5) }, { urgency: 'general', limit: workdays(7) }] },
      '“各类诉求”写了两次',
    ],
    ['紧急的按工作日', { resolve: [{ urgency: 'urgent', limit: workdays(1) }] }, '紧急事项不能等工作日'],
    ['半个工作日不是办理时限', { resolve: [{ limit: workdays(0.5) }] }, '工作日应为 1 至 250 的整数'],
    ['零小时', { rework: hours(0) }, '小时应在 1 分钟至 60 天之间'],
    ['权重不足一百', { scoreWeights: { response: 30, solved: 30, satisfied: 30 } }, '三项权重合计应为 100'],
    ['截止时刻', { dueTime: '25:00' }, '应为 HH:mm，最晚 24:00'],
    ['回访时段颠倒', { callback: { ...content.callback, callingHours: ['20:30', '08:30'] } }, '结束应晚于开始'],
    [
      '每次延期超过合计',
      { extension: { maxTimes: 2, maxEachWorkdays: 9, maxTotalWorkdays: 5 } },
      '每次延期不能超过合计',
    ],
    ['久未进展零天', { risk: { ...content.risk, quietWorkdays: 0 } }, '不得小于 1'],
    ['即将到期一个多月', { risk: { ...content.risk, soonHours: 721 } }, '不得大于 720'],
    ['特急不如紧急', { poolOrder: { ...content.poolOrder, criticalHours: 8 } }, '特急提前的小时数不得少于紧急'],
    ['封顶比一次还少', { poolOrder: { ...content.poolOrder, urgeHours: 5 } }, '封顶不得少于每次提前的小时数'],
    ['没有依据', { source: ' ' }, '请填写依据'],
    ['施行日期', { effectiveFrom: '2027-02-30' }, '不是有效的日期'],
  ])('%s，不收，并说明', (_, overrides, message) => {
    expect(messages(overrides).join()).toContain(message)
  })

  it('派单可以是半个工作日', () => {
    expect(messages({ dispatch: { ...content.dispatch, general: workdays(0.5) } })).toEqual([])
  })

  it('每一项都编得到：表单里没有的只有名称、依据和办理时限表', () => {
    const leaves = (value: unknown, path: string[] = []): string[] =>
      value !== null && typeof value === 'object' && !('unit' in value)
        ? Object.entries(value).flatMap(([name, inner]) => leaves(inner, [...path, name]))
        : [path.join('.')]
    const { id: _, version: __, name: ___, source: ____, resolve: _____, ...rest } = DEFAULT_PROFILE
    const edited = PROFILE_FIELDS.flatMap(({ fields }) => fields.map(({ path }) => path))
    expect(edited).toEqual(expect.arrayContaining(leaves(rest)))
  })
})

describe('两个版本的差别', () => {
  const lvliang = presetOf('lvliang-2024') as LimitProfile

  it('逐项说出旧值和新值', () => {
    const changes = diffProfiles(DEFAULT_PROFILE, lvliang)
    const of = (label: string) => changes.find((change) => change.label === label)
    expect(of('派单（一般）')).toMatchObject({ from: '当日', to: '半个工作日' })
    expect(of('办理时限：咨询')).toMatchObject({ from: undefined, to: '3 个工作日' })
    expect(of('办理时限：各类诉求 · 复杂')).toMatchObject({ from: '7 个工作日', to: undefined })
    expect(of('每次延期上限')).toMatchObject({ from: '不限', to: '3 个工作日' })
    expect(of('退单（一般）')).toBeUndefined()
  })

  it('相同的没有差别', () => {
    expect(diffProfiles(lvliang, { ...lvliang, version: 2 })).toEqual([])
    expect(valueAt(lvliang, 'callback.callingHours.1')).toBe('20:30')
  })
})
