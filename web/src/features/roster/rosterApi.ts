import type { DutyInput, DutyView, PatrolView, RosterDay } from '@hotline/shared/roster/roster'
import { api } from '../../platform/http'

export interface ImportResult {
  lines: { n: number; text: string; problem?: string }[]
  days: string[]
  isSaved: boolean
}
export type NewDuty = Pick<DutyInput, 'post' | 'name' | 'section' | 'title' | 'phone' | 'from' | 'to'>

export const rosterApi = {
  async days(from: string, to: string): Promise<RosterDay[]> {
    return (await api.get<{ items: RosterDay[] }>('/api/roster', { from, to })).items
  },
  async now(): Promise<DutyView[]> {
    return (await api.get<{ items: DutyView[] }>('/api/roster/now')).items
  },
  save: (day: string, version: number, duties: readonly NewDuty[], idempotencyKey: string) =>
    api.post<RosterDay>(`/api/roster/${day}/duties`, { version, duties }, { idempotencyKey }),
  copy: (body: { from: string; to: string; days: number; replaces: boolean }) =>
    api.post<{ days: string[]; skipped: string[] }>('/api/roster/copy', body),
  import: (text: string, isCheck: boolean) => api.post<ImportResult>('/api/roster/import', { text, isCheck }),
  patrol: (
    day: string,
    body: { at: string; place: string; found: string; handedTo?: string },
    idempotencyKey: string,
  ) => api.post<PatrolView>(`/api/roster/${day}/patrols`, body, { idempotencyKey }),
}
