import type { OwnCallId, OwnCallsView } from '@hotline/shared/callback/ownWork'
import type { LimitProfile } from '@hotline/shared/limits/profile'
import type { LimitList, ProfileView } from '@hotline/shared/limits/view'
import type { Page } from '@hotline/shared/page'
import type { TicketRow } from '@hotline/shared/ticket/view'
import { api } from '../../platform/http'

export interface Behind {
  measure: OwnCallId
  part: 'numerator' | 'denominator'
}

export const callbackApi = {
  own: () => api.get<OwnCallsView>('/api/callback/own'),
  ownTickets: (behind: Behind, page: number) =>
    api.get<Page<TicketRow>>('/api/callback/own/tickets', { ...behind, page, pageSize: 20 }),
  /** 本市方案 as it holds now. */
  async profile(): Promise<LimitProfile> {
    const { active } = await api.get<LimitList>('/api/limits')
    const { id, version } = active.profile
    return (await api.get<ProfileView>(`/api/limits/${encodeURIComponent(id)}`, { version })).profile
  },
}
