import { DAY } from '@hotline/shared/calendar/millis'
import { ENDED_STATUSES } from '@hotline/shared/ticket/labels'
import { lookAgain } from './act'
import { inParallel } from './checks/parallel'
import type { Company } from './company'
import type { Play, Played } from './play'
import { until } from './until'

/** So far apart two moments are leapt to together. */
const TOGETHER_MS = 20 * 60_000
/** More than these, and something waits for ever. */
const MOST_LEAPS = 40
/** The profile's days until the archive, and one more. */
const ARCHIVE_MS = 31 * DAY
const ARCHIVE_PATIENCE_MS = 180_000

/** Where the clock stands now, and how many had been waiting. */
export type OnLeap = (now: Date, waiting: number) => void

/** All that wait go on together: the clock leaps to the next moment for which somebody waits, until nobody does. */
export async function leapOn(
  plays: readonly Play[],
  { time }: Company,
  concurrency: number,
  onLeap: OnLeap = () => undefined,
): Promise<{ count: number }> {
  let count = 0
  for (;;) {
    const waiting = plays.flatMap((play) => play.waitsUntil() ?? [])
    // What waits for ever is found where every ticket must have come to its end.
    if (waiting.length === 0 || count === MOST_LEAPS) return { count }
    const first = Math.min(...waiting)
    if (await time.leapTo(Math.max(...waiting.filter((moment) => moment <= first + TOGETHER_MS)))) {
      count += 1
      onLeap(new Date(time.now()), waiting.length)
    }
    const due = plays.filter((play) => (play.waitsUntil() ?? Infinity) <= time.now())
    await inParallel(concurrency, due, (play) => play.goOn())
  }
}

/** 归档: a month later the clock puts away what is over. @returns how many leaps it took */
export async function archiveAll(played: readonly Played[], company: Company): Promise<number> {
  const { time } = company
  await time.leapTo(time.now() + ARCHIVE_MS)
  let left = played.filter(({ ticketId, problem }) => ticketId && !problem)
  const isOver = await until(async () => {
    const stay: Played[] = []
    await inParallel(8, left, async (one) => {
      const { status } = await lookAgain(one.ticketId ?? '', company)
      if (ENDED_STATUSES.includes(status) && status !== 'archived') stay.push(one)
    })
    left = stay
    return left.length === 0
  }, ARCHIVE_PATIENCE_MS)
  if (!isOver) for (const one of left) one.problem = '办结一个月后没有归档'
  return 1
}
