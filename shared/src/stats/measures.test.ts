import { describe, expect, it } from 'vitest'
import { CALENDAR_YEARS } from '../calendar/data'
import { endOfDay, startOfDay } from '../calendar/day'
import { createCalendar } from '../calendar/workingDays'
import { matches } from './condition'
import { evaluate } from './evaluate'
import type { CaseFacts, TicketFacts } from './facts'
import { LIVE_COUNTS } from './liveCounts'
import { MEASURE_IDS, type MeasureId, type MeasureOptions } from './measure'
import { MEASURES, measureOf } from './measures'

const cal = createCalendar(CALENDAR_YEARS)
const november = { from: startOfDay('2026-11-01'), to: startOfDay('2026-12-01') }
const at = (text: string) => new Date(`2026-${text.replace(' ', 'T')}:00+08:00`)

const aCase = (own: Partial<CaseFacts> = {}): CaseFacts => ({
  unitId: 'u1',
  startedAt: at('11-02 09:00'),
  dueAt: endOfDay('2026-11-09'),
  unitDueAt: endOfDay('2026-11-09'),
  isLate: false,
  isUnitLate: false,
  ...own,
})
const aTicket = (own: Partial<TicketFacts> = {}): TicketFacts => {
  const cases = own.cases ?? []
  return {
    registeredAt: at('11-02 08:00'),
    status: 'handling',
    direct: false,
    dispatchCount: 0,
    returnRequestCount: 0,
    returnCount: 0,
    extensionCount: 0,
    reworkCount: 0,
    standingReworkCount: own.reworkCount ?? 0,
    cases,
    current: cases.at(-1),
    ...own,
  }
}
const value = (id: MeasureId, tickets: TicketFacts[], options: Partial<MeasureOptions> = {}, period = november) => {
  const { numerator, denominator } = evaluate(measureOf(id, options), tickets, period, cal)
  return denominator === undefined ? numerator : `${numerator}/${denominator}`
}
const ofCases = (...cases: Partial<CaseFacts>[]) => cases.map((own) => aTicket({ cases: [aCase(own)] }))

describe('指标', () => {
  it('每个指标一次，都有中文名和口径', () => {
    expect(MEASURES.map(({ id }) => id)).toEqual(MEASURE_IDS)
    for (const { label, formula } of MEASURES) expect(`${label}${formula}`).toMatch(/[一-龥]{4}/)
    expect(measureOf('onTimeCloseRate').target).toBe(98)
    expect(measureOf('satisfactionRate').target).toBe(95)
  })
})

describe('受理与派单', () => {
  const tickets = [
    aTicket({ direct: true, status: 'answered' }),
    aTicket({
      firstDispatchedAt: at('11-02 10:00'),
      acceptedAt: at('11-02 08:05'),
      dispatchCount: 3,
      returnRequestCount: 3,
      returnCount: 2,
    }),
    aTicket({
      firstDispatchedAt: at('11-03 10:00'),
      acceptedAt: at('11-02 08:05'),
      isDispatchedLate: true,
      dispatchCount: 1,
      extensionCount: 2,
    }),
    aTicket({ acceptedAt: at('11-02 08:05'), dispatchBy: endOfDay('2026-11-02') }),
    aTicket({ acceptedAt: at('11-30 20:00'), dispatchBy: endOfDay('2026-11-30'), registeredAt: at('11-30 20:00') }),
    aTicket({ isInvalid: true }),
    aTicket({ registeredAt: at('10-31 23:59') }),
    aTicket({ registeredAt: november.to }),
  ]

  it('受理量：期内登记的有效诉求，含直接办结', () => expect(value('received', tickets)).toBe(5))
  it('直接办结率', () => expect(value('directRate', tickets)).toBe('1/5'))
  it('转办率', () => expect(value('dispatchedRate', tickets)).toBe('2/5'))
  it('按时派单率：时限未到而未派的不算应派', () => expect(value('onTimeDispatchRate', tickets)).toBe('1/3'))
  it('退单率按次数', () => expect(value('returnRate', tickets)).toBe('3/4'))
  it('同意退单率', () => expect(value('approvedReturnRate', tickets)).toBe('2/3'))
  it('延期率按件数', () => expect(value('extensionRate', tickets)).toBe('1/2'))

  it('按时签收率、响应率', () => {
    const firstDispatchedAt = at('11-02 10:00')
    const firstContactBy = at('11-04 00:00')
    const acknowledged = [
      aTicket({ firstDispatchedAt, acknowledgedOnTime: true, firstContactBy, firstContactAt: firstContactBy }),
      aTicket({ firstDispatchedAt, acknowledgedOnTime: false, firstContactBy, firstContactAt: at('11-04 00:01') }),
      aTicket({ firstDispatchedAt, acknowledgedOnTime: true, firstContactBy }),
      aTicket({ firstDispatchedAt, acknowledgedOnTime: true, firstContactBy: at('12-02 00:00') }),
      aTicket({ firstDispatchedAt }),
    ]
    expect(value('onTimeAcknowledgeRate', acknowledged)).toBe('3/4')
    expect(value('responseRate', acknowledged)).toBe('1/3')
  })
})

describe('两种办结率', () => {
  it('转派口径：期内转派的，期末前已办结的', () => {
    const cases = ofCases(
      { closedAt: at('11-05 10:00') },
      {},
      { closedAt: november.to },
      { startedAt: at('10-30 09:00'), closedAt: at('11-05 10:00') },
    )
    expect(value('closeRate', cases)).toBe('1/3')
  })

  it('应结口径：期内到期的，加上此前到期而期初仍未办结的', () => {
    const cases = ofCases(
      { closedAt: at('11-05 10:00') },
      {},
      { dueAt: endOfDay('2026-12-01') },
      { dueAt: endOfDay('2026-10-20'), closedAt: at('11-03 10:00') },
      { dueAt: endOfDay('2026-10-20') },
      { dueAt: endOfDay('2026-10-20'), closedAt: at('10-31 23:59') },
    )
    expect(value('caseCloseRate', cases)).toBe('2/4')
  })

  it('最后一天 24:00 到期属于本期，上期最后一天 24:00 到期不属于', () => {
    expect(value('caseCloseRate', ofCases({ dueAt: endOfDay('2026-11-30') }))).toBe('0/1')
    expect(value('caseCloseRate', ofCases({ dueAt: endOfDay('2026-10-31'), closedAt: at('10-20 10:00') }))).toBe('0/0')
    expect(value('caseCloseRate', ofCases({ dueAt: endOfDay('2026-10-31'), closedAt: at('11-01 00:00') }))).toBe('1/1')
  })

  it('重启的再计一件，原来的办结不变', () => {
    const reopened = aTicket({
      cases: [
        aCase({ closedAt: at('11-05 10:00'), metAt: at('11-04 10:00') }),
        aCase({ startedAt: at('11-10 10:00'), dueAt: endOfDay('2026-11-17') }),
      ],
    })
    expect(value('caseCloseRate', [reopened])).toBe('1/2')
    expect(value('onTimeCloseRate', [reopened])).toBe('1/2')
  })
})

describe('按时与逾期', () => {
  const due = endOfDay('2026-11-09')
  const cases = ofCases(
    { metAt: due, closedAt: at('11-12 10:00') },
    { metAt: new Date(due.getTime() + 1) },
    { metAt: at('11-08 10:00'), isLate: true, closedAt: at('11-09 10:00') },
    { closedAt: at('11-04 10:00') },
    { closedAt: at('11-11 10:00') },
    {},
  )

  it('以承办单位签批为准：到期那一刻算按时，回访晚些不算逾期', () =>
    expect(value('onTimeCloseRate', cases)).toBe('2/6'))
  it('按时与逾期相加等于应结', () => expect(value('overdueRate', cases)).toBe('4/6'))
  it('期末前尚未签批的不算按时', () => {
    const late = ofCases({ dueAt: november.to, metAt: november.to })
    expect(value('onTimeCloseRate', late)).toBe('0/1')
  })
  it('终止、撤回的没有签批，按办结时间', () => {
    expect(value('overdueRate', ofCases({ closedAt: at('11-04 10:00') }))).toBe('0/1')
  })
  it('单位按自己的期限：指定后的单位不因前面的耽搁而逾期', () => {
    const designated = ofCases({
      dueAt: endOfDay('2026-11-09'),
      unitDueAt: endOfDay('2026-11-16'),
      metAt: at('11-15 10:00'),
      isLate: true,
    })
    expect(value('onTimeCloseRate', designated)).toBe('0/1')
    expect(value('onTimeCloseRate', designated, { scope: 'unit' })).toBe('1/1')
  })

  it('平均办理时长按工作日，派单当日不计', () => {
    const closed = ofCases(
      { closedAt: at('11-02 18:00') },
      { closedAt: at('11-09 09:00') },
      {},
      { closedAt: at('12-01 00:00') },
    )
    expect(evaluate(measureOf('handlingWorkdays'), closed, november, cal)).toEqual({
      numerator: 5,
      denominator: 2,
      value: 2.5,
    })
  })
})

describe('回访', () => {
  const callbackAt = at('11-10 10:00')
  const rated = (satisfactionResult: TicketFacts['satisfactionResult'], own: Partial<TicketFacts> = {}) =>
    aTicket({ callbackAt, satisfactionResult, outcome: 'satisfied', ...own })
  const tickets = [
    rated(5),
    rated(4),
    rated(3),
    rated(2, { outcome: 'dissatisfiedDismissed' }),
    rated('declined'),
    rated(5, { unreachable: true }),
    aTicket(),
  ]

  it('满意率：基本满意默认算满意；未接通、拒评不进分母', () => expect(value('satisfactionRate', tickets)).toBe('3/4'))
  it('基本满意可以不算', () => expect(value('satisfactionRate', tickets, { isFairSatisfied: false })).toBe('2/4'))
  it('按认定评价：甄别维持的不进分母', () =>
    expect(value('satisfactionRate', tickets, { rating: 'judged' })).toBe('3/3'))

  it('三个对象分开算', () => {
    const three = [
      aTicket({ callbackAt, satisfactionResult: 5, satisfactionAttitude: 2, satisfactionAgent: 'declined' }),
    ]
    expect(value('satisfactionRate', three)).toBe('1/1')
    expect(value('attitudeSatisfactionRate', three)).toBe('0/1')
    expect(value('agentSatisfactionRate', three)).toBe('0/0')
    expect(evaluate(measureOf('agentSatisfactionRate'), three, november, cal).value).toBeNull()
  })

  it('解决率：未表态的不进分母', () => {
    const solved = (['yes', 'partly', 'no', 'noOpinion'] as const).map((solved) => aTicket({ callbackAt, solved }))
    expect(value('solvedRate', solved)).toBe('1/3')
  })

  it('回访率：无需回访的不计', () => {
    const closed = (outcome: string) => aTicket({ outcome, cases: [aCase({ closedAt: at('11-10 10:00') })] })
    expect(value('callbackRate', [closed('satisfied'), closed('unreachable'), closed('noCallback')])).toBe('1/2')
  })

  it('重办率按次数除以回访办结数', () => {
    const done = aTicket({ callbackAt, reworkCount: 2, cases: [aCase({ closedAt: callbackAt })] })
    const again = aTicket({ callbackAt, reworkCount: 1, cases: [aCase()] })
    expect(value('reworkRate', [done, done, again])).toBe('5/2')
    const appealed = { ...done, standingReworkCount: 1 }
    expect(value('reworkRate', [appealed, appealed, again])).toBe('5/2')
    expect(value('reworkRate', [appealed, appealed, again], { rating: 'judged' })).toBe('3/2')
  })
})

describe('实时看板', () => {
  const now = at('11-09 10:00')
  const count = (id: string, ticket: TicketFacts) => {
    const live = LIVE_COUNTS.find((each) => each.id === id)
    return live !== undefined && matches(live.condition(now), ticket)
  }
  const running = (dueAt: Date, own: Partial<CaseFacts> = {}, status = 'handling') =>
    aTicket({ status, cases: [aCase({ dueAt, ...own })] })

  it('今日受理：北京时间今日，含直接办结', () => {
    expect(count('receivedToday', aTicket({ registeredAt: at('11-09 00:00'), status: 'answered', direct: true }))).toBe(
      true,
    )
    expect(count('receivedToday', aTicket({ registeredAt: at('11-08 23:59') }))).toBe(false)
    expect(count('receivedToday', aTicket({ registeredAt: at('11-09 09:00'), isInvalid: true }))).toBe(false)
  })

  it('在办：尚未办结的', () => {
    expect(count('inHand', aTicket({ status: 'registered' }))).toBe(true)
    expect(count('inHand', aTicket({ status: 'callback' }))).toBe(true)
    expect(count('inHand', aTicket({ status: 'closed' }))).toBe(false)
  })

  it('今日到期：今日 24:00 到期的算，昨日 24:00 的不算', () => {
    expect(count('dueToday', running(endOfDay('2026-11-09')))).toBe(true)
    expect(count('dueToday', running(endOfDay('2026-11-08')))).toBe(false)
    expect(count('dueToday', running(endOfDay('2026-11-10')))).toBe(false)
    expect(count('dueToday', running(endOfDay('2026-11-09'), { metAt: at('11-08 10:00') }, 'callback'))).toBe(false)
  })

  it('超期：过了期限的那一刻起；已签批、已办结的不算', () => {
    expect(count('overdue', running(at('11-09 09:59')))).toBe(true)
    expect(count('overdue', running(now))).toBe(false)
    expect(count('overdue', running(at('11-08 10:00'), { metAt: at('11-08 09:00') }, 'hotlineReview'))).toBe(false)
    expect(count('overdue', running(at('11-08 10:00'), { closedAt: at('11-09 09:00') }, 'terminated'))).toBe(false)
    expect(count('overdue', running(at('11-08 10:00'), {}, 'accepted'))).toBe(true)
  })
})
