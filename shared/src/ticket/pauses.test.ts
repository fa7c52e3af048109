import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CALENDAR_YEARS } from '../calendar/data'
import { dayOf, endOfDay, startOfDay } from '../calendar/day'
import { DAY, HOUR } from '../calendar/millis'
import { addWorkdays, createCalendar } from '../calendar/workingDays'
import * as D from './deadlines'

const cal = createCalendar(CALENDAR_YEARS)
/** A moment in Asia/Shanghai; `24:00` is the next midnight. */
const at = (text: string) => {
  const [day = '', clock = ''] = text.split(' ')
  return clock === '24:00' ? endOfDay(day) : new Date(`${day}T${clock}${clock.length === 5 ? ':00' : ''}+08:00`)
}

describe('停办时间', () => {
  const shift = (by: string, pauses: [string, string][], limitUnit: 'workdays' | 'hours' | 'days' = 'workdays') =>
    D.shiftByPauses(cal, {
      by: at(by),
      limitUnit,
      pauses: pauses.map(([from, to]) => ({ from: at(from), to: at(to) })),
    })

  it('没有停办或只停在休息日，不动', () => {
    expect(shift('2026-11-27 24:00', [])).toEqual({
      by: at('2026-11-27 24:00'),
      explain: ['到期：2026-11-27 24:00'],
      isProvisional: false,
    })
    expect(shift('2026-11-27 24:00', [['2026-11-21 00:00', '2026-11-22 24:00']]).by).toEqual(at('2026-11-27 24:00'))
  })

  it('不足一天的进到一天，几段合计后只进一次', () => {
    expect(shift('2026-11-27 24:00', [['2026-11-23 10:00', '2026-11-23 13:00']]).by).toEqual(at('2026-11-30 24:00'))
    const twice: [string, string][] = [
      ['2026-11-23 10:00', '2026-11-23 13:00'],
      ['2026-11-24 10:00', '2026-11-24 13:00'],
    ]
    expect(shift('2026-11-27 24:00', twice)).toMatchObject({
      by: at('2026-11-30 24:00'),
      explain: [
        '暂停 2026-11-23 10:00 至 2026-11-23 13:00，占工作日 3 小时',
        '暂停 2026-11-24 10:00 至 2026-11-24 13:00，占工作日 3 小时',
        '合计 6 小时，向上进到整日',
        '原到期日 2026-11-27（周五）不计',
        '2026-11-28（周六）至 2026-11-29（周日）周末，不计',
        '2026-11-30（周一）第 1 个工作日',
        '到期：2026-11-30 24:00',
      ],
    })
  })

  it('跨周末的停办只计工作日', () => {
    expect(shift('2026-11-27 24:00', [['2026-11-20 12:00', '2026-11-23 12:00']]).by).toEqual(at('2026-11-30 24:00'))
  })

  it('小时类按自然时间，精确到秒', () => {
    expect(shift('2026-11-22 10:00', [['2026-11-21 12:00', '2026-11-21 13:00:01']], 'hours').by).toEqual(
      at('2026-11-22 11:00:01'),
    )
  })

  it('自然日按自然时间，进到整日', () => {
    expect(shift('2026-10-05 24:00', [['2026-10-01 12:00', '2026-10-02 13:00']], 'days').by).toEqual(
      at('2026-10-07 24:00'),
    )
  })

  it('已经超期后再停办，不能使其不超期', () => {
    expect(shift('2026-11-20 24:00', [['2026-11-23 09:00', '2026-11-25 09:00']]).by).toEqual(at('2026-11-20 24:00'))
  })

  it('相接的两段是一段：前一段不足一天时，后一段照样计', () => {
    const before: [string, string] = ['2026-11-19 10:00', '2026-11-19 13:00']
    const whole = shift('2026-11-20 24:00', [before, ['2026-11-23 20:00', '2026-11-26 20:00']])
    const split = shift('2026-11-20 24:00', [
      before,
      ['2026-11-23 20:00', '2026-11-24 10:00'],
      ['2026-11-24 10:00', '2026-11-26 20:00'],
    ])
    expect(whole.by).toEqual(at('2026-11-26 24:00'))
    expect(split.by).toEqual(whole.by)
  })

  it('重叠的停办不重复计', () => {
    const overlapping: [string, string][] = [
      ['2026-11-23 00:00', '2026-11-24 24:00'],
      ['2026-11-24 00:00', '2026-11-25 24:00'],
    ]
    expect(shift('2026-11-27 24:00', overlapping).by).toEqual(at('2026-12-02 24:00'))
  })

  const minute = fc
    .integer({ min: 0, max: 60 * 24 * 60 })
    .map((n) => new Date(startOfDay('2026-01-20').getTime() + n * 60_000))
  const somePauses = fc
    .array(fc.tuple(minute, minute), { maxLength: 4 })
    .map((pairs) => pairs.map(([a, b]) => (a < b ? { from: a, to: b } : { from: b, to: a })))
  const unit = fc.constantFrom('workdays' as const, 'hours' as const, 'days' as const)

  it('一段拆成几段，结果不变', () => {
    fc.assert(
      fc.property(somePauses, fc.array(minute, { maxLength: 5 }), minute, unit, (pauses, cuts, some, limitUnit) => {
        const by = limitUnit === 'hours' ? some : endOfDay(addWorkdays(cal, dayOf(some), 3).day)
        const split = cuts.reduce(
          (parts, cut) =>
            parts.flatMap(({ from, to }) =>
              from < cut && cut < to
                ? [
                    { from: cut, to },
                    { from, to: cut },
                  ]
                : [{ from, to }],
            ),
          pauses,
        )
        const whole = D.shiftByPauses(cal, { by, limitUnit, pauses })
        expect(D.shiftByPauses(cal, { by, limitUnit, pauses: split }).by).toEqual(whole.by)
        expect(D.shiftByPauses(cal, { by, limitUnit, pauses: [...pauses].reverse() }).by).toEqual(whole.by)
      }),
    )
  })

  it('与逐小时清点停掉的工作时间一致', () => {
    const hour = fc.integer({ min: 0, max: 24 * 40 }).map((n) => startOfDay('2026-01-20').getTime() + n * HOUR)
    fc.assert(
      fc.property(fc.array(fc.tuple(hour, hour), { maxLength: 4 }), (pairs) => {
        const pauses = pairs.map(([a, b]) => ({ from: new Date(Math.min(a, b)), to: new Date(Math.max(a, b)) }))
        const by = endOfDay('2026-03-31')
        let lost = 0
        for (let now = startOfDay('2026-01-20').getTime(); now < by.getTime(); now += HOUR) {
          const isPaused = pauses.some(({ from, to }) => from.getTime() <= now && now < to.getTime())
          if (isPaused && cal.isWorkday(dayOf(new Date(now)))) lost += HOUR
        }
        const expected = endOfDay(addWorkdays(cal, '2026-03-31', Math.ceil(lost / DAY)).day)
        expect(D.shiftByPauses(cal, { by, limitUnit: 'workdays', pauses }).by).toEqual(expected)
      }),
    )
  })

  it('停得更久，不会更早到期', () => {
    fc.assert(
      fc.property(somePauses, minute, minute, unit, (pauses, a, b, limitUnit) => {
        const by = endOfDay('2026-03-02')
        const extra = a < b ? { from: a, to: b } : { from: b, to: a }
        const before = D.shiftByPauses(cal, { by, limitUnit, pauses }).by
        return D.shiftByPauses(cal, { by, limitUnit, pauses: [...pauses, extra] }).by >= before && before >= by
      }),
    )
  })
})
