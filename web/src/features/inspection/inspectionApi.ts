import type {
  InspectionAct,
  InspectionView,
  RoundInput,
  RoundSummary,
  RoundView,
  ScoreInput,
} from '@hotline/shared/inspection/inspection'
import type { ScoreSheet, SheetInput } from '@hotline/shared/inspection/sheet'
import type { Page } from '@hotline/shared/page'
import { api, type Query } from '../../platform/http'

export type Desk = 'toScore' | 'toReview' | 'inspected'
export type SheetVersion = ScoreSheet & { note: string; at: string; byName: string }
export type Scoring = Omit<ScoreInput, 'version'>
export interface People {
  inspectors: { id: string; name: string; roles: string[] }[]
  agents: { id: string; name: string }[]
}

const PATH = '/api/inspections'

export const inspectionApi = {
  list: (query: Query) => api.get<Page<InspectionView>>(PATH, query),
  async rounds(): Promise<RoundView[]> {
    return (await api.get<{ items: RoundView[] }>(`${PATH}/rounds`)).items
  },
  round: (id: string) => api.get<{ round: RoundView; summary: RoundSummary }>(`${PATH}/rounds/${id}`),
  draw: (body: RoundInput, idempotencyKey: string) => api.post<RoundView>(`${PATH}/rounds`, body, { idempotencyKey }),
  close: (id: string, version: number) => api.post<RoundView>(`${PATH}/rounds/${id}/close`, { version }),
  people: () => api.get<People>(`${PATH}/people`),
  async sheets(): Promise<SheetVersion[]> {
    return (await api.get<{ items: SheetVersion[] }>(`${PATH}/sheets`)).items
  },
  saveSheet: (body: SheetInput) => api.post<SheetVersion>(`${PATH}/sheets`, body),
  act: (id: string, act: InspectionAct, body: object) =>
    api.post<InspectionView>(`${PATH}/${encodeURIComponent(id)}/${act}`, body),
}
