import type { Borders, Point } from './borders'
import { levelOf } from './code'
import type { Regions } from './region'

/** How near to a border is too near to be sure, in metres. A version of the catalogue may say otherwise. */
export const BORDER_MARGIN = 300

/** What somebody has to look at before a unit is chosen. */
export interface BorderQuestion {
  /** Counties and districts that the point may belong to, the nearest first. */
  districts: string[]
  text: string
}

/** The counties that a place lies in; of a zone those of its streets; none for the whole city. */
function countiesOf(regionCode: string, regions: Regions): string[] {
  switch (levelOf(regionCode)) {
    case 'city':
      return []
    case 'zone':
      return [...new Set(regions.children(regionCode).map(({ code }) => code.slice(0, 6)))]
    default:
      return [regionCode.slice(0, 6)]
  }
}

/**
 * What must be asked about the place, if anything: the point lies near a border, in another district than the chosen one, or
 * outside of the city. Without a point nothing is known and nothing asked.
 */
export function borderQuestion(
  { regionCode, location }: { regionCode: string; location?: Point },
  { borders, regions, margin }: { borders: Borders; regions: Regions; margin: number },
): BorderQuestion | undefined {
  if (!location) return undefined
  const near = borders.districtsWithin(location, margin)
  const districts = near.map(({ code }) => code)
  const chosen = countiesOf(regionCode, regions)
  const isChosen = districts.some((code) => chosen.includes(code))
  const other = chosen.length > 0 && !isChosen ? `，所选属地是${regions.fullName(regionCode)}` : ''
  const [first, second] = near
  if (!first) return { districts, text: `该点不在${regions.name(regions.cityCode)}范围内，请核对位置` }
  if (second) {
    const metres = Math.max(10, Math.round(second.metres / 10) * 10)
    const names = districts.map(regions.name).join('与')
    return { districts, text: `该点距${names}边界约 ${metres} 米${other}，请核对属地` }
  }
  if (chosen.length === 0) return { districts, text: `该点位于${regions.name(first.code)}，尚未选定属地，请核对` }
  return isChosen ? undefined : { districts, text: `该点位于${regions.name(first.code)}${other}，请核对属地` }
}
