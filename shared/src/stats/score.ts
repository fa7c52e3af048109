/** Full points from `fullAt` percent on; `perPoint` less for each percentage point below, never under `floor`. */
export interface ScoreLine {
  points: number
  fullAt: number
  perPoint: number
  floor: number
}

/** 连云港 2021–2023, derived from published tables (domain.md §3.5). In 2022-02 satisfaction was full at 95. */
export const LIANYUNGANG = {
  onTimeClose: { points: 20, fullAt: 95, perPoint: 1, floor: 0 },
  satisfaction: { points: 25, fullAt: 98, perPoint: 0.5, floor: 12.5 },
} as const satisfies Record<string, ScoreLine>

/** Points for a percentage of two decimals, rounded half up to two decimals. */
export function scoreOf(line: ScoreLine, percentage: number): number {
  const missing = Math.max(0, Math.round(line.fullAt * 100) - Math.round(percentage * 100))
  // The small addend undoes binary fractions; it is far below a hundredth of a point.
  const hundredths = Math.floor(line.points * 100 - line.perPoint * missing + 0.5 + 1e-6)
  return Math.max(line.floor * 100, hundredths) / 100
}

/** Null rates (nothing to judge) score nothing and lower nothing: they are left out. */
export function scoreLianyungang(rates: { onTimeClose: number | null; satisfaction: number | null }): {
  points: number
  of: number
} {
  const parts = [
    { line: LIANYUNGANG.onTimeClose, rate: rates.onTimeClose },
    { line: LIANYUNGANG.satisfaction, rate: rates.satisfaction },
  ]
  let points = 0
  let of = 0
  for (const { line, rate } of parts) {
    if (rate === null) continue
    points += Math.round(scoreOf(line, rate) * 100)
    of += line.points
  }
  return { points: points / 100, of }
}
