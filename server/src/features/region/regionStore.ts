import { createRegions } from '@hotline/shared/region/createRegions'
import { levelOf } from '@hotline/shared/region/code'
import type { RegionData, RegionEntry, Regions } from '@hotline/shared/region/region'
import { REGION_DATA } from '@hotline/shared/region/regionData'
import { VILLAGE_DATA } from '@hotline/shared/region/villageData'
import { AppError } from '@hotline/shared/error'
import type { Migration } from '../../platform/migrations'
import type { Db } from '../../platform/mongo'

interface RegionRow {
  _id: string
  name: string
  initials: string
  /** Zones: the streets and towns that it took over. */
  members?: string[]
  order: number
  source: string
}

/**
 * The places of the city, from memory for as long as the process runs.
 * @throws AppError unavailable when the database holds another city
 */
export async function loadRegions(db: Db, cityCode: string): Promise<Regions> {
  const rows = await db.collection<RegionRow>('regions').find().sort({ order: 1 }).toArray()
  const of = (level: ReturnType<typeof levelOf>) => rows.filter((row) => levelOf(row._id) === level)
  const city = of('city')[0]
  if (city?._id !== cityCode) {
    throw new AppError('unavailable', `数据库里的城市是 ${city?._id ?? '空'}，与 CITY_CODE=${cityCode} 不符`)
  }
  const data: RegionData = {
    source: city.source,
    city: entryOf(city),
    counties: of('county').map(entryOf),
    towns: of('town').map(entryOf),
    zones: of('zone').map((row) => ({
      code: row._id,
      name: row.name,
      initials: row.initials,
      members: row.members ?? [],
    })),
  }
  return createRegions(data, of('village').map(entryOf))
}

function entryOf({ _id, name, initials }: RegionRow): RegionEntry {
  return [_id, name, initials]
}

export const regionMigrations: Migration[] = [
  {
    id: 400,
    name: '区划',
    up: async (db) => {
      const { city, counties, towns, zones, source } = REGION_DATA
      const entries = [city, ...counties, ...towns, ...VILLAGE_DATA].map(([_id, name, initials]) => ({
        _id,
        name,
        initials,
      }))
      const zoneRows = zones.map(({ code, name, initials, members }) => ({
        _id: code,
        name,
        initials,
        members: [...members],
      }))
      const rows = [...entries, ...zoneRows].map((row, order): RegionRow => ({ ...row, order, source }))
      const regions = db.collection<RegionRow>('regions')
      await regions.deleteMany({})
      await regions.insertMany(rows)
    },
  },
]
