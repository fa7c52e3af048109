import { BORDER_DATA } from '@hotline/shared/region/borderData'
import { createBorders, type Borders, type Point } from '@hotline/shared/region/borders'
import type { Migration } from '../../platform/migrations'
import type { Db } from '../../platform/mongo'

interface BorderRow {
  _id: string
  ring: Point[]
}

/** Where the districts end, from memory for as long as the process runs. */
export async function loadBorders(db: Db): Promise<Borders> {
  const rows = await db.collection<BorderRow>('regionBorders').find().toArray()
  return createBorders(rows.map(({ _id, ring }) => ({ code: _id, ring })))
}

export const borderMigrations: Migration[] = [
  {
    id: 401,
    name: '县区边界',
    up: async (db) => {
      const borders = db.collection<BorderRow>('regionBorders')
      await borders.deleteMany({})
      await borders.insertMany(BORDER_DATA.map(({ code, ring }) => ({ _id: code, ring: [...ring] })))
    },
  },
]
