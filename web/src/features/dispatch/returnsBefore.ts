import type { ReturnReason } from '@hotline/shared/ticket/labels'
import type { TicketView } from '@hotline/shared/ticket/view'

export interface EarlierReturn {
  at: string
  unitId: string
  reason: ReturnReason
  /** 已同意, 已驳回 */
  outcome: string
  opinion: string
}

/** Returns that were decided already, the newest first; the one still open is not among them. */
export function returnsBefore(history: TicketView['history']): EarlierReturn[] {
  const open = new Map<string, EarlierReturn>()
  const decided: EarlierReturn[] = []
  for (const event of history) {
    if (event.type === 'ticket.returnRequested') {
      const { at, by, reason, assignmentId } = event
      open.set(assignmentId, { at, unitId: by.unitId, reason, outcome: '', opinion: '' })
    }
    if (event.type !== 'ticket.returnApproved' && event.type !== 'ticket.returnRejected') continue
    const request = open.get(event.assignmentId)
    if (!request) continue
    open.delete(event.assignmentId)
    const outcome = event.type === 'ticket.returnApproved' ? '已同意' : '已驳回'
    decided.unshift({ ...request, outcome, opinion: event.opinion })
  }
  return decided
}
