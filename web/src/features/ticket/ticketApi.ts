import type { Page } from '@hotline/shared/page'
import type { CommandInput, CommandType } from '@hotline/shared/ticket/commands'
import type { DeskCounts, Revealed, TicketQueryInput, TicketRow, TicketView } from '@hotline/shared/ticket/view'
import { getCurrentScope, onScopeDispose } from 'vue'
import { api, type Query } from '../../platform/http'

/** A command's body as a form gives it: the version is added from the ticket that the person saw. */
export type CommandBody<T extends CommandType> = Omit<CommandInput<T>, 'version'>
/** For the generic path, where the command's name is only known at run time and the server's schema judges the body. */
export type AnyBody = Record<string, unknown>

const seen = new Set<(ticket: TicketView) => void>()

/** Every ticket that an answer brings, whoever asked: so one screen's act shows on the others without waiting. */
export function onTicketSeen(listener: (ticket: TicketView) => void): void {
  seen.add(listener)
  if (getCurrentScope()) onScopeDispose(() => seen.delete(listener))
}

function show(ticket: TicketView): TicketView {
  for (const listener of seen) listener(ticket)
  return ticket
}

const pathOf = (id: string) => `/api/tickets/${encodeURIComponent(id)}`

export const ticketApi = {
  find: (id: string) => api.get<TicketView>(pathOf(id)),
  /** Brings the newest state to every screen that shows it; a failure leaves them as they are. */
  refetch: async (id: string): Promise<void> => {
    await api.get<TicketView>(pathOf(id)).then(show, () => undefined)
  },
  list: (query: TicketQueryInput, signal?: AbortSignal) =>
    api.get<Page<TicketRow>>('/api/tickets', query as Query, { signal }),
  deskCounts: () => api.get<DeskCounts>('/api/tickets/desk-counts'),
  /** @throws AppError staleVersion when somebody was faster, and all that the rules say */
  command: async (
    ticket: Pick<TicketView, 'id' | 'version'>,
    command: CommandType,
    body: AnyBody,
    idempotencyKey?: string,
  ) =>
    show(
      await api.post<TicketView>(
        `${pathOf(ticket.id)}/${command}`,
        { ...body, version: ticket.version },
        { idempotencyKey },
      ),
    ),
  register: async (body: CommandInput<'register'>, idempotencyKey: string) =>
    show(await api.post<TicketView>('/api/tickets', body, { idempotencyKey })),
  /** Plain contact data, once, audited with the reason. */
  reveal: (id: string, field: 'contact' | 'contactNumber' | 'queryCode', reason: string) =>
    api.post<Revealed>(`${pathOf(id)}/reveal`, { field, reason }),
}
