import type { CallNumbers, CallSettings, ExchangeView, LinesInput, NewExchange } from '@hotline/shared/call/settings'
import { api } from '../../../platform/http'

const PATH = '/api/call-settings'

export const callSettingsApi = {
  read: () => api.get<CallSettings>(PATH),
  saveNumbers: (body: CallNumbers & { version: number }) => api.put<CallSettings>(`${PATH}/numbers`, body),
  saveLines: (body: LinesInput) => api.put<CallSettings>(`${PATH}/lines`, body),
  /** A replay of the same key tells that it was done, and not the token once more. */
  addExchange: (name: string, idempotencyKey: string) =>
    api.post<NewExchange | { isReplayed: true }>(`${PATH}/exchanges`, { name }, { idempotencyKey }),
  revoke: (id: string) => api.post<ExchangeView>(`${PATH}/exchanges/${encodeURIComponent(id)}/revoke`),
}
