import { describe, expect, it } from 'vitest'
import { after, by, on } from '../ticket/testing/given'
import * as s from '../ticket/testing/stories'
import * as w from '../ticket/testing/world'
import { quietSinceOf } from './quiet'
import { quietBefore, RISK_NAMES, riskCondition, riskFormula, riskLabel, riskNote } from './risks'

const bureau = w.bureau

describe('久未进展', () => {
  it('连续三个工作日：周末和放假不算，当天算', () => {
    // A Thursday: Tuesday, Wednesday and Thursday without a move.
    expect(quietBefore(w.at('2026-11-26 09:00'), w.calendar, 3)).toEqual(w.at('2026-11-23 24:00'))
    // A Monday: Thursday, Friday and Monday.
    expect(quietBefore(w.at('2026-11-30 00:00'), w.calendar, 3)).toEqual(w.at('2026-11-25 24:00'))
    // A city that looks after five.
    expect(quietBefore(w.at('2026-11-30 00:00'), w.calendar, 5)).toEqual(w.at('2026-11-23 24:00'))
  })

  it('派单、签收、联系、进展、反馈都算进展；催办、黄牌、督办不算', () => {
    const handling = after(s.handling)
    expect(quietSinceOf(handling)).toEqual(handling.assignments[0]?.acknowledgedAt)
    const urged = after(s.handling, on('2026-11-25 10:00'), by(w.supervisor, 'urge'))
    expect(quietSinceOf(urged)).toEqual(quietSinceOf(handling))
    const contacted = after(s.handling, on('2026-11-25 10:00'), by(bureau.handler, 'recordContact'))
    expect(quietSinceOf(contacted)).toEqual(w.at('2026-11-25 10:00'))
  })

  it('不在承办单位手中的、已办结的不算', () => {
    expect(quietSinceOf(after(s.registered))).toBeUndefined()
    expect(quietSinceOf(after(s.closed))).toBeUndefined()
  })

  it('回访不满意重办的，从退回单位算起', () => {
    const again = after(
      s.inCallback,
      on('2026-12-01 10:00'),
      by(w.callbackOfficer, 'recordCallback', s.dissatisfied('reasonable')),
    )
    expect(quietSinceOf(again)).toEqual(w.at('2026-12-01 10:00'))
  })
})

it('每一栏的名称、口径和条件都跟本市方案的数走', () => {
  const own = { designateAfterReturns: 2, risk: { soonHours: 48, quietWorkdays: 5, reworks: 3 } }
  expect(RISK_NAMES.map((risk) => riskLabel(risk, own))).toEqual([
    ...['今日到期', '48 小时内', '超期', '二次退单', '三次重办', '久未进展'],
  ])
  expect(RISK_NAMES.map((risk) => riskLabel(risk, w.profile))).toEqual([
    ...['今日到期', '24 小时内', '超期', '三次退单', '二次重办', '久未进展'],
  ])
  expect(riskNote('quiet', own)).toBe('满 5 个工作日')
  expect(riskFormula('quiet', { profile: own })).toContain('连续 5 个工作日')
  expect(riskFormula('soon', { profile: own })).toContain('48 小时内')
  const rules = { now: w.at('2026-11-26 09:00'), calendar: w.calendar, profile: own }
  expect(JSON.stringify(riskCondition('soon', rules))).toContain(w.at('2026-11-28 09:00').toISOString())
  expect(JSON.stringify(riskCondition('reworked', rules))).toContain('"value":3')
})

it('每一栏都说得清怎么数', () => {
  for (const risk of RISK_NAMES) expect(riskFormula(risk, { profile: w.profile })).toMatch(/的(（.+）)?$/)
})
