import type { Viewer } from '@hotline/shared/live'
import type { Logger } from './log'

/** Tells those who follow something who else does, after somebody came or went. */
export interface Presence {
  changed(id: string): void
  stop(): void
}

export interface PresenceDeps {
  /** The followers over all processes, a person as often as he has sockets. */
  viewersOf(id: string): Promise<Viewer[]>
  tell(id: string, viewers: Viewer[]): void
  logger: Logger
}

/** A page that is opened leaves one ticket and follows the next, a server that restarts brings hundreds: one answer each. */
const CALM_MS = 100

export function createPresence({ viewersOf, tell, logger }: PresenceDeps): Presence {
  const waiting = new Map<string, ReturnType<typeof setTimeout>>()
  const asking = new Set<string>()
  /** Changed while it was asked: what comes may be old. */
  const again = new Set<string>()
  let isStopped = false

  function changed(id: string): void {
    if (isStopped || waiting.has(id)) return
    if (asking.has(id)) again.add(id)
    else
      waiting.set(
        id,
        setTimeout(() => void ask(id), CALM_MS),
      )
  }

  async function ask(id: string): Promise<void> {
    waiting.delete(id)
    asking.add(id)
    try {
      const viewers = await viewersOf(id)
      if (!isStopped && viewers.length > 0) tell(id, eachOnce(viewers))
    } catch (error) {
      if (!isStopped) logger.warn({ err: error }, '在看的人没有告知')
    } finally {
      asking.delete(id)
      if (again.delete(id)) changed(id)
    }
  }

  return {
    changed,
    stop() {
      isStopped = true
      for (const timer of waiting.values()) clearTimeout(timer)
      waiting.clear()
    },
  }
}

/** Always in the same order, so that nobody changes places on a screen. */
function eachOnce(viewers: readonly Viewer[]): Viewer[] {
  const byUser = new Map(viewers.map((viewer) => [viewer.userId, viewer]))
  return [...byUser.values()].sort((a, b) => (a.userId < b.userId ? -1 : 1))
}
