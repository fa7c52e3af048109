import type { UnitTree } from '@hotline/shared/unit/unit'
import type { Clock } from '../../platform/clock'
import type { Crypto } from '../../platform/crypto'
import type { Feature } from '../../platform/feature'
import type { Write } from '../../platform/http/idempotency'
import type { Logger } from '../../platform/log'
import type { Db } from '../../platform/mongo'
import type { Masters } from '../ticket/ticketRules'
import type { TicketFeature } from '../ticket/ticketFeature'
import { createRatingFeature } from './ratingFeature'
import { createRatingQueries } from './ratingQueries'
import { createRatingService, type RatingService } from './ratingService'
import { createRatingStore } from './ratingStore'

export interface RatingsDeps {
  db: Db
  tickets: Pick<TicketFeature, 'service' | 'store' | 'contact' | 'rules'>
  units: UnitTree
  matters: Masters['matters']
  crypto: Crypto
  clock: Clock
  logger: Logger
  write: Write
}

/** 好差评, joined. */
export function createRatings(deps: RatingsDeps): { feature: Feature; follow: RatingService['follow'] } {
  const { db, tickets, units, matters, crypto, clock, logger, write } = deps
  const service = createRatingService({
    store: createRatingStore(db),
    service: tickets.service,
    tickets: tickets.store,
    contact: tickets.contact,
    units,
    crypto,
    clock,
    logger,
    isLeafMatter: (code) => matters.get(code)?.level === 3,
  })
  const queries = createRatingQueries({ db, units, clock, targets: () => tickets.rules.profile.targets })
  return { feature: createRatingFeature({ service, queries, units, write }), follow: service.follow }
}
