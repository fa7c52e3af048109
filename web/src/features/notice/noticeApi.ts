import type { Page } from '@hotline/shared/page'
import { api } from '../../platform/http'

export interface Notice {
  id: string
  title: string
  text: string
  ticketId?: string
  ticketNo?: string
  link?: string
  at: string
  isRead: boolean
}

export const noticeApi = {
  list: () => api.get<Page<Notice>>('/api/notices', { pageSize: 20 }),
  unread: () => api.get<{ count: number; isCapped: boolean }>('/api/notices/unread'),
  read: (id: string) => api.post(`/api/notices/${encodeURIComponent(id)}/read`),
  readAll: () => api.post('/api/notices/read-all'),
}
