import { describe, expect, it } from 'vitest'
import { momentText } from '@hotline/shared/calendar/day'
import { spokenAppointment } from './spokenAppointment'

/** A Friday morning. */
const now = new Date('2026-11-20T10:00:00+08:00')
const heard = (said: string) => {
  const at = spokenAppointment(said, now)
  return at && momentText(at).slice(0, 16)
}

describe('诉求人约的时间', () => {
  it.each([
    ['15:00', '2026-11-20 15:00'],
    ['9点', '2026-11-21 09:00'],
    ['下午3点', '2026-11-20 15:00'],
    ['晚上7点半', '2026-11-20 19:30'],
    ['明天 9：30', '2026-11-21 09:30'],
    ['明晚', '2026-11-21 19:00'],
    ['后天中午', '2026-11-22 12:00'],
    ['周三下午', '2026-11-25 15:00'],
    ['下周五10点', '2026-11-27 10:00'],
    ['周日上午', '2026-11-22 10:00'],
    ['27日上午9点', '2026-11-27 09:00'],
    ['3号下午', '2026-12-03 15:00'],
    ['12-01 14:20', '2026-12-01 14:20'],
  ])('%s 是 %s', (said, at) => expect(heard(said)).toBe(at))

  it.each(['', '今天早上8点', '随便', '25:00', '31号', '今天', '15'])('%s 听不出将来的时间', (said) =>
    expect(heard(said)).toBeUndefined(),
  )
})
