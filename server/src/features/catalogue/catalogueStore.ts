import { createCatalogue, type Catalogue } from '@hotline/shared/catalogue/createCatalogue'
import type { Matters } from '@hotline/shared/catalogue/matter'
import type { CatalogueRule } from '@hotline/shared/catalogue/rule'
import { CATALOGUE_RULES } from '@hotline/shared/catalogue/ruleData'
import type { Migration } from '../../platform/migrations'
import type { Db } from '../../platform/mongo'

type RuleRow = Omit<CatalogueRule, 'id'> & { _id: string; order: number }

/** The 派单目录, from memory for as long as the process runs. */
export async function loadCatalogue(db: Db, matters: Matters): Promise<Catalogue> {
  const rows = await db.collection<RuleRow>('catalogueRules').find().sort({ order: 1 }).toArray()
  return createCatalogue(
    rows.map(({ _id, order: _order, ...rule }) => ({ id: _id, ...rule })),
    matters,
  )
}

async function writeRules(db: Db): Promise<void> {
  const rules = db.collection<RuleRow>('catalogueRules')
  await rules.deleteMany({})
  await rules.insertMany(CATALOGUE_RULES.map(({ id, ...rule }, order): RuleRow => ({ _id: id, ...rule, order })))
}

export const catalogueMigrations: Migration[] = [
  {
    id: 430,
    name: '派单目录',
    up: writeRules,
  },
  {
    id: 431,
    name: '派单目录的标点',
    up: writeRules,
  },
]
