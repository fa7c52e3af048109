import type { ProfileChange } from '@hotline/shared/limits/fields'
import type { LimitProfileInput, ProfileRef } from '@hotline/shared/limits/profileInput'
import type { RecomputeJobView, RecomputePreview } from '@hotline/shared/limits/recomputeView'
import type { Applied, LimitList, ProfileView } from '@hotline/shared/limits/view'
import { api } from '../../../platform/http'

const pathOf = (id: string) => `/api/limits/${encodeURIComponent(id)}`

export const limitsApi = {
  list: () => api.get<LimitList>('/api/limits'),
  read: (id: string, version?: number) => api.get<ProfileView>(pathOf(id), { version }),
  diff: (id: string, from: number, to: number) =>
    api.get<{ changes: ProfileChange[] }>(`${pathOf(id)}/diff`, { from, to }),
  save: (id: string, body: { profile: LimitProfileInput; basedOn: number; note: string }, idempotencyKey: string) =>
    api.post<ProfileView>(`${pathOf(id)}/versions`, body, { idempotencyKey }),
  preview: (ref: ProfileRef) => api.post<RecomputePreview>('/api/limits/preview', ref),
  apply: (body: ProfileRef & { basedOn: number; note: string; isForOpen: boolean }, idempotencyKey: string) =>
    api.post<Applied>('/api/limits/apply', body, { idempotencyKey }),
}

export const recomputeApi = {
  newest: () => api.get<{ items: RecomputeJobView[] }>('/api/recomputes'),
  read: (id: string) => api.get<RecomputeJobView>(`/api/recomputes/${encodeURIComponent(id)}`),
}
