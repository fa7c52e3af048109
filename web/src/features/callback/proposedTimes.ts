import { dayOf, shiftDay } from '@hotline/shared/calendar/day'
import { HOUR } from '@hotline/shared/calendar/millis'
import { fromWall } from '../ticket/forms/wallTime'

/** Times that people say on the telephone: 今晚, 明早, 明天下午, 明晚; only those still an hour ahead. */
export function proposedTimes(now: Date): { label: string; at: string }[] {
  const today = dayOf(now)
  const tomorrow = shiftDay(today, 1)
  const times: readonly (readonly [label: string, wall: string])[] = [
    ['今天下午 3 点', `${today}T15:00`],
    ['今晚 6 点半', `${today}T18:30`],
    ['明早 9 点', `${tomorrow}T09:00`],
    ['明天下午 3 点', `${tomorrow}T15:00`],
    ['明晚 6 点半', `${tomorrow}T18:30`],
  ]
  return times
    .map(([label, wall]) => ({ label, at: fromWall(wall) ?? '' }))
    .filter(({ at }) => Date.parse(at) > now.getTime() + HOUR)
}
