import type { CommandType } from '@hotline/shared/ticket/commands'
import type { TicketView } from '@hotline/shared/ticket/view'
import { useDraft, type Draft } from '../../../platform/drafts'
import { useSession } from '../../../platform/session'

/** Where a form's draft lies: whoever has seen the command succeed drops it there. */
export function draftPurpose(command: CommandType, ticketId: string): string {
  return `${command}:${ticketId}`
}

/** A form's fields, kept through a reload under the signed-in person, the command and the ticket. */
export function useFormDraft<T extends object>(
  command: CommandType,
  ticket: Pick<TicketView, 'id'>,
  empty: () => T,
): Draft<T> {
  return useDraft(useSession().user?.id ?? '', draftPurpose(command, ticket.id), empty)
}
