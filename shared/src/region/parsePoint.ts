import type { Point } from './borders'

const NUMBER = /-?\d{1,3}(?:\.\d+)?/g
const isLng = (n: number) => n >= 73 && n <= 136
const isLat = (n: number) => n >= 3 && n <= 54

/**
 * A point as people paste it: `118.0131,37.3829`, the other way round, with Chinese commas or with words between. Undefined
 * where it is no point of this country.
 */
export function parsePoint(text: string): Point | undefined {
  const numbers = text.normalize('NFKC').match(NUMBER)?.map(Number) ?? []
  if (numbers.length !== 2) return undefined
  const [one = 0, other = 0] = numbers
  if (isLng(one) && isLat(other)) return { lng: one, lat: other }
  return isLat(one) && isLng(other) ? { lng: other, lat: one } : undefined
}
