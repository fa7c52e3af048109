export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
/** A natural day; Asia/Shanghai has no summer time. */
export const DAY = 24 * HOUR

export function addMillis(date: Date, millis: number): Date {
  return new Date(date.getTime() + millis)
}
