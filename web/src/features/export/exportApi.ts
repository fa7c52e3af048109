import type { ExportInput, ExportView } from '@hotline/shared/export/export'
import { download } from '../../platform/download'
import { api } from '../../platform/http'

const pathOf = (id: string) => `/api/exports/${encodeURIComponent(id)}`

export const exportApi = {
  ask: (input: ExportInput, idempotencyKey: string) => api.post<ExportView>('/api/exports', input, { idempotencyKey }),
  list: () => api.get<{ items: ExportView[] }>('/api/exports'),
  download: (id: string) => download(`${pathOf(id)}/file`),
}
