import type { LiveStats, MeasureStats, StatsTickets, UnitStats } from '@hotline/shared/stats/view'
import { api } from '../../platform/http'

/** Days in Beijing, both included. */
export interface Days {
  from: string
  to: string
}

export const statsApi = {
  live: () => api.get<LiveStats>('/api/stats/live'),
  measures: (days: Days, unitId?: string) => api.get<MeasureStats>('/api/stats/measures', { ...days, unitId }),
  units: (days: Days) => api.get<UnitStats>('/api/stats/units', { ...days }),
  tickets: (query: Record<string, string | number>) => api.get<StatsTickets>('/api/stats/tickets', query),
}
