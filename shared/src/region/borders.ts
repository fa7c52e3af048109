export interface Point {
  lng: number
  lat: number
}

/** A county or district with its outline, closed or not. */
export interface District {
  code: string
  ring: readonly Point[]
}

/** How far a district is from a point; 0 when the point lies in it. */
export interface Near {
  code: string
  metres: number
}

/** Where the districts of a city end. Good to some twenty metres, as its data are. */
export interface Borders {
  /** The district in which the point lies; undefined outside of the city. */
  districtOf(point: Point): string | undefined
  /** All districts that lie within so many metres of the point, the nearest first. */
  districtsWithin(point: Point, metres: number): Near[]
}

const METRES_A_DEGREE = 111_195

/** Metres east and north of `from`; flat, which is right to a metre over the width of a county. */
function offset({ lng, lat }: Point, from: Point): [number, number] {
  const shrink = Math.cos((from.lat * Math.PI) / 180)
  return [(lng - from.lng) * METRES_A_DEGREE * shrink, (lat - from.lat) * METRES_A_DEGREE]
}

export function distanceBetween(one: Point, other: Point): number {
  return Math.hypot(...offset(one, other))
}

function distanceToSegment(point: Point, from: Point, to: Point): number {
  const [ax, ay] = offset(from, point)
  const [bx, by] = offset(to, point)
  const length = (bx - ax) ** 2 + (by - ay) ** 2
  const share = length === 0 ? 0 : Math.min(1, Math.max(0, -(ax * (bx - ax) + ay * (by - ay)) / length))
  return Math.hypot(ax + share * (bx - ax), ay + share * (by - ay))
}

/** Metres from the point to the nearest place of the line. */
export function distanceToLine(point: Point, line: readonly Point[]): number {
  let least = Infinity
  for (let at = 1; at < line.length; at += 1) {
    const [from, to] = [line[at - 1], line[at]]
    if (from && to) least = Math.min(least, distanceToSegment(point, from, to))
  }
  return least
}

function isInside({ lng, lat }: Point, ring: readonly Point[]): boolean {
  let inside = false
  let before = ring.at(-1)
  for (const point of ring) {
    if (before && point.lat > lat !== before.lat > lat) {
      const crossing = before.lng + ((lat - before.lat) / (point.lat - before.lat)) * (point.lng - before.lng)
      if (lng < crossing) inside = !inside
    }
    before = point
  }
  return inside
}

const closed = (ring: readonly Point[]): readonly Point[] => {
  const [first] = ring
  const last = ring.at(-1)
  return first && last && (first.lng !== last.lng || first.lat !== last.lat) ? [...ring, first] : ring
}

export function createBorders(districts: readonly District[]): Borders {
  const all = districts.map(({ code, ring }) => ({
    code,
    ring: closed(ring),
    west: Math.min(...ring.map(({ lng }) => lng)),
    east: Math.max(...ring.map(({ lng }) => lng)),
    south: Math.min(...ring.map(({ lat }) => lat)),
    north: Math.max(...ring.map(({ lat }) => lat)),
  }))

  return {
    districtOf: (point) => all.find(({ ring }) => isInside(point, ring))?.code,
    districtsWithin(point, metres) {
      const high = metres / METRES_A_DEGREE
      const wide = high / Math.cos((point.lat * Math.PI) / 180)
      return all
        .filter(({ west, east }) => point.lng >= west - wide && point.lng <= east + wide)
        .filter(({ south, north }) => point.lat >= south - high && point.lat <= north + high)
        .map(({ code, ring }) => ({ code, metres: isInside(point, ring) ? 0 : distanceToLine(point, ring) }))
        .filter((near) => near.metres <= metres)
        .sort((a, b) => a.metres - b.metres)
    },
  }
}
