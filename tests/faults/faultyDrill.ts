import { readFile } from 'node:fs/promises'
import { readMessages } from '../../scripts/drill/messages'
import { runDrill, type DrillResult } from '../../scripts/drill/run'
import { DEMO_PASSWORD } from '@hotline/server/features/user/demoUsers'

/** What goes wrong, and after how many acknowledged writes. */
export interface Fault {
  after: number
  strike(): Promise<void>
}

/** A drill during which things go wrong. @throws what a fault threw, or when one never came */
export async function drillThrough(
  urls: readonly string[],
  faults: readonly Fault[],
  count = 40,
): Promise<DrillResult> {
  const messages = readMessages(await readFile(new URL('./messages.jsonl', import.meta.url), 'utf8'))
  const waiting = [...faults]
  let struck: Promise<void> = Promise.resolve()
  const result = await runDrill({
    ...{ urls, messages: messages.slice(0, count), password: DEMO_PASSWORD, seed: 'faults' },
    patienceMs: 60_000,
    concurrency: 12,
    onProgress: ({ acknowledged }) => {
      const next = waiting[0]
      if (!next || acknowledged < next.after) return
      waiting.shift()
      struck = struck.then(() => next.strike())
    },
  })
  await struck
  if (waiting.length > 0) throw new Error('the drill was over before the fault')
  return result
}

/** Names and details of the checks that do not hold. */
export function broken({ checks }: DrillResult): string[] {
  return checks.filter(({ ok }) => !ok).map(({ name, detail }) => `${name}: ${detail}`)
}
