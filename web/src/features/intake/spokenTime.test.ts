import { momentText } from '@hotline/shared/calendar/day'
import { describe, expect, it } from 'vitest'
import { spokenTime } from './spokenTime'

/** Sunday noon in Binzhou. */
const NOW = new Date('2026-11-22T04:00:00Z')

describe('发生时间，怎么说怎么填', () => {
  it.each([
    ['昨晚10点', '2026-11-21 22:00'],
    ['昨晚12点', '2026-11-22 00:00'],
    ['昨天 22:30', '2026-11-21 22:30'],
    ['今天9点半', '2026-11-22 09:30'],
    ['前天', '2026-11-20 00:00'],
    ['前天下午', '2026-11-20 15:00'],
    ['11-20 14:00', '2026-11-20 14:00'],
    ['11月20日晚8点', '2026-11-20 20:00'],
    ['12-3', '2025-12-03 00:00'],
    ['2026-01-05 8:05', '2026-01-05 08:05'],
    ['凌晨2点', '2026-11-22 02:00'],
    ['昨天夜里1点', '2026-11-21 01:00'],
    ['9:15', '2026-11-22 09:15'],
    ['刚才', '2026-11-22 12:00'],
  ])('%s → %s', (said, moment) => expect(momentText(spokenTime(said, NOW) as Date)).toBe(moment))

  it.each(['', '很久以前', '2-30', '25:00', '9', '昨天abc'])('“%s”看不懂就不猜', (said) =>
    expect(spokenTime(said, NOW)).toBeUndefined(),
  )
})
