import type { WorkCalendar } from '@hotline/shared/calendar/workingDays'
import type { UnitTree } from '@hotline/shared/unit/unit'
import type { Clock } from '../../platform/clock'
import type { Feature } from '../../platform/feature'
import type { Db } from '../../platform/mongo'
import type { TicketQueries } from '../ticket/ticketQueries'
import type { TicketPresenter } from '../ticket/ticketView'
import { createLiveBoard } from './liveStats'
import { createReturns } from './returns'
import { createStatsQueries } from './statsQueries'
import { createStatsRoutes, statsApi } from './statsRoutes'
import { createTallier } from './tally'

export interface StatsDeps {
  db: Db
  tickets: TicketQueries
  presenter: TicketPresenter
  units: UnitTree
  calendar: WorkCalendar
  clock: Clock
}

export function createStatsFeature({ db, tickets, presenter, units, calendar, clock }: StatsDeps): Feature {
  const queries = createStatsQueries({
    tallier: createTallier(db, calendar),
    returns: createReturns(db),
    tickets,
    units,
    clock,
  })
  const board = createLiveBoard(tickets, units, clock)
  return {
    path: '/api/stats',
    router: createStatsRoutes({ board, queries, presenter, units }),
    api: statsApi,
  }
}
