import { createCatalogue, type Catalogue } from '@hotline/shared/catalogue/createCatalogue'
import type { Matters } from '@hotline/shared/catalogue/matter'
import type { CatalogueContent, CatalogueRule } from '@hotline/shared/catalogue/rule'
import { CATALOGUE_RULES, FIRST_CATALOGUE } from '@hotline/shared/catalogue/ruleData'
import type { Logger } from '../../platform/log'
import type { Migration } from '../../platform/migrations'
import type { Db } from '../../platform/mongo'
import { openVersions, writeFirstVersion, type VersionStore } from './versionStore'

type RuleRow = Omit<CatalogueRule, 'id'> & { _id: string; order: number }
export type CatalogueVersions = VersionStore<Omit<CatalogueContent, 'version'>>

const VERSIONS = 'catalogueVersions'

/** The 派单目录 that everybody holds, always its newest version. */
export interface LiveCatalogue extends Catalogue {
  versions: CatalogueVersions
  /** One version, ready to be asked. */
  of(content: CatalogueContent): Catalogue
}

export async function openCatalogue(db: Db, matters: Matters, logger: Logger): Promise<LiveCatalogue> {
  const versions: CatalogueVersions = await openVersions(db, VERSIONS, logger)
  const of = (content: CatalogueContent) => createCatalogue(content, matters)
  let made: Catalogue | undefined
  const now = (): Catalogue => {
    const { version, content } = versions.current()
    if (made?.version !== version) made = of({ version, ...content })
    return made
  }
  return {
    get version() {
      return now().version
    },
    get borderMargin() {
      return now().borderMargin
    },
    matters,
    rules: () => now().rules(),
    ruleFor: (...args) => now().ruleFor(...args),
    versions,
    of,
  }
}

async function writeRules(db: Db): Promise<void> {
  const rules = db.collection<RuleRow>('catalogueRules')
  await rules.deleteMany({})
  await rules.insertMany(CATALOGUE_RULES.map(({ id, ...rule }, order): RuleRow => ({ _id: id, ...rule, order })))
}

async function writeVersion(db: Db): Promise<void> {
  const rows = await db.collection<RuleRow>('catalogueRules').find().sort({ order: 1 }).toArray()
  const rules = rows.map(({ _id, order: _order, ...rule }): CatalogueRule => ({ id: _id, ...rule }))
  // Without rows this step has been here already, and died before it was noted.
  if (rules.length > 0) {
    const content = { rules, borderMargin: FIRST_CATALOGUE.borderMargin }
    await writeFirstVersion(db, VERSIONS, content, '初始目录')
  }
  await db.collection('catalogueRules').deleteMany({})
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
  {
    id: 432,
    name: '派单目录按版本保存',
    up: writeVersion,
  },
]
