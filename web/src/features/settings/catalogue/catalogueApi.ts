import type {
  CheckView,
  CountyBureauView,
  DutyView,
  RuleView,
  VersionView,
} from '@hotline/shared/catalogue/catalogueView'
import type { CatalogueProblem } from '@hotline/shared/catalogue/problems'
import type { CatalogueChange } from '@hotline/shared/catalogue/ruleInput'
import type { Unit } from '@hotline/shared/unit/unit'
import { api, type Query } from '../../../platform/http'
import type { RegionItem } from '../../masters/mastersApi'

export interface RulePage {
  version: number
  newestVersion: number
  borderMargin: number
  items: RuleView[]
  total: number
  isTotalCapped: boolean
}
export interface DutyRowBody {
  matterCode: string
  lowest: string
  basis: string
  part?: string
}

export const catalogueApi = {
  rules: (query: Query) => api.get<RulePage>('/api/catalogue/rules', query),
  versions: async () => (await api.get<{ items: VersionView[] }>('/api/catalogue/versions')).items,
  check: (base: number, changes: readonly CatalogueChange[]) =>
    api.post<CheckView>('/api/catalogue/check', { base, changes }),
  save: (base: number, changes: readonly CatalogueChange[], note: string, idempotencyKey: string) =>
    api.post<{ version: number }>('/api/catalogue/versions', { base, changes, note }, { idempotencyKey }),
  countyBureaus: async () => (await api.get<{ items: CountyBureauView[] }>('/api/catalogue/county-bureaus')).items,
  async cityBureaus(): Promise<Unit[]> {
    const [city] = (await api.get<{ items: RegionItem[] }>('/api/regions')).items
    const { items } = await api.get<{ items: Unit[] }>('/api/units', { parent: city?.code })
    return items.filter(({ kind, isOpen }) => kind === 'bureau' && isOpen)
  },
}

export const dutyApi = {
  list: (version?: number) => api.get<DutyView>('/api/duties', { version }),
  versions: async () => (await api.get<{ items: VersionView[] }>('/api/duties/versions')).items,
  check: (rows: readonly DutyRowBody[]) => api.post<{ problems: CatalogueProblem[] }>('/api/duties/check', { rows }),
  save: (base: number, rows: readonly DutyRowBody[], note: string, idempotencyKey: string) =>
    api.post<{ version: number }>('/api/duties/versions', { base, rows, note }, { idempotencyKey }),
}
