import { createMatters } from '@hotline/shared/catalogue/createMatters'
import type { Matter, Matters } from '@hotline/shared/catalogue/matter'
import { MATTERS } from '@hotline/shared/catalogue/matterData'
import type { Migration } from '../../platform/migrations'
import type { Db } from '../../platform/mongo'

type MatterRow = Omit<Matter, 'code'> & { _id: string; order: number }

/** The tree of matters, from memory for as long as the process runs. */
export async function loadMatters(db: Db): Promise<Matters> {
  const rows = await db.collection<MatterRow>('matters').find().sort({ order: 1 }).toArray()
  return createMatters(rows.map(({ _id, order: _order, ...matter }) => ({ code: _id, ...matter })))
}

export const matterMigrations: Migration[] = [
  {
    id: 420,
    name: '事项',
    up: async (db) => {
      const matters = db.collection<MatterRow>('matters')
      const rows = MATTERS.map(({ code, ...matter }, order): MatterRow => ({
        _id: code,
        ...matter,
        keywords: [...matter.keywords],
        weakKeywords: [...matter.weakKeywords],
        order,
      }))
      await matters.deleteMany({})
      await matters.insertMany(rows)
    },
  },
]
