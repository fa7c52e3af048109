import type { Feature } from '../../platform/feature'
import type { Db } from '../../platform/mongo'
import { createInspectionFeature, type InspectionDeps } from './inspectionFeature'
import { createInspectionQueries } from './inspectionQueries'
import { createInspectionService, type InspectionServiceDeps } from './inspectionService'
import { createInspectionStore } from './inspectionStore'

type Joined = 'store' | 'queries' | 'service'
export type InspectionsDeps = Omit<InspectionDeps, Joined> & Omit<InspectionServiceDeps, Joined> & { db: Db }

/** 双随机检查, joined. */
export function createInspections({ db, ...deps }: InspectionsDeps): Feature {
  const store = createInspectionStore(db)
  const queries = createInspectionQueries(db)
  return createInspectionFeature({
    ...deps,
    store,
    queries,
    service: createInspectionService({ ...deps, store, queries }),
  })
}
