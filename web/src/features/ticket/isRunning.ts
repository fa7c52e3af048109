import { OPEN_STATUSES } from '@hotline/shared/ticket/labels'
import type { TicketRow, TicketView } from '@hotline/shared/ticket/view'

type Dated = Pick<TicketRow, 'status' | 'dueBy'> & Partial<Pick<TicketView, 'callbackBy'>>

/** When whoever has it must be done. In 回访 `dueBy` is the next moment to call, which nobody can be late for. */
export function deadlineOf({ status, dueBy, callbackBy }: Dated): string | undefined {
  return status === 'callback' ? callbackBy : dueBy
}

/** A clock runs on it: its deadline says something. */
export function isRunning(ticket: Dated): boolean {
  return !!deadlineOf(ticket) && OPEN_STATUSES.includes(ticket.status)
}
