import type { Presence } from '@hotline/shared/call/labels'
import type { CallView, MyCalls, PresenceView, ReturnRow, TicketCall } from '@hotline/shared/call/view'
import { api } from '../../platform/http'

const returnPath = (id: string, act: string) => `/api/calls/returns/${encodeURIComponent(id)}/${act}`

/** The routes of a call, named once (shared/src/call/view.ts). */
export const callApi = {
  mine: () => api.get<MyCalls>('/api/calls/mine'),
  setPresence: (state: Presence) => api.put<PresenceView>('/api/calls/presence', { state }),
  endWrapUp: (id: string) => api.post<CallView>(`/api/calls/${id}/wrap-up-end`),
  link: (id: string, ticketId: string) => api.post<CallView>(`/api/calls/${id}/tickets`, { ticketId }),
  returns: () => api.get<{ items: ReturnRow[]; total: number }>('/api/calls/returns'),
  claim: (id: string) => api.post<{ number: string }>(returnPath(id, 'claim')),
  returned: (id: string) => api.post(returnPath(id, 'done'), {}),
  unreached: (id: string) => api.post(returnPath(id, 'unreached')),
  ofTicket: (ticketId: string) => api.get<{ items: TicketCall[] }>(`/api/tickets/${ticketId}/calls`),
}
