import { createRegions } from '@hotline/shared/region/createRegions'
import { REGION_DATA } from '@hotline/shared/region/regionData'
import { createUnitTree } from '@hotline/shared/unit/createUnitTree'
import { buildDemoUnits } from '@hotline/shared/unit/demoUnits'
import type { Unit, UnitTree } from '@hotline/shared/unit/unit'
import type { Migration } from '../../platform/migrations'
import type { Db } from '../../platform/mongo'

type UnitRow = Omit<Unit, 'id'> & { _id: string; order: number }

/** The tree that everybody holds; `reload` changes what stands behind it. */
export interface Units extends UnitTree {
  reload(): Promise<void>
}

export async function loadUnits(db: Db): Promise<Units> {
  const read = async () => {
    const rows = await db.collection<UnitRow>('units').find().sort({ order: 1 }).toArray()
    return createUnitTree(rows.map(({ _id, order: _order, ...unit }) => ({ id: _id, ...unit })))
  }
  let tree = await read()
  return {
    get: (id) => tree.get(id),
    has: (id) => tree.has(id),
    isOpen: (id) => tree.isOpen(id),
    isWithin: (id, rootId) => tree.isWithin(id, rootId),
    pathOf: (id) => tree.pathOf(id),
    subtree: (id) => tree.subtree(id),
    children: (id) => tree.children(id),
    name: (id) => tree.name(id),
    all: () => tree.all(),
    reload: async () => {
      tree = await read()
    },
  }
}

const demoRows = () =>
  buildDemoUnits(createRegions(REGION_DATA)).map(({ id, ...unit }, order): UnitRow => ({ _id: id, ...unit, order }))

export const unitMigrations: Migration[] = [
  {
    id: 410,
    name: '承办单位',
    up: async (db) => {
      const units = db.collection<UnitRow>('units')
      await units.deleteMany({})
      await units.insertMany(demoRows())
    },
  },
  {
    id: 411,
    name: '承办单位的拼音首字母',
    up: async (db) => {
      await db.collection<UnitRow>('units').bulkWrite(
        demoRows().map(({ _id, initials, duties }) => ({
          updateOne: { filter: { _id }, update: { $set: { initials, duties } } },
        })),
      )
    },
  },
]
