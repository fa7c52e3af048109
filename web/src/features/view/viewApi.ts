import type {
  ChangeViewInput,
  KeptList,
  ListShape,
  SavedView,
  SaveViewInput,
  ViewsAnswer,
} from '@hotline/shared/view/savedView'
import { api } from '../../platform/http'

const pathOf = (id: string) => `/api/views/${encodeURIComponent(id)}`

export const viewApi = {
  list: (list: KeptList) => api.get<ViewsAnswer>('/api/views', { list }),
  save: (view: SaveViewInput, idempotencyKey: string) => api.post<SavedView>('/api/views', view, { idempotencyKey }),
  change: (id: string, change: ChangeViewInput) => api.patch<SavedView>(pathOf(id), change),
  remove: (id: string) => api.post(`${pathOf(id)}/remove`),
  keepShape: (list: KeptList, shape: ListShape) => api.post('/api/views/shape', { list, ...shape }),
}
