import type { Borders, District, Point } from '@hotline/shared/region/borders'

/** What a drawing shows: a part of the ground, flat, north above. */
export interface Frame {
  centre: Point
  /** Metres from its left to its right edge. */
  span: number
  width: number
  height: number
}

const METRES_A_DEGREE = 111_195
const shrinkAt = (lat: number) => Math.cos((lat * Math.PI) / 180)

export function project({ centre, span, width, height }: Frame, { lng, lat }: Point): [x: number, y: number] {
  const scale = width / span
  const east = (lng - centre.lng) * METRES_A_DEGREE * shrinkAt(centre.lat)
  const north = (lat - centre.lat) * METRES_A_DEGREE
  return [width / 2 + east * scale, height / 2 - north * scale]
}

/** Five decimals are a metre. */
export function unproject({ centre, span, width, height }: Frame, x: number, y: number): Point {
  const scale = span / width
  const lng = centre.lng + ((x - width / 2) * scale) / (METRES_A_DEGREE * shrinkAt(centre.lat))
  const lat = centre.lat - ((y - height / 2) * scale) / METRES_A_DEGREE
  const rounded = (n: number) => Math.round(n * 100_000) / 100_000
  return { lng: rounded(lng), lat: rounded(lat) }
}

/** All of the districts, with a little air. */
export function frameOf(districts: readonly District[], width: number, height: number): Frame {
  const points = districts.flatMap(({ ring }) => ring)
  const [west, east] = [Math.min(...points.map(({ lng }) => lng)), Math.max(...points.map(({ lng }) => lng))]
  const [south, north] = [Math.min(...points.map(({ lat }) => lat)), Math.max(...points.map(({ lat }) => lat))]
  const centre = { lng: (west + east) / 2, lat: (south + north) / 2 }
  const wide = (east - west) * METRES_A_DEGREE * shrinkAt(centre.lat)
  const high = (((north - south) * METRES_A_DEGREE) / height) * width
  return { centre, span: Math.max(wide, high) * 1.06, width, height }
}

/** A district's outline as SVG draws it. */
export function pathOf(frame: Frame, { ring }: District): string {
  const corners = ring.map((point) => {
    const [x, y] = project(frame, point)
    return `${x.toFixed(1)} ${y.toFixed(1)}`
  })
  return `M${corners.join('L')}Z`
}

const COLUMNS = 16
const ROWS = 10

/** Where in the picture each district's name stands: in the middle of what is seen of it. */
export function labelsOf(frame: Frame, borders: Pick<Borders, 'districtOf'>): { code: string; x: number; y: number }[] {
  const seen = new Map<string, { x: number; y: number; n: number }>()
  for (let column = 0; column < COLUMNS; column += 1)
    for (let row = 0; row < ROWS; row += 1) {
      const x = ((column + 0.5) / COLUMNS) * frame.width
      const y = ((row + 0.5) / ROWS) * frame.height
      const code = borders.districtOf(unproject(frame, x, y))
      if (!code) continue
      const sum = seen.get(code) ?? { x: 0, y: 0, n: 0 }
      seen.set(code, { x: sum.x + x, y: sum.y + y, n: sum.n + 1 })
    }
  return [...seen].filter(([, { n }]) => n > 1).map(([code, { x, y, n }]) => ({ code, x: x / n, y: y / n }))
}

/** A round length that takes about a fifth of the picture. */
export function scaleOf({ span, width }: Frame): { metres: number; pixels: number; text: string } {
  const wanted = span / 5
  const power = 10 ** Math.floor(Math.log10(wanted))
  const metres = ([5, 2, 1].find((n) => n * power <= wanted) ?? 1) * power
  return { metres, pixels: (metres / span) * width, text: metres >= 1000 ? `${metres / 1000} 公里` : `${metres} 米` }
}
