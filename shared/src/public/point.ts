import { Location } from '../ticket/commandInputs'

/**
 * A point as people paste it: `118.02,37.38`, the other way round, or an address shared from a map that holds it.
 * Longitude and latitude of this country cannot be mistaken for each other.
 */
export function pointIn(text: string): { lng: number; lat: number } | undefined {
  const numbers = [...plain(text).matchAll(/\d{1,3}\.\d+/g)]
  for (const [index, first] of numbers.entries()) {
    const second = numbers[index + 1]
    if (!second || second.index - first.index - first[0].length > FARTHEST) continue
    const pair = [Number(first[0]), Number(second[0])]
    for (const [lng, lat] of [pair, [...pair].reverse()]) {
      const point = Location.safeParse({ lng, lat })
      if (point.success) return point.data
    }
  }
  return undefined
}

/** Characters between the two numbers of one point: a comma, or words such as 东经. */
const FARTHEST = 8

function plain(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // No address of a page: as it stands.
    return text
  }
}
