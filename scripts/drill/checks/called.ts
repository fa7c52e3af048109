import type { TicketView } from '@hotline/shared/ticket/view'
import type { Findings } from './check'

/** In the callback that closed a merged matter everybody spoke, or could not be reached as often as the rules ask. */
export function areCalled({ views }: Findings): string[] {
  return [...views.values()].flatMap((view) => {
    const { participants = [], outcome, no } = view
    if (participants.length === 0 || !['satisfied', 'dissatisfiedDismissed', 'unreachable'].includes(outcome ?? ''))
      return []
    const { answered, exhausted } = lastRound(view)
    const callers = [undefined, ...participants.flatMap((one) => (one.needsCallback ? one.ticketId : []))]
    const left = callers.filter((id) => !answered.has(id) && !exhausted.has(id))
    return left.map((id) => `${no}：没有回访 ${participants.find((one) => one.ticketId === id)?.no ?? '本件诉求人'}`)
  })
}

function lastRound({ history }: TicketView) {
  let answered = new Set<string | undefined>()
  let exhausted = new Set<string | undefined>()
  for (const event of history) {
    if (event.type === 'ticket.hotlineReviewed' && event.isPassed) {
      answered = new Set()
      exhausted = new Set()
    }
    if (event.type === 'ticket.callbackRecorded') answered.add(event.participantId)
    if (event.type === 'ticket.callbackAttempted' && event.isExhausted) exhausted.add(event.participantId)
  }
  return { answered, exhausted }
}
