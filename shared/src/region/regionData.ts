import { CITY_LINE, COUNTY_LINES, PLACES_SOURCE, TOWN_LINES } from './data/places'
import { ZONES } from './data/zones'
import type { RegionData, RegionEntry } from './region'

function entryOf(line: string): RegionEntry {
  const [code = '', name = '', initials = ''] = line.split(' ')
  return [code, name, initials]
}

const entriesOf = (lines: string) => lines.trim().split('\n').map(entryOf)

/** The demo city, down to its streets and towns. Its villages are `VILLAGE_DATA`, which only the server needs. */
export const REGION_DATA: RegionData = {
  source: PLACES_SOURCE,
  city: entryOf(CITY_LINE),
  counties: entriesOf(COUNTY_LINES),
  towns: entriesOf(TOWN_LINES),
  zones: ZONES,
}
