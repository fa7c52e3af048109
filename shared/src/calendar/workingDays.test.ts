import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CALENDAR_YEARS } from './data'
import { dayOf, endOfDay, shiftDay, startOfDay, type Day } from './day'
import { DAY } from './millis'
import vectors from './vectors.json'
import { addWorkdays, createCalendar, workdaysBetween, workingMillis } from './workingDays'

const cal = createCalendar(CALENDAR_YEARS)
const someDay = fc.integer({ min: 0, max: 900 }).map((n) => shiftDay('2024-12-01', n))
const someMoment = fc
  .tuple(someDay, fc.integer({ min: 0, max: DAY - 1 }))
  .map(([day, millis]) => new Date(startOfDay(day).getTime() + millis))
const someCount = fc.integer({ min: 1, max: 60 })
const workday = someDay.filter((day) => cal.isWorkday(day))

describe('工作日历', () => {
  it.each(['2025', '2026'] as const)('%s 年的节假日与调休同国务院办公厅通知', (year) => {
    const { off, work } = vectors.calendar[year]
    const own = CALENDAR_YEARS.find((entry) => entry.year === Number(year))
    expect([own?.off, own?.work]).toEqual([off, work])
  })

  it.each([2025, 2026])('%i 年有 248 个工作日', (year) => {
    expect(workdaysBetween(cal, `${year - 1}-12-31`, `${year}-12-31`)).toBe(248)
  })

  it('调休上班的周末是工作日，放假的周一至周五不是', () => {
    expect(cal.isWorkday('2026-02-28')).toBe(true)
    expect(cal.reasonOf('2026-02-28')).toBe('调休上班')
    expect(cal.isWorkday('2026-10-01')).toBe(false)
    expect(cal.reasonOf('2026-10-01')).toBe('法定节假日')
    expect(cal.reasonOf('2026-11-21')).toBe('周末')
    expect(cal.reasonOf('2026-11-20')).toBeUndefined()
  })

  it('未公布的年份按周一至周五', () => {
    expect(cal.publishedYears).toEqual([2025, 2026])
    expect(cal.isPublished(2027)).toBe(false)
    expect(cal.isWorkday('2027-01-01')).toBe(true)
    expect(cal.isWorkday('2027-01-02')).toBe(false)
  })

  it('内容变了，版本就变', () => {
    const [first, second] = CALENDAR_YEARS
    if (!first || !second) throw new Error('two years expected')
    expect(createCalendar([second, first]).version).toBe(cal.version)
    expect(createCalendar([first, { ...second, work: second.work.slice(1) }]).version).not.toBe(cal.version)
    expect(createCalendar(CALENDAR_YEARS, '手工第 3 版').version).toBe('手工第 3 版')
  })

  it('不合理的日历不收', () => {
    const year = { year: 2027, off: ['2027-01-01'], work: [], source: '' }
    expect(() => createCalendar([year, year])).toThrow('重复')
    expect(() => createCalendar([{ ...year, work: ['2027-01-01'] }])).toThrow('不能既放假又上班')
    expect(() => createCalendar([{ ...year, off: ['2029-01-01'] }])).toThrow('不属于')
    expect(() => createCalendar([{ ...year, off: ['2027-02-29'] }])).toThrow('不是有效的日期')
    expect(createCalendar([{ ...year, off: ['2026-12-31'] }]).isWorkday('2026-12-31')).toBe(false)
  })
})

describe('工作日推算', () => {
  it.each(vectors.workday_vectors)('$start 派单，$wd 个工作日，到期 $due', ({ start, wd, due }) => {
    expect(addWorkdays(cal, start, wd).day).toBe(due)
    expect(workdaysBetween(cal, start, due)).toBe(wd)
  })

  it.each(vectors.provisional_vectors)('$start 起 $wd 个工作日，暂定：$provisional', ({ start, wd, provisional }) => {
    expect(addWorkdays(cal, start, wd).isProvisional).toBe(provisional)
  })

  it('进入未公布年份的，说明里写明', () => {
    expect(addWorkdays(cal, '2026-12-30', 2).explain).toEqual([
      '起算当日 2026-12-30（周三）不计',
      '2026-12-31（周四）第 1 个工作日',
      '2027-01-01（周五）第 2 个工作日',
      '2027 年节假日安排尚未公布，暂按周一至周五为工作日推算',
    ])
  })

  it('只要途经未公布的年份就暂定', () => {
    const year = (n: number) => ({ year: n, off: [], work: [], source: '' })
    const gap = createCalendar([year(2025), year(2027)])
    const { isProvisional, explain } = addWorkdays(gap, '2025-12-31', 262)
    expect(isProvisional).toBe(true)
    expect(explain.at(-1)).toContain('2026 年节假日安排尚未公布')
    expect(addWorkdays(gap, '2026-12-31', 5).isProvisional).toBe(false)
  })

  it('每一步都能说清：连休合并为一行，调休上班注明', () => {
    expect(addWorkdays(cal, '2026-02-12', 3, '派单当日').explain).toEqual([
      '派单当日 2026-02-12（周四）不计',
      '2026-02-13（周五）第 1 个工作日',
      '2026-02-14（周六）（调休上班）第 2 个工作日',
      '2026-02-15（周日）至 2026-02-23（周一）法定节假日，不计',
      '2026-02-24（周二）第 3 个工作日',
    ])
  })

  it('长的按段说：连着上班的几天一行，调休上班的另起一行', () => {
    expect(addWorkdays(cal, '2026-02-25', 10, '派单当日').explain).toEqual([
      '派单当日 2026-02-25（周三）不计',
      '2026-02-26（周四）至 2026-02-27（周五）第 1 至 2 个工作日',
      '2026-02-28（周六）（调休上班）第 3 个工作日',
      '2026-03-01（周日）周末，不计',
      '2026-03-02（周一）至 2026-03-06（周五）第 4 至 8 个工作日',
      '2026-03-07（周六）至 2026-03-08（周日）周末，不计',
      '2026-03-09（周一）至 2026-03-10（周二）第 9 至 10 个工作日',
    ])
  })

  it('没有工作日的日历，数不下去就说明，不会一直数', () => {
    const never = { ...cal, version: 'never', isWorkday: () => false }
    expect(() => addWorkdays(never, '2026-01-05', 1)).toThrow('连续 400 天没有工作日')
    expect(() => addWorkdays(never, '2026-01-05', -1)).toThrow('连续 400 天没有工作日')
  })

  it('往前数：调休的周六也算', () => {
    expect(addWorkdays(cal, '2026-03-02', -1).day).toBe('2026-02-28')
    expect(addWorkdays(cal, '2026-10-08', -1).day).toBe('2026-09-30')
    expect(workdaysBetween(cal, '2026-10-08', '2026-09-30')).toBe(-1)
  })

  it('零个工作日即当日，不暂定', () => {
    expect(addWorkdays(cal, '2027-05-01', 0)).toMatchObject({ day: '2027-05-01', isProvisional: false })
  })

  it.each([1.5, NaN, Infinity, 1e9])('天数不合理的不算：%s', (n) => {
    expect(() => addWorkdays(cal, '2026-01-05', n)).toThrow('整数')
  })

  it('与逐日清点一致', () => {
    const bruteForce = (start: Day, n: number) => {
      let day = start
      for (let left = n; left > 0;) {
        day = shiftDay(day, 1)
        const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
        const rules = vectors.calendar[day.slice(0, 4) as '2025' | '2026'] as
          { off: string[]; work: string[] } | undefined
        if (rules?.work.includes(day) || (weekday !== 0 && weekday !== 6 && !rules?.off.includes(day))) left -= 1
      }
      return day
    }
    fc.assert(fc.property(someDay, someCount, (day, n) => addWorkdays(cal, day, n).day === bruteForce(day, n)))
  })

  it('落在工作日；多一个工作日必定更晚', () => {
    fc.assert(
      fc.property(someDay, someCount, (day, n) => {
        const { day: due } = addWorkdays(cal, day, n)
        return cal.isWorkday(due) && due > day && addWorkdays(cal, day, n + 1).day > due
      }),
    )
  })

  it('晚派单的不会先到期', () => {
    fc.assert(
      fc.property(
        someDay,
        someCount,
        (day, n) => addWorkdays(cal, shiftDay(day, 1), n).day >= addWorkdays(cal, day, n).day,
      ),
    )
  })

  it('从工作日往后再往前，回到原日', () => {
    fc.assert(
      fc.property(workday, fc.integer({ min: -60, max: 60 }), (day, n) => {
        const there = addWorkdays(cal, day, n).day
        return addWorkdays(cal, there, -n).day === day && workdaysBetween(cal, day, there) === n
      }),
    )
  })
})

describe('工作日时间', () => {
  it('整个工作日计 24 小时，休息日不计', () => {
    expect(workingMillis(cal, startOfDay('2026-11-20'), endOfDay('2026-11-23'))).toBe(2 * DAY)
    expect(workingMillis(cal, startOfDay('2026-11-21'), endOfDay('2026-11-22'))).toBe(0)
    expect(workingMillis(cal, new Date('2026-11-20T18:00:00+08:00'), new Date('2026-11-23T06:00:00+08:00'))).toBe(
      DAY / 2,
    )
  })

  it('与逐小时清点一致', () => {
    const HOUR = DAY / 24
    const wholeHour = fc
      .tuple(someDay, fc.integer({ min: 0, max: 23 }))
      .map(([day, hour]) => startOfDay(day).getTime() + hour * HOUR)
    fc.assert(
      fc.property(wholeHour, fc.integer({ min: 0, max: 500 }), (from, hours) => {
        let expected = 0
        for (let hour = 0; hour < hours; hour += 1)
          if (cal.isWorkday(dayOf(new Date(from + hour * HOUR)))) expected += HOUR
        return workingMillis(cal, new Date(from), new Date(from + hours * HOUR)) === expected
      }),
    )
  })

  it('分段相加等于整段，倒过来是负数', () => {
    fc.assert(
      fc.property(someMoment, someMoment, someMoment, (a, b, c) => {
        expect(workingMillis(cal, a, b) + workingMillis(cal, b, c)).toBe(workingMillis(cal, a, c))
        expect(workingMillis(cal, a, b) + workingMillis(cal, b, a)).toBe(0)
      }),
    )
  })

  it('不超过自然时间', () => {
    fc.assert(
      fc.property(someMoment, someMoment, (a, b) => {
        const millis = Math.abs(workingMillis(cal, a, b))
        return millis <= Math.abs(b.getTime() - a.getTime())
      }),
    )
  })
})
