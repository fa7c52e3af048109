import { BasisQuery, BasisView, findBases } from '@hotline/shared/catalogue/bases'
import type { Matters } from '@hotline/shared/catalogue/matter'
import { Router } from 'express'
import { z } from 'zod'
import type { Feature } from '../../platform/feature'
import { parse } from '../../platform/http/validate'
import type { DutyContent } from './catalogueService'
import type { LiveCatalogue } from './catalogueStore'
import type { VersionStore } from './versionStore'

export interface BasisDeps {
  catalogue: LiveCatalogue
  duties: VersionStore<DutyContent>
  matters: Matters
}

/** 法规依据: everybody who answers may look them up; they name laws, not units. */
export function createBasisFeature({ catalogue, duties, matters }: BasisDeps): Feature {
  const router = Router()
  router.get('/', (req, res) => {
    const query = parse(BasisQuery, req.query)
    const sources = [...catalogue.versions.current().content.rules, ...duties.current().content.rows]
    res.json({ items: findBases(sources, query, (code) => matters.fullName(code)) })
  })
  return {
    path: '/api/bases',
    router,
    api: [
      {
        method: 'get',
        path: '/api/bases',
        tag: '派单目录',
        summary: '派单目录、责任清单引用的法规依据：按事项，或按词查',
        query: BasisQuery,
        response: z.object({ items: z.array(BasisView) }),
      },
    ],
  }
}
