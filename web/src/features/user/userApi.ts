import type { Page } from '@hotline/shared/page'
import type { CreateUserInput, UserItem } from '@hotline/shared/user/account'
import { api, type Query } from '../../platform/http'

const pathOf = (id: string) => `/api/users/${encodeURIComponent(id)}`

export const userApi = {
  list: (query: Query) => api.get<Page<UserItem>>('/api/users', query),
  create: (body: CreateUserInput, idempotencyKey: string) => api.post<UserItem>('/api/users', body, { idempotencyKey }),
  disable: (id: string, handOverTo?: string) => api.post<UserItem>(`${pathOf(id)}/disable`, { handOverTo }),
  enable: (id: string) => api.post<UserItem>(`${pathOf(id)}/enable`),
  unlock: (id: string) => api.post(`${pathOf(id)}/unlock`),
  resetPassword: (id: string, password: string) => api.post(`${pathOf(id)}/reset-password`, { password }),
}
