import type { CityNoticeInput, CityNoticeView } from '@hotline/shared/public/cityNotice'
import { api } from '../../../platform/http'

const PATH = '/api/city-notices'

export const cityNoticeApi = {
  list: async () => (await api.get<{ items: CityNoticeView[] }>(PATH)).items,
  add: (input: CityNoticeInput, idempotencyKey: string) => api.post<CityNoticeView>(PATH, input, { idempotencyKey }),
  withdraw: (id: string) => api.post<CityNoticeView>(`${PATH}/${id}/withdraw`),
}
