import type { AuditVerdict, AuditView } from '@hotline/shared/audit/audit'
import type { Page } from '@hotline/shared/page'
import { api, type Query } from '../../../platform/http'

export const auditApi = {
  list: (query: Query) => api.get<Page<AuditView>>('/api/audit', query),
  verify: () => api.get<AuditVerdict>('/api/audit/verify'),
}
