import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayOf, endOfDay, shiftDay, startOfDay, weekdayOf, type Day } from '../calendar/day'
import { DAY, HOUR, MINUTE } from '../calendar/millis'
import { addWorkdays, createCalendar, workingMillis } from '../calendar/workingDays'
import { deadlineAfter } from '../limits/deadline'
import { days, hours, workdays } from '../limits/limit'
import { shiftByPauses } from './deadlines'

/** Calendars that no State Council would publish: whole weeks off, Sundays worked, years that nobody published. */
const FROM = '2026-11-01'
const someDay = fc.integer({ min: 0, max: 150 }).map((n) => shiftDay(FROM, n))
const someCalendar = fc
  .tuple(fc.uniqueArray(someDay, { maxLength: 40 }), fc.uniqueArray(someDay, { maxLength: 20 }), fc.boolean())
  .map(([off, extra, isPublished]) => {
    const work = extra.filter((day) => weekdayOf(day) % 6 === 0 && !off.includes(day))
    const year = (n: number) => ({
      year: n,
      off: off.filter((day) => day.startsWith(String(n))),
      work: work.filter((day) => day.startsWith(String(n))),
      source: '任意',
    })
    return createCalendar(
      [year(2026), ...(isPublished ? [year(2027)] : [])],
      `${off.join()}|${work.join()}|${isPublished}`,
    )
  })
const someMoment = fc
  .tuple(someDay, fc.integer({ min: 0, max: DAY / MINUTE - 1 }))
  .map(([day, minute]) => new Date(startOfDay(day).getTime() + minute * MINUTE))
const someCount = fc.integer({ min: 1, max: 25 })
const start = { event: '派单' }

describe('任何日历、任何时刻', () => {
  it('多给一个工作日、一天、一小时，必定更晚', () => {
    fc.assert(
      fc.property(someCalendar, someMoment, someCount, (cal, at, n) => {
        for (const unit of [workdays, hours, days])
          expect(deadlineAfter(cal, unit(n + 1), at, start).by > deadlineAfter(cal, unit(n), at, start).by).toBe(true)
      }),
    )
  })

  it('晚派单的不会先到期', () => {
    fc.assert(
      fc.property(
        someCalendar,
        someMoment,
        fc.integer({ min: 0, max: 6 * 24 * 60 }),
        someCount,
        (cal, at, later, n) => {
          const after = new Date(at.getTime() + later * MINUTE)
          for (const unit of [workdays, hours, days])
            expect(deadlineAfter(cal, unit(n), after, start).by >= deadlineAfter(cal, unit(n), at, start).by).toBe(true)
        },
      ),
    )
  })

  it('与逐分钟清点一致：次日零时起，工作日的分钟数够了，就是到期', () => {
    fc.assert(
      fc.property(someCalendar, someMoment, fc.integer({ min: 1, max: 8 }), (cal, at, n) => {
        let minute = endOfDay(dayOf(at)).getTime()
        for (let left = n * (DAY / MINUTE); left > 0; minute += MINUTE)
          if (cal.isWorkday(dayOf(new Date(minute)))) left -= 1
        expect(deadlineAfter(cal, workdays(n), at, start).by).toEqual(new Date(minute))
      }),
      { numRuns: 40 },
    )
  })

  it('停掉的工作时间，与逐分钟清点一致', () => {
    fc.assert(
      fc.property(someCalendar, someMoment, fc.integer({ min: 0, max: 5 * 24 * 60 }), (cal, from, minutes) => {
        let worked = 0
        for (let n = 0; n < minutes; n += 1)
          if (cal.isWorkday(dayOf(new Date(from.getTime() + n * MINUTE)))) worked += 1
        const to = new Date(from.getTime() + minutes * MINUTE)
        expect(workingMillis(cal, from, to)).toBe(worked * MINUTE)
      }),
      { numRuns: 40 },
    )
  })

  it('往后 n 个工作日再往前 n 个，回到原来的工作日；往前一个即到期前一个工作日', () => {
    fc.assert(
      fc.property(someCalendar, someDay, someCount, (cal, day, n) => {
        const first = addWorkdays(cal, shiftDay(day, -1), 1).day
        expect(addWorkdays(cal, addWorkdays(cal, first, n).day, -n).day).toBe(first)
        const before = addWorkdays(cal, first, -1).day
        for (let between: Day = shiftDay(before, 1); between < first; between = shiftDay(between, 1))
          expect(cal.isWorkday(between)).toBe(false)
      }),
    )
  })

  it('小时按自然时间，与日历无关', () => {
    fc.assert(
      fc.property(someCalendar, someMoment, fc.double({ min: 0.1, max: 240, noNaN: true }), (cal, at, n) => {
        const { by, isProvisional } = deadlineAfter(cal, hours(n), at, start)
        expect(by.getTime() - at.getTime()).toBe(Math.round(n * HOUR))
        expect(isProvisional).toBe(false)
      }),
    )
  })

  it('一次停办拆成相接的几段，到期不变', () => {
    const unit = fc.constantFrom('workdays' as const, 'hours' as const, 'days' as const)
    fc.assert(
      fc.property(
        someCalendar,
        someMoment,
        fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 6 }),
        unit,
        (cal, at, parts, limitUnit) => {
          const by = new Date(at.getTime() + 30 * DAY)
          let from = at
          const pauses = parts.map((minutes) => {
            const pause = { from, to: new Date(from.getTime() + minutes * MINUTE) }
            from = pause.to
            return pause
          })
          const whole = shiftByPauses(cal, { by, limitUnit, pauses: [{ from: at, to: from }] })
          expect(shiftByPauses(cal, { by, limitUnit, pauses }).by).toEqual(whole.by)
        },
      ),
    )
  })

  it('同样的问题再问一次，答案一样；记得住的答案谁也改不了', () => {
    fc.assert(
      fc.property(someCalendar, someDay, someCount, (cal, day, n) => {
        const first = addWorkdays(cal, day, n)
        const said = [...first.explain]
        first.explain.push('别人加的一行')
        expect(addWorkdays(cal, day, n)).toEqual({ ...first, explain: said })
      }),
    )
  })

  it('没有工作日的日历，说明原因，不会没完没了', () => {
    fc.assert(
      fc.property(someDay, someCount, (day, n) => {
        const off = Array.from({ length: 1200 }, (_, index) => shiftDay('2026-01-01', index))
        const never = createCalendar(
          [2026, 2027, 2028, 2029].map((year) => ({
            year,
            off: off.filter((one) => one.startsWith(String(year))),
            work: [],
            source: '',
          })),
          'never',
        )
        expect(() => addWorkdays(never, day, n)).toThrow('没有工作日')
      }),
    )
  })
})
