import type { RatingItem, RatingMeasures, RatingPage, RatingQuery } from '@hotline/shared/rating/view'
import type { z } from 'zod'
import type { RateInput as Schema } from '@hotline/shared/rating/view'
import { api, type Query } from '../../platform/http'

export type RateBody = z.input<typeof Schema>
/** Days in Beijing, both included, and perhaps one unit with all under it. */
export interface Period {
  from: string
  to: string
  unitId?: string
}

export const ratingApi = {
  list: (query: Period & Partial<Pick<RatingQuery, 'grade' | 'state' | 'channel' | 'page' | 'pageSize'>>) =>
    api.get<RatingPage>('/api/ratings', query as unknown as Query),
  measures: (query: Period & { groupBy?: 'unit' | 'month' }) =>
    api.get<RatingMeasures>('/api/ratings/measures', query as unknown as Query),
  rate: (body: RateBody, idempotencyKey: string) => api.post<RatingItem>('/api/ratings', body, { idempotencyKey }),
}
