import { setTimeout as pause } from 'node:timers/promises'

const EVERY_MS = 400
const PATIENCE_MS = 30_000

/** What the system does by itself a moment later. False: it did not. */
export async function until(isSo: () => Promise<boolean>, patienceMs = PATIENCE_MS): Promise<boolean> {
  const giveUpAt = performance.now() + patienceMs
  while (!(await isSo())) {
    if (performance.now() > giveUpAt) return false
    await pause(EVERY_MS)
  }
  return true
}
