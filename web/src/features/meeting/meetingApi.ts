import type { MeetingSummary, MeetingView } from '@hotline/shared/meeting/meeting'
import { api } from '../../platform/http'

const post = (week: string, path: string, body: object) => api.post<MeetingView>(`/api/meetings/${week}${path}`, body)

export const meetingApi = {
  async weeks(): Promise<MeetingSummary[]> {
    return (await api.get<{ items: MeetingSummary[] }>('/api/meetings')).items
  },
  one: (week: string) => api.get<MeetingView>(`/api/meetings/${week}`),
  gather: (week: string, version: number) => post(week, '/gather', { version }),
  add: (week: string, version: number, no: string, reason: string) => post(week, '/items', { version, no, reason }),
  edit: (week: string, id: string, body: object) => post(week, `/items/${id}`, body),
  remove: (week: string, id: string, version: number, reason: string) =>
    post(week, `/items/${id}/remove`, { version, reason }),
  order: (week: string, version: number, ids: readonly string[]) => post(week, '/order', { version, ids }),
  hold: (week: string, version: number) => post(week, '/hold', { version }),
  done: (week: string, id: string, version: number, words: string) =>
    post(week, `/items/${id}/done`, { version, words }),
}
