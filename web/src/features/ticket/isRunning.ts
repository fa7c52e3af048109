import { OPEN_STATUSES } from '@hotline/shared/ticket/labels'
import type { TicketRow } from '@hotline/shared/ticket/view'
import type { Pace } from '../../platform/format'

type Dated = Pick<TicketRow, 'status' | 'dueBy' | 'callbackBy' | 'isSuspended'> & { suspension?: unknown }

/** When whoever has it must be done. In 回访 `dueBy` is the next moment to call, which nobody can be late for. */
export function deadlineOf({ status, dueBy, callbackBy }: Dated): string | undefined {
  return status === 'callback' ? callbackBy : dueBy
}

/** A clock runs on it: its deadline says something. */
export function isRunning(ticket: Dated): boolean {
  return !isPaused(ticket) && !!deadlineOf(ticket) && OPEN_STATUSES.includes(ticket.status)
}

/** 挂起, 会商: what it says will be counted anew. */
export function isPaused({ status, isSuspended, suspension }: Dated): boolean {
  return isSuspended === true || suspension !== undefined || status === 'consulting'
}

/** Dispatching and the hotline's review are a matter of hours, all else of days. */
export function paceOf({ status }: Pick<TicketRow, 'status'>): Pace {
  return status === 'accepted' || status === 'hotlineReview' ? 'hours' : 'days'
}
