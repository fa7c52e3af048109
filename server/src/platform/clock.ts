/** The only source of "now" for services; the domain gets it as a value. */
export interface Clock {
  now(): Date
}

export const SYSTEM_CLOCK: Clock = { now: () => new Date() }

/**
 * When the database may clean a row away. By the machine's own time and never by a `Clock`: the database compares it with
 * its own, and a test or drill that plays in another year must not lose its rows.
 */
export function purgeAfter(seconds: number): Date {
  return new Date(Date.now() + seconds * 1000)
}

export interface FixedClock extends Clock {
  set(time: Date | string): void
  advance(milliseconds: number): void
}

/** A clock that stands still until told: for tests and drills. */
export function createFixedClock(start: Date | string): FixedClock {
  let time = new Date(start).getTime()
  return {
    now: () => new Date(time),
    set: (next) => {
      time = new Date(next).getTime()
    },
    advance: (milliseconds) => {
      time += milliseconds
    },
  }
}
