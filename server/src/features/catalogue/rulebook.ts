import type { Matters } from '@hotline/shared/catalogue/matter'
import type { Borders } from '@hotline/shared/region/borders'
import type { Regions } from '@hotline/shared/region/region'
import type { UnitTree } from '@hotline/shared/unit/unit'
import type { Clock } from '../../platform/clock'
import type { Feature } from '../../platform/feature'
import type { Write } from '../../platform/http/idempotency'
import type { Logger } from '../../platform/log'
import type { Db } from '../../platform/mongo'
import type { Transact } from '../../platform/outbox'
import type { Audit } from '../audit/auditService'
import { createBasisFeature } from './basisFeature'
import { askCatalogue, createCandidateFeature, type AskCatalogue } from './candidateFeature'
import { createCatalogueFeature } from './catalogueFeature'
import { createCatalogueService, type CatalogueService } from './catalogueService'
import { catalogueMigrations, openCatalogue } from './catalogueStore'
import { createDutyFeature } from './dutyFeature'
import { dutyMigrations, openDuties } from './dutyStore'

/** 派单目录 and 责任清单: what they say, and the pages on which they are written. */
export interface Rulebook {
  ask: AskCatalogue
  dutyAllows: CatalogueService['dutyAllows']
  features: Feature[]
  start(): Promise<void>
  stop(): Promise<void>
}

interface Deps {
  db: Db
  matters: Matters
  units: UnitTree
  regions: Regions
  borders: Borders
  audit: Audit
  transact: Transact
  clock: Clock
  write: Write
  logger: Logger
}

export const rulebookMigrations = [...catalogueMigrations, ...dutyMigrations]

export async function openRulebook({ db, matters, borders, write, logger, ...deps }: Deps): Promise<Rulebook> {
  const catalogue = await openCatalogue(db, matters, logger)
  const duties = await openDuties(db, logger)
  const service = createCatalogueService({ catalogue, duties, ...deps })
  const { units, regions, clock } = deps
  const masters = { catalogue, units, regions, borders }
  const ask = askCatalogue(masters, clock)
  return {
    ask,
    dutyAllows: service.dutyAllows,
    features: [
      createCandidateFeature(ask, masters),
      createCatalogueFeature({ ...masters, service, clock, write }),
      createDutyFeature({ duties, service, matters, write }),
      createBasisFeature({ catalogue, duties, matters }),
    ],
    async start() {
      await catalogue.versions.start()
      await duties.start()
    },
    async stop() {
      await catalogue.versions.stop()
      await duties.stop()
    },
  }
}
