/**
 * A percentage as reports state it: rounded half up to two decimals, counted in whole numbers so that no binary
 * fraction tips a half; null when there is nothing to divide by.
 */
export function percent(numerator: number, denominator: number, decimals = 2): number | null {
  return ratio(numerator * 100, denominator, decimals)
}

/** A mean, rounded half up to two decimals; null of nothing. */
export function average(sum: number, count: number): number | null {
  return ratio(sum, count, 2)
}

function ratio(numerator: number, denominator: number, decimals: number): number | null {
  if (denominator === 0) return null
  const scale = 10 ** decimals
  return Math.floor((2 * numerator * scale + denominator) / (2 * denominator)) / scale
}
