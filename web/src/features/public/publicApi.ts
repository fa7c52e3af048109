import type { PublicActInput } from '@hotline/shared/public/acts'
import { CODE_HEADER } from '@hotline/shared/public/acts'
import type { PublicRegistrationInput } from '@hotline/shared/public/registration'
import type { CityNotice } from '@hotline/shared/public/cityNotice'
import type { CityView, PublicPointView, PublicRegions, PublicVillages } from '@hotline/shared/public/view'
import type { PublicKnowledge } from '@hotline/shared/knowledge/view'
import type { PublicAct, PublicProgress } from '@hotline/shared/ticket/view'
import { api } from '../../platform/http'

/** Number and query code: what opens a citizen's own ticket. */
export interface Pair {
  no: string
  code: string
}

const BASE = '/api/public'

export const publicApi = {
  city: () => api.get<CityView>(`${BASE}/city`),
  regions: () => api.get<PublicRegions>(`${BASE}/regions`),
  villages: async (town: string) => (await api.get<PublicVillages>(`${BASE}/regions/${town}/villages`)).items,
  districtAt: (point: { lng: number; lat: number }) => api.post<PublicPointView>(`${BASE}/regions/at`, point),
  notices: async () => (await api.get<{ items: CityNotice[] }>(`${BASE}/notices`)).items,
  knowledge: (q: string) => api.post<PublicKnowledge>(`${BASE}/knowledge/search`, { q }),
  submit: (body: PublicRegistrationInput, idempotencyKey: string) =>
    api.post<PublicProgress & { queryCode: string }>(`${BASE}/tickets`, body, { idempotencyKey }),
  progress: ({ no, code }: Pair) =>
    api.get<PublicProgress>(`${BASE}/tickets/${no}`, {}, { headers: { [CODE_HEADER]: code } }),
  act: <A extends PublicAct>({ no, code }: Pair, act: A, body: PublicActInput<A>, idempotencyKey: string) =>
    api.post<PublicProgress>(`${BASE}/tickets/${no}/${act}`, { ...body, code }, { idempotencyKey }),
}
