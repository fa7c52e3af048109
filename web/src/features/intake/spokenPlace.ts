import { Location } from '@hotline/shared/ticket/commandInputs'

export interface SpokenPlace {
  address: string
  location?: { lng: number; lat: number }
}

const PAIR = /[（(]?\s*(\d{2,3}\.\d{3,})\s*[,，\s]\s*(\d{2,3}\.\d{3,})\s*[)）]?/

/** An address as it was pasted from a map: its coordinates, in either order, are taken out of the words. */
export function takePlace(text: string): SpokenPlace {
  const match = PAIR.exec(text)
  if (!match) return { address: text }
  const [first, second] = [Number(match[1]), Number(match[2])]
  const { data: location } = Location.safeParse({ lng: Math.max(first, second), lat: Math.min(first, second) })
  if (!location) return { address: text }
  return { address: text.replace(match[0], ' ').replace(/\s+/g, ' ').trim(), location }
}
