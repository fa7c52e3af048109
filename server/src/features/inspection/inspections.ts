import type { Feature } from '../../platform/feature'
import type { Db } from '../../platform/mongo'
import { createInspectionFeature, type InspectionDeps } from './inspectionFeature'
import { createInspectionQueries } from './inspectionQueries'
import { createInspectionReader, type InspectionReader, type InspectionReaderDeps } from './inspectionReader'
import { createInspectionService, type InspectionServiceDeps } from './inspectionService'
import { createInspectionStore } from './inspectionStore'

type Joined = 'store' | 'queries' | 'service' | 'reader'
export type InspectionsDeps = Omit<InspectionDeps, Joined> &
  Omit<InspectionServiceDeps, Joined> &
  Omit<InspectionReaderDeps, Joined> & { db: Db }

/** 双随机检查, joined. */
export function createInspections({ db, ...deps }: InspectionsDeps): { feature: Feature; reader: InspectionReader } {
  const store = createInspectionStore(db)
  const queries = createInspectionQueries(db)
  const reader = createInspectionReader({ ...deps, store, queries })
  const service = createInspectionService({ ...deps, store, queries })
  return { feature: createInspectionFeature({ ...deps, store, queries, reader, service }), reader }
}
