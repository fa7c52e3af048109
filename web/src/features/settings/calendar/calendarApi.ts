import type { ReadNotice } from '@hotline/shared/calendar/notice'
import type { CalendarList, CalendarVersionView, YearPublished } from '@hotline/shared/calendar/view'
import type { RecomputePreview } from '@hotline/shared/limits/recomputeView'
import { api } from '../../../platform/http'

export interface YearDraft {
  year: number
  off: string[]
  work: string[]
  source: string
}
interface Save {
  calendar: YearDraft
  basedOn: number
  note: string
}

export const calendarApi = {
  list: () => api.get<CalendarList>('/api/calendar'),
  readNotice: (text: string, year?: number) => api.post<ReadNotice>('/api/calendar/read-notice', { text, year }),
  preview: (calendar: YearDraft) => api.post<RecomputePreview>('/api/calendar/preview', { calendar }),
  saveDraft: (save: Save, idempotencyKey: string) =>
    api.post<CalendarVersionView>('/api/calendar/drafts', save, { idempotencyKey }),
  publish: (save: Save, idempotencyKey: string) =>
    api.post<YearPublished>('/api/calendar/publish', save, { idempotencyKey }),
}
