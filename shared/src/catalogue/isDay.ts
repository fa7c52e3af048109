import { startOfDay } from '../calendar/day'

/** A day that the calendar has: 2026-02-30 is none. */
export function isDay(text: string): boolean {
  try {
    startOfDay(text)
    return true
  } catch {
    return false
  }
}
