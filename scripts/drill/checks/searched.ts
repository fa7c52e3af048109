import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from '@hotline/shared/page'
import type { TicketRow } from '@hotline/shared/ticket/view'
import { createDice } from '../random'
import { searchWordsOf } from '../words'
import type { Findings } from './check'

const SAMPLE = 40
/** The index follows the commits; a moment later it has to be there. */
const PATIENCE_MS = 20_000

export async function areFound({ people, played, seed, startedAt }: Findings): Promise<string[]> {
  const wrong: string[] = []
  const giveUpAt = performance.now() + PATIENCE_MS
  // The server's clock may be behind ours by a little.
  const from = new Date(startedAt.getTime() - 3_600_000).toISOString()
  // What the system registered itself does not repeat the message.
  const own = played.filter(({ isExtra }) => !isExtra)
  for (const { ticketId, no, message } of createDice(`${seed}/searched`).shuffled(own).slice(0, SAMPLE)) {
    const [word] = searchWordsOf(message)
    if (!word || !ticketId) continue
    const query = new URLSearchParams({ q: word, pageSize: '100', from })
    for (;;) {
      const { items, isTotalCapped } = await people.get<Page<TicketRow>>('dispatcher1', `/api/tickets?${query}`)
      if (items.some(({ id }) => id === ticketId) || isTotalCapped) break
      if (performance.now() > giveUpAt) {
        wrong.push(`${no} 按“${word}”搜不到`)
        break
      }
      await pause(250)
    }
  }
  return wrong
}
