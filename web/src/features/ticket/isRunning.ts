import { OPEN_STATUSES } from '@hotline/shared/ticket/labels'
import type { TicketRow, TicketView } from '@hotline/shared/ticket/view'

/** A clock runs on it: its deadline says something. */
export function isRunning({ status, dueBy }: Pick<TicketRow | TicketView, 'status' | 'dueBy'>): boolean {
  return !!dueBy && OPEN_STATUSES.includes(status)
}
