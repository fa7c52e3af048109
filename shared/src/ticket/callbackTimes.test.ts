import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CALENDAR_YEARS } from '../calendar/data'
import { createCalendar } from '../calendar/workingDays'
import { DEFAULT_PROFILE as p } from '../limits/presets'
import { callbackBy, firstCallbackBy, isCallingHour, nextAttemptAt } from './callbackTimes'

const cal = createCalendar(CALENDAR_YEARS)
const at = (text: string) => new Date(`${text.replace(' ', 'T')}+08:00`)

describe('回访的时间', () => {
  it('首次回访 1 个工作日内，全部尝试在 3 个工作日内', () => {
    expect(firstCallbackBy(p, cal, at('2026-11-20 16:00')).by).toEqual(at('2026-11-24 00:00'))
    expect(callbackBy(p, cal, at('2026-11-20 16:00')).by).toEqual(at('2026-11-26 00:00'))
    expect(callbackBy(p, cal, at('2026-11-20 16:00')).explain[0]).toBe('转回访当日 2026-11-20（周五）不计')
  })

  it.each([
    ['08:30', true],
    ['20:29:59', true],
    ['20:30', false],
    ['08:29:59', false],
    ['00:00', false],
  ])('%s 可以拨打：%s', (clock, expected) => {
    const text = clock.length === 5 ? `${clock}:00` : clock
    expect(isCallingHour(p, at(`2026-11-22 ${text}`))).toBe(expected)
  })

  it.each([
    ['间隔两小时', '2026-11-20 09:00', '2026-11-20 11:00'],
    ['晚于拨打时段的，次日开始时', '2026-11-20 19:00', '2026-11-21 08:30'],
    ['刚好到结束时刻的，次日', '2026-11-20 18:30', '2026-11-21 08:30'],
    ['过了午夜的，当日开始时', '2026-11-20 23:00', '2026-11-21 08:30'],
    ['清晨的，当日开始时', '2026-11-20 05:00', '2026-11-20 08:30'],
  ])('下一次拨打：%s', (_, last, next) => expect(nextAttemptAt(p, at(last))).toEqual(at(next)))

  it('下一次总在拨打时段内，且至少隔两小时', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 365 * 86_400 }), (seconds) => {
        const last = new Date(at('2026-01-01 00:00').getTime() + seconds * 1000)
        const next = nextAttemptAt(p, last)
        return isCallingHour(p, next) && next.getTime() - last.getTime() >= 7_200_000
      }),
    )
  })
})
