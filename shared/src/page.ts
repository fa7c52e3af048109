import { z } from 'zod'

/** One page of a list. `total` stops counting at `TOTAL_CAP`, and then `isTotalCapped` is true (shown as 1000+). */
export interface Page<T> {
  items: T[]
  total: number
  isTotalCapped: boolean
}

export const TOTAL_CAP = 1000
export const MAX_PAGE_SIZE = 100

export const PageQuery = z.object({
  page: z.coerce.number().int().min(1).max(10_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(MAX_PAGE_SIZE).default(20),
})
