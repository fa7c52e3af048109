import type { Logger } from './log'

export interface Newest {
  start(): Promise<void>
  stop(): Promise<void>
  /** Looks now: after a change of our own, so that this process knows at once. */
  poll(): Promise<void>
}

const POLL_MS = 1000

/**
 * Rules that lie in memory and change a few times a year: each process asks once a second for the newest number, by its
 * index, and reads the rest only when it is another one. No request ever waits for it.
 */
export function createNewest(
  what: string,
  { ask, load, logger }: { ask(): Promise<number>; load(): Promise<void>; logger: Logger },
): Newest {
  let known: number | undefined
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()

  async function look(): Promise<void> {
    const newest = await ask()
    if (newest === known) return
    await load()
    known = newest
  }
  /** One after the other: an older answer must not overwrite a newer one. */
  function poll(): Promise<void> {
    const mine = running.then(look)
    running = mine.catch(() => undefined)
    return mine
  }

  return {
    poll,
    async start() {
      await poll()
      timer = setInterval(() => {
        poll().catch((error: unknown) => logger.warn({ err: error }, `${what}刷新失败`))
      }, POLL_MS)
    },
    async stop() {
      clearInterval(timer)
      await running
    },
  }
}
