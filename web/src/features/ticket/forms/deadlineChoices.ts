import { shiftDay, dayOf, startOfDay } from '@hotline/shared/calendar/day'
import { HOUR } from '@hotline/shared/calendar/millis'

const CLOSING = 18 * HOUR
const CHOICES = [
  ['今日 18:00', 0],
  ['明日 18:00', 1],
  ['3 天后', 3],
  ['7 天后', 7],
] as const

/** Deadlines that are set often, none of them past. */
export function deadlineChoices(now: Date): { label: string; at: string }[] {
  return CHOICES.map(([label, days]) => ({
    label,
    at: new Date(startOfDay(shiftDay(dayOf(now), days)).getTime() + CLOSING).toISOString(),
  })).filter(({ at }) => at > now.toISOString())
}
