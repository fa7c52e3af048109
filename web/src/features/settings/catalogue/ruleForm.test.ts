import type { RuleView } from '@hotline/shared/catalogue/catalogueView'
import { describe, expect, it } from 'vitest'
import { cityUnitOf, keyOfPart, partOfKey } from './parts'
import { changesOf, formOf } from './ruleForm'

const RULE: RuleView = {
  id: 'R010501',
  matterCode: '010501',
  matterName: '住房物业>施工管理>夜间施工噪音',
  regionName: '全市',
  lead: { kind: 'countyBureau', suffix: 'ZJ' },
  leadText: '属地住建局',
  co: [{ kind: 'countyBureau', suffix: 'CG' }],
  coTexts: ['属地综合执法局'],
  cityUnitId: '371600-ZJ',
  cityUnitName: '滨州市住房和城乡建设局',
  basis: '《噪声污染防治法》第四十三条',
  standard: '现场核查',
  version: 1,
  state: 'current',
}

describe('改一条目录', () => {
  it('直接修改：还是这一条', () => {
    const form = { ...formOf(RULE), basis: '新的依据', limitUnit: 'hours' as const, limitN: 24 }
    expect(changesOf(form, RULE)).toMatchObject({
      changes: [{ type: 'change', id: 'R010501', rule: { basis: '新的依据', limit: { unit: 'hours', n: 24 } } }],
      errors: [],
    })
  })
  it('法定时限：要写明多少；改回按时限方案就不再是法定的', () => {
    const statutory = { ...formOf(RULE), limitUnit: 'workdays' as const, isLimitStatutory: true }
    expect(changesOf(statutory, RULE).errors.map(({ path }) => path)).toEqual(['limit'])
    const [change] = changesOf({ ...statutory, limitN: 20 }, RULE).changes
    expect(change).toMatchObject({ rule: { limit: { unit: 'workdays', n: 20 }, isLimitStatutory: true } })
    const [back] = changesOf({ ...statutory, limitUnit: 'profile' }, RULE).changes
    expect(back && 'rule' in back && back.rule.isLimitStatutory).toBeUndefined()
  })
  it('自某日起改为：旧的到前一日为止，新的从那天起', () => {
    const form = { ...formOf(RULE), way: 'replace' as const, day: '2027-01-01', lead: 'county' }
    expect(changesOf(form, RULE).changes).toMatchObject([
      { type: 'end', id: 'R010501', validTo: '2026-12-31' },
      { type: 'add', rule: { validFrom: '2027-01-01', lead: { kind: 'county' } } },
    ])
  })
  it('结束：只要最后一天，别的不看', () => {
    const form = { ...formOf(RULE), way: 'end' as const, basis: '' }
    expect(changesOf(form, RULE).errors).toEqual([{ path: 'day', message: '请选择最后一天' }])
    expect(changesOf({ ...form, day: '2026-12-31' }, RULE).changes).toEqual([
      { type: 'end', id: 'R010501', validTo: '2026-12-31' },
    ])
  })
  it('新增：没填的一次说全', () => {
    const { changes, errors } = changesOf(formOf(undefined), undefined)
    expect(changes).toEqual([])
    expect(errors.map(({ path }) => path)).toEqual(['matterCode', 'lead', 'cityUnitId', 'basis', 'standard'])
  })
})

describe('承办单位的选择', () => {
  it('存取一致；属地部门能找到市级主管部门', () => {
    for (const key of ['county', 'town', 'countyBureau:ZJ', 'bureau:371600-GA'])
      expect(keyOfPart(partOfKey(key))).toBe(key)
    const groups = [{ label: '市级部门', options: [{ value: 'bureau:371600-ZJ', label: '市住建局' }] }]
    expect(cityUnitOf('countyBureau:ZJ', groups)).toBe('371600-ZJ')
    expect(cityUnitOf('county', groups)).toBeUndefined()
  })
})
