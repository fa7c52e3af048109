import { createRegions } from '@hotline/shared/region/createRegions'
import { REGION_DATA } from '@hotline/shared/region/regionData'
import { createUnitTree } from '@hotline/shared/unit/createUnitTree'
import { buildDemoUnits } from '@hotline/shared/unit/demoUnits'
import type { Unit, UnitTree } from '@hotline/shared/unit/unit'
import type { Logger } from '../../platform/log'
import type { Migration } from '../../platform/migrations'
import type { Db } from '../../platform/mongo'
import type { Tx } from '../../platform/outbox'
import { createNewest, type Newest } from '../../platform/newest'

type UnitRow = Omit<Unit, 'id'> & { _id: string; order: number }

interface ChangeCount {
  _id: string
  n: number
}

/** The tree that everybody holds; what changes in it stands in every process within two seconds. */
export interface Units extends UnitTree, Newest {
  setOpen(id: string, isOpen: boolean, tx: Tx): Promise<void>
}

export async function loadUnits(db: Db, logger: Logger): Promise<Units> {
  const units = db.collection<UnitRow>('units')
  const counts = db.collection<ChangeCount>('masterChanges')
  const read = async () => {
    const rows = await units.find().sort({ order: 1 }).toArray()
    return createUnitTree(rows.map(({ _id, order: _order, ...unit }) => ({ id: _id, ...unit })))
  }
  let tree = await read()
  const newest = createNewest('承办单位', {
    logger,
    ask: async () => (await counts.findOne({ _id: 'units' }))?.n ?? 0,
    load: async () => {
      tree = await read()
    },
  })
  return {
    ...newest,
    get: (id) => tree.get(id),
    has: (id) => tree.has(id),
    isOpen: (id) => tree.isOpen(id),
    isWithin: (id, rootId) => tree.isWithin(id, rootId),
    pathOf: (id) => tree.pathOf(id),
    subtree: (id) => tree.subtree(id),
    children: (id) => tree.children(id),
    name: (id) => tree.name(id),
    all: () => tree.all(),
    async setOpen(id, isOpen, { session, after }) {
      await units.updateOne({ _id: id }, { $set: { isOpen } }, { session })
      await counts.updateOne({ _id: 'units' }, { $inc: { n: 1 } }, { upsert: true, session })
      after(newest.poll)
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
