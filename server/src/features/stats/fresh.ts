import type { Clock } from '../../platform/clock'

/** Twenty supervisors with the board open cost as much as one. */
const FRESH_MS = 2000

/**
 * Shares an answer among all who ask the same while it is being found and two seconds after, by the machine's own
 * time; never over a minute's end by `clock`, which a drill may move. A failure is left to nobody who comes later.
 */
export function createFresh<T>(clock: Clock): (question: string, ask: () => Promise<T>) => Promise<T> {
  const known = new Map<string, { answer: Promise<T>; until: number }>()
  return (question, ask) => {
    const key = `${Math.floor(clock.now().getTime() / 60_000)} ${question}`
    const time = performance.now()
    for (const [other, { until }] of known) if (until < time) known.delete(other)
    const found = known.get(key)
    if (found) return found.answer
    const entry = { answer: ask(), until: Infinity }
    known.set(key, entry)
    entry.answer.then(
      () => (entry.until = performance.now() + FRESH_MS),
      () => known.delete(key),
    )
    return entry.answer
  }
}
