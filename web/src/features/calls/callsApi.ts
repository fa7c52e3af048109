import type { AgentDays } from '@hotline/shared/call/agentDay'
import type { CallStats } from '@hotline/shared/call/measures'
import type { CallQuery, CallView } from '@hotline/shared/call/view'
import type { Page } from '@hotline/shared/page'
import { api, type Query } from '../../platform/http'

export const callsApi = {
  list: (query: Partial<CallQuery>) => api.get<Page<CallView>>('/api/calls', query as unknown as Query),
  stats: (day: string) => api.get<CallStats>('/api/calls/stats', { day }),
  agents: (day: string) => api.get<AgentDays>('/api/calls/agents', { day }),
  reveal: (id: string, reason: string) => api.post<{ number: string }>(`/api/calls/${id}/reveal`, { reason }),
}
