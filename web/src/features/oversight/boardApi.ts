import type { BoardColumns, RiskBoard, SupervisionPage } from '@hotline/shared/board/view'
import { api, type Query } from '../../platform/http'

export const boardApi = {
  risks: (query: Query) => api.get<RiskBoard>('/api/board/risks', query),
  columns: () => api.get<BoardColumns>('/api/board/columns'),
  supervisions: (query: Query, signal?: AbortSignal) =>
    api.get<SupervisionPage>('/api/board/supervisions', query, { signal }),
}
