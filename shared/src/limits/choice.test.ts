import { describe, expect, it } from 'vitest'
import { chooseLimit } from './choice'
import { days, hours, workdays } from './limit'
import { DEFAULT_PROFILE, presetOf } from './presets'
import type { LimitCase } from './profile'

const ordinary: LimitCase = { kind: 'complaint', complexity: 'general', urgency: 'general' }
const urgent: LimitCase = { ...ordinary, urgency: 'urgent' }
const choose = (of: LimitCase, given = {}) => chooseLimit(DEFAULT_PROFILE, of, given)

describe('时限取哪一个：法定 > 指定 > 派单目录 > 时限方案', () => {
  it('都没有时按时限方案', () => {
    expect(choose(ordinary)).toEqual({
      limit: workdays(5),
      from: 'profile',
      explain: ['时限方案“滨州市默认时限”规定 5 个工作日'],
    })
  })

  it('派单目录有规定的按目录，可长可短', () => {
    expect(choose(ordinary, { catalogue: workdays(10) })).toMatchObject({ limit: workdays(10), from: 'catalogue' })
    expect(choose(ordinary, { catalogue: workdays(2) })).toMatchObject({ limit: workdays(2), from: 'catalogue' })
  })

  it('派单时可以缩短', () => {
    const chosen = choose(ordinary, { manual: workdays(3), catalogue: workdays(10) })
    expect(chosen).toMatchObject({ limit: workdays(3), from: 'manual' })
    expect(chosen.explain).toEqual(['派单目录规定 10 个工作日', '派单时指定 3 个工作日'])
    expect(choose(ordinary, { manual: hours(48) }).limit).toEqual(hours(48))
    expect(choose(ordinary, { manual: workdays(5) }).from).toBe('manual')
  })

  it('派单时不可以延长', () => {
    expect(() => choose(ordinary, { manual: workdays(6) })).toThrow('指定的时限 6 个工作日不能长于规定的 5 个工作日')
    expect(() => choose(ordinary, { manual: workdays(5), catalogue: workdays(3) })).toThrow('3 个工作日')
    expect(() => choose(urgent, { manual: workdays(1) })).toThrow('请换用相同单位')
    expect(() => choose(ordinary, { manual: workdays(6) })).toThrow(expect.objectContaining({ code: 'ruleViolated' }))
  })

  it('法定时限最先，长的也从其规定', () => {
    const chosen = choose(ordinary, { statutory: workdays(60), manual: workdays(3), catalogue: workdays(10) })
    expect(chosen).toMatchObject({ limit: workdays(60), from: 'statutory' })
    expect(chosen.explain).toEqual(['法定时限 60 个工作日，从其规定', '派单时指定的 3 个工作日不采用'])
    expect(choose(ordinary, { statutory: workdays(60), manual: workdays(90) }).limit).toEqual(workdays(60))
  })

  it('派单目录不延长紧急工单的时限', () => {
    const chosen = choose(urgent, { catalogue: workdays(5) })
    expect(chosen).toMatchObject({ limit: hours(24), from: 'profile' })
    expect(chosen.explain[0]).toBe('派单目录规定 5 个工作日，长于紧急工单的时限，不采用')
    expect(choose(urgent, { catalogue: hours(4) })).toMatchObject({ limit: hours(4), from: 'catalogue' })
  })

  it('按自然日的城市也可缩短', () => {
    const beijing = presetOf('beijing-standard-draft-2021') ?? DEFAULT_PROFILE
    expect(chooseLimit(beijing, ordinary, { manual: days(3) }).limit).toEqual(days(3))
  })
})
