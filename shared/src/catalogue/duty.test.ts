import { describe, expect, it } from 'vitest'
import { createMatters } from './createMatters'
import { dutyAllows, DutySave, unitLevelOf } from './duty'
import { FIRST_DUTY_LIST } from './dutyData'
import { MATTERS } from './matterData'
import { CATALOGUE_RULES } from './ruleData'

const matters = createMatters(MATTERS)
const allows = (code: string, level: 'county' | 'town' | 'village') =>
  dutyAllows(FIRST_DUTY_LIST, matters.pathOf(code), level)

describe('属地管理事项责任清单', () => {
  it('清单内的可下派街镇，写到社区（村）的可再下派（D12、D13）', () => {
    expect([allows('130701', 'town'), allows('130701', 'village')]).toEqual([true, true])
    expect(allows('130703', 'town')).toBe(true)
    expect(allows('130703', 'village')).toBe('该事项不在社区（村）职责清单内，只能派到街道、乡镇')
  })
  it('清单外的不得下派街镇，县区和市级部门之间不受它限制', () => {
    expect(allows('010501', 'town')).toBe('该事项不在属地管理事项责任清单内，不得下派街道、乡镇')
    expect(allows('010501', 'county')).toBe(true)
  })
  it('下级事项另有规定的，以下级为准', () => {
    expect(allows('010101', 'town')).toBe(true)
    expect(allows('010102', 'town')).toBe('属地管理事项责任清单写明该事项不得下派街道、乡镇')
    expect(allows('010103', 'village')).toBe(true)
  })
  it('事项都存在，没有重复，都写了依据；整份能通过校验', () => {
    const { rows } = FIRST_DUTY_LIST
    expect(rows.filter(({ matterCode }) => !matters.has(matterCode))).toEqual([])
    expect(new Set(rows.map(({ matterCode }) => matterCode)).size).toBe(rows.length)
    expect(DutySave.safeParse({ base: 1, rows, note: '初始' }).success).toBe(true)
  })
  it('目录直派街镇的事项，清单都允许', () => {
    const wrong = CATALOGUE_RULES.filter(({ lead }) => lead.kind === 'town').flatMap((rule) =>
      matters
        .leaves()
        .filter(({ code }) => code.startsWith(rule.matterCode))
        .filter(({ code }) => CATALOGUE_RULES.every((other) => other.matterCode !== code || other.lead.kind === 'town'))
        .filter(({ code }) => allows(code, 'town') !== true)
        .map(({ name }) => name),
    )
    expect(wrong).toEqual([])
  })
  it('单位在哪一级，看它是不是镇街、答复的是不是村居', () => {
    expect(unitLevelOf({ kind: 'town', regionCode: '371602005' })).toBe('town')
    expect(unitLevelOf({ kind: 'town', regionCode: '371602005012' })).toBe('village')
    expect(unitLevelOf({ kind: 'countyBureau', regionCode: '371602' })).toBe('county')
  })
})
