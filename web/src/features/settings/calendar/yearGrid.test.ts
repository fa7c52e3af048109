import { CALENDAR_YEARS } from '@hotline/shared/calendar/data'
import { describe, expect, it } from 'vitest'
import { monthsOf, toggled, type GridDay } from './yearGrid'

const of2026 = CALENDAR_YEARS.find(({ year }) => year === 2026)!
const months = monthsOf(2026, of2026.off, of2026.work)
const dayOf = (day: string, of = months) => of.flatMap(({ days }) => days).find((one) => one.day === day) as GridDay

describe('年历', () => {
  it('十二个月，一天不多一天不少，星期对得上', () => {
    expect(months.flatMap(({ days }) => days)).toHaveLength(365)
    // 2026-01-01 is a Thursday: three places before it.
    expect(months[0]).toMatchObject({ month: 1, before: 3 })
    expect(dayOf('2026-10-01').mark).toBe('off')
    expect(dayOf('2026-10-10')).toMatchObject({ mark: 'work', isWeekend: true })
    expect(dayOf('2026-11-20').mark).toBeUndefined()
  })

  it('点一下：休；周末再点：班；再点：照旧', () => {
    const draft = { off: [] as string[], work: [] as string[] }
    const once = toggled(draft, dayOf('2026-11-21'))
    expect(once).toEqual({ off: ['2026-11-21'], work: [] })
    const twice = toggled(once, { ...dayOf('2026-11-21'), mark: 'off' })
    expect(twice).toEqual({ off: [], work: ['2026-11-21'] })
    expect(toggled(twice, { ...dayOf('2026-11-21'), mark: 'work' })).toEqual(draft)
    expect(toggled({ off: ['2026-11-20'], work: [] }, { ...dayOf('2026-11-20'), mark: 'off' })).toEqual(draft)
  })
})
