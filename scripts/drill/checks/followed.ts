import type { PublicProgress } from '@hotline/shared/ticket/view'
import { createDice } from '../random'
import type { Findings } from './check'

const SAMPLE = 20

/** By number and query code, without an account; and nothing of the people concerned is told. */
export async function areFollowed({ people, played, views, seed }: Findings): Promise<string[]> {
  const wrong: string[] = []
  for (const { ticketId, no, number, queryCode } of createDice(`${seed}/followed`).shuffled(played).slice(0, SAMPLE)) {
    const view = views.get(ticketId ?? '')
    // What the system registered itself has no caller who was told a code.
    if (!view || !queryCode) continue
    const path = `/api/public/tickets/${no}`
    const { status, body } = await people.anyone({ method: 'GET', path, headers: { 'Query-Code': queryCode } })
    const progress = body as PublicProgress
    if (status !== 200 || progress.no !== no) wrong.push(`${no}：${status}`)
    else if (view.hasContact && JSON.stringify(progress).includes(number)) wrong.push(`${no} 露出号码`)
    else if (progress.steps.length === 0 || progress.sentence === '') wrong.push(`${no} 没有进展说明`)
  }
  return wrong
}
