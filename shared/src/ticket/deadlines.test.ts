import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CALENDAR_YEARS } from '../calendar/data'
import { endOfDay, shiftDay } from '../calendar/day'
import vectors from '../calendar/vectors.json'
import { createCalendar } from '../calendar/workingDays'
import { days, hours, workdays } from '../limits/limit'
import { DEFAULT_PROFILE, presetOf } from '../limits/presets'
import type { LimitProfile } from '../limits/profile'
import * as D from './deadlines'

const cal = createCalendar(CALENDAR_YEARS)
const p = DEFAULT_PROFILE
const lvliang = presetOf('lvliang-2024') ?? p
/** A moment in Asia/Shanghai; `24:00` is the next midnight. */
const at = (text: string) => {
  const [day = '', clock = ''] = text.split(/[ T]/)
  return clock === '24:00' ? endOfDay(day) : new Date(`${day}T${clock}${clock.length === 5 ? ':00' : ''}+08:00`)
}
const resolve = (dispatchedAt: string, limit = workdays(5), profile: LimitProfile = p) =>
  D.assignmentDeadlines(profile, cal, { dispatchedAt: at(dispatchedAt), urgency: 'general', isMultiUnit: false, limit })
    .resolve

describe('派单时限', () => {
  const due = (profile: LimitProfile, acceptedAt: string, urgency: 'general' | 'urgent' | 'critical' = 'general') =>
    D.dispatchDeadline(profile, cal, { acceptedAt: at(acceptedAt), urgency }).by

  it('滨州：当日 24:00，节假日也是', () => {
    expect(due(p, '2026-11-20 09:00')).toEqual(at('2026-11-20 24:00'))
    expect(due(p, '2026-11-20 23:59')).toEqual(at('2026-11-20 24:00'))
    expect(due(p, '2026-10-01 00:00')).toEqual(at('2026-10-01 24:00'))
  })

  it('紧急、特急：10 分钟', () => {
    expect(due(p, '2026-11-20 23:55', 'urgent')).toEqual(at('2026-11-21 00:05'))
    expect(due(p, '2026-11-20 09:00', 'critical')).toEqual(at('2026-11-20 09:10'))
  })

  it.each([
    ['工作日 12:00 前受理，当日 24:00', '2026-11-20 11:59:59', '2026-11-20 24:00'],
    ['12:00 整已过上半日', '2026-11-20 12:00', '2026-11-23 12:00'],
    ['周五下午受理，周一 12:00', '2026-11-20 15:00', '2026-11-23 12:00'],
    ['周末受理，周一 12:00', '2026-11-21 08:00', '2026-11-23 12:00'],
    ['调休上班的周六上午受理，当日', '2026-02-28 08:00', '2026-02-28 24:00'],
    ['调休上班前的周五下午受理，周六 12:00', '2026-02-27 14:00', '2026-02-28 12:00'],
    ['春节中受理，节后首个工作日 12:00', '2026-02-17 10:00', '2026-02-24 12:00'],
  ])('吕梁半个工作日：%s', (_, accepted, expected) => expect(due(lvliang, accepted)).toEqual(at(expected)))

  it('次一工作日进入未公布年份的，暂定', () => {
    const of = (text: string) =>
      D.dispatchDeadline(lvliang, cal, { acceptedAt: at(text), urgency: 'general' }).isProvisional
    expect(of('2026-12-31 11:00')).toBe(false)
    expect(of('2026-12-31 13:00')).toBe(true)
    expect(of('2027-03-01 09:00')).toBe(true)
  })
})

describe('办理时限', () => {
  it.each(vectors.workday_vectors)('$start 派单 $wd 个工作日，$due 24:00 到期', ({ start, wd, due }) => {
    for (const clock of ['00:00', '09:30', '23:59'])
      expect(resolve(`${start} ${clock}`, workdays(wd)).by).toEqual(endOfDay(due))
  })

  it('逐步说明', () => {
    expect(resolve('2026-11-20 10:00', workdays(2))).toEqual({
      by: at('2026-11-24 24:00'),
      isProvisional: false,
      explain: [
        '派单当日 2026-11-20（周五）不计',
        '2026-11-21（周六）至 2026-11-22（周日）周末，不计',
        '2026-11-23（周一）第 1 个工作日',
        '2026-11-24（周二）第 2 个工作日',
        '到期：2026-11-24 24:00',
      ],
    })
  })

  it.each(vectors.provisional_vectors)('$start 派单 $wd 个工作日，暂定：$provisional', ({ start, wd, provisional }) => {
    expect(resolve(`${start} 10:00`, workdays(wd)).isProvisional).toBe(provisional)
  })

  it('小时按自然时间，不看工作日，从不暂定', () => {
    expect(resolve('2026-12-31 23:00', hours(24))).toEqual({
      by: at('2027-01-01 23:00'),
      isProvisional: false,
      explain: ['派单 2026-12-31 23:00起 24 小时，按自然时间连续计算', '到期：2027-01-01 23:00'],
    })
    expect(resolve('2026-02-16 08:00:30', hours(2)).by).toEqual(at('2026-02-16 10:00:30'))
  })

  it('自然日：派单当日不计，第 n 日 24:00', () => {
    expect(resolve('2026-09-30 10:00', days(7)).by).toEqual(at('2026-10-07 24:00'))
  })

  it('方案规定下班时刻到期的，到下班', () => {
    expect(resolve('2026-11-20 10:00', workdays(5), { ...p, dueTime: '17:30' }).by).toEqual(at('2026-11-27 17:30'))
  })

  it('从签收起算的：未签收时按最迟签收推算，签收后按签收', () => {
    const signed = { ...p, countFrom: 'acknowledged' as const }
    const given = {
      dispatchedAt: at('2026-11-20 10:00'),
      urgency: 'general' as const,
      isMultiUnit: false,
      limit: workdays(5),
    }
    const waiting = D.assignmentDeadlines(signed, cal, given)
    expect(waiting.acknowledge.by).toEqual(at('2026-11-23 24:00'))
    expect(waiting.resolve.by).toEqual(at('2026-11-30 24:00'))
    expect(waiting.resolve.explain[0]).toBe('最迟签收当日 2026-11-23（周一）不计')
    const done = D.assignmentDeadlines(signed, cal, { ...given, acknowledgedAt: at('2026-11-20 11:00') })
    expect(done.resolve.by).toEqual(at('2026-11-27 24:00'))
  })

  it.each([workdays(0), workdays(1.5), workdays(-1), hours(0), days(-1), hours(NaN)])(
    '不合理的时限不收：%o',
    (limit) => {
      expect(() => resolve('2026-11-20 10:00', limit)).toThrow('时限应')
    },
  )
})

describe('签收、退单、首次联系与各项审核', () => {
  const clocks = (urgency: 'general' | 'urgent', isMultiUnit = false) =>
    D.assignmentDeadlines(p, cal, { dispatchedAt: at('2026-11-20 16:00'), urgency, isMultiUnit, limit: workdays(5) })

  it('签收、退单各 1 个工作日；涉及多部门的退单 2 个', () => {
    expect(clocks('general').acknowledge.by).toEqual(at('2026-11-23 24:00'))
    expect(clocks('general').return.by).toEqual(at('2026-11-23 24:00'))
    expect(clocks('general', true).return.by).toEqual(at('2026-11-24 24:00'))
  })

  it('紧急的都是 30 分钟', () => {
    expect(clocks('urgent', true)).toMatchObject({
      acknowledge: { by: at('2026-11-20 16:30') },
      return: { by: at('2026-11-20 16:30') },
    })
  })

  it('首次联系：签收后 1 个工作日，紧急 2 小时', () => {
    const acknowledgedAt = at('2026-11-20 16:00')
    expect(D.firstContactDeadline(p, cal, { acknowledgedAt, urgency: 'general' }).by).toEqual(at('2026-11-23 24:00'))
    expect(D.firstContactDeadline(p, cal, { acknowledgedAt, urgency: 'critical' }).by).toEqual(at('2026-11-20 18:00'))
  })

  it('退单、延期、热线审核各 1 个工作日，重办 3 个', () => {
    const now = at('2026-11-20 16:00')
    for (const of of [D.returnReviewDeadline, D.extensionReviewDeadline, D.hotlineReviewDeadline])
      expect(of(p, cal, now).by).toEqual(at('2026-11-23 24:00'))
    expect(D.reworkDeadline(p, cal, now).by).toEqual(at('2026-11-25 24:00'))
    expect(D.reworkDeadline(p, cal, now).explain[0]).toBe('重办当日 2026-11-20（周五）不计')
  })
})

describe('黄牌、红牌', () => {
  const cards = (
    due: string,
    n = 1,
    startedAt = '2025-01-01 00:00',
    limitUnit: 'workdays' | 'days' | 'hours' = 'workdays',
  ) =>
    D.cardTimes({ ...p, yellow: { ...p.yellow, workdaysBefore: n } }, cal, {
      resolveBy: at(due),
      limitUnit,
      startedAt: at(startedAt),
    })

  it.each(vectors.yellow_red_vectors)(
    '$due 到期，提前 $n 个工作日：黄牌 $yellow，红牌 $red',
    ({ due, n, yellow, red }) => {
      expect(cards(due, n)).toEqual({ yellowAt: at(yellow), redAt: at(red) })
    },
  )

  it('下班到期的，与 24:00 到期同日', () => {
    expect(cards('2026-02-28 17:30')).toEqual({ yellowAt: at('2026-02-28 00:00'), redAt: at('2026-03-02 00:00') })
  })

  it('自然日到期在假期里的：黄牌在节前最后一个工作日，红牌在节后第一个', () => {
    expect(cards('2026-10-05 24:00', 1, '2026-09-25 00:00', 'days')).toEqual({
      yellowAt: at('2026-09-30 00:00'),
      redAt: at('2026-10-08 00:00'),
    })
  })

  it('小时：剩四分之一时黄牌，到期即红牌', () => {
    expect(cards('2026-11-21 10:00', 1, '2026-11-20 10:00', 'hours')).toEqual({
      yellowAt: at('2026-11-21 04:00'),
      redAt: at('2026-11-21 10:00'),
    })
    expect(cards('2026-11-20 12:00', 1, '2026-11-20 10:00', 'hours').yellowAt).toEqual(at('2026-11-20 11:30'))
  })

  it('黄牌不早于派单', () => {
    expect(cards('2026-11-23 24:00', 3, '2026-11-20 10:00').yellowAt).toEqual(at('2026-11-20 10:00'))
  })
})

describe('延期', () => {
  it('从原到期日起算，不从批准日', () => {
    expect(D.extendDeadline(cal, at('2026-11-27 24:00'), 3)).toMatchObject({
      by: at('2026-12-02 24:00'),
      isProvisional: false,
    })
    expect(D.extendDeadline(cal, at('2026-11-27 24:00'), 3).explain[0]).toBe('原到期日 2026-11-27（周五）不计')
  })

  it('时刻不变：下班、小时类', () => {
    expect(D.extendDeadline(cal, at('2026-11-27 17:30'), 1).by).toEqual(at('2026-11-30 17:30'))
    expect(D.extendDeadline(cal, at('2026-11-20 15:20'), 2).by).toEqual(at('2026-11-24 15:20'))
  })

  it('延入未公布年份的，暂定', () => {
    expect(D.extendDeadline(cal, at('2026-12-31 24:00'), 1).isProvisional).toBe(true)
    expect(D.extendDeadline(cal, at('2026-12-30 24:00'), 1).isProvisional).toBe(false)
  })

  it('两次延期等于一次延完', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 600 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        (n, a, b) => {
          const by = endOfDay(shiftDay('2025-01-01', n))
          expect(D.extendDeadline(cal, D.extendDeadline(cal, by, a).by, b).by).toEqual(
            D.extendDeadline(cal, by, a + b).by,
          )
        },
      ),
    )
  })
})
