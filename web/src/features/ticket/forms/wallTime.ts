import { HOUR } from '@hotline/shared/calendar/millis'

/** `2026-11-20T10:30`, the clock on the wall in Asia/Shanghai, as a `datetime-local` field speaks. */
export function toWall(iso: string | undefined): string {
  return iso ? new Date(Date.parse(iso) + 8 * HOUR).toISOString().slice(0, 16) : ''
}

export function fromWall(wall: string): string | undefined {
  const millis = Date.parse(`${wall}:00+08:00`)
  return Number.isNaN(millis) ? undefined : new Date(millis).toISOString()
}
