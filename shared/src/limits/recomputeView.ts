/** What new rules would do to the tickets that are under way, before anything is done. */
export interface RecomputePreview {
  /** Tickets under way that were looked at. */
  total: number
  /** Of these, the ones whose deadlines change. */
  changing: number
  later: number
  earlier: number
  /** The same day, but no longer provisional. */
  confirmed: number
  /** Only deadlines of single steps: 签收, 退单, 审核 … */
  steps: number
  /** Kept as they are: over already; would be over at once; set by hand or by law. */
  missed: number
  wouldBeOver: number
  manual: number
  samples: RecomputeSample[]
}

export type Direction = 'later' | 'earlier' | 'confirmed' | 'steps'

export interface RecomputeSample {
  id: string
  no: string
  title: string
  unitName?: string
  direction: Direction
  /** The unit's deadline, or that of whoever has the ticket. */
  from?: string
  to?: string
}

export const DIRECTION_LABELS: Record<Direction, string> = {
  later: '延后',
  earlier: '提前',
  confirmed: '暂定转为确定',
  steps: '只调整环节时限',
}

export const SAMPLE_SIZE = 50

/** A recomputation in the background, as `GET /api/recomputes/{id}` tells of it. */
export interface RecomputeJobView {
  id: string
  cause: string
  state: 'waiting' | 'running' | 'done'
  createdAt: string
  byName: string
  /** It waits for the day from which the profile holds. */
  notBefore?: string
  startedAt?: string
  finishedAt?: string
  total: number
  seen: number
  changed: number
  /** Changed by somebody at the same moment, and done singly. */
  retried: number
  missed: number
  wouldBeOver: number
}
