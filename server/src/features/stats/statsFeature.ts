import type { WorkCalendar } from '@hotline/shared/calendar/workingDays'
import type { UnitTree } from '@hotline/shared/unit/unit'
import type { Clock } from '../../platform/clock'
import type { Feature } from '../../platform/feature'
import type { Db } from '../../platform/mongo'
import type { TicketQueries } from '../ticket/ticketQueries'
import type { TicketPresenter } from '../ticket/ticketView'
import { createLiveBoard } from './liveStats'
import { createReturns } from './returns'
import { createStatsQueries, type StatsQueries } from './statsQueries'
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

/** The numbers as they are read, also by what exports them. */
export function createStatsReads({ db, tickets, units, calendar, clock }: Omit<StatsDeps, 'presenter'>): StatsQueries {
  return createStatsQueries({
    tallier: createTallier(db, calendar),
    returns: createReturns(db),
    tickets,
    units,
    clock,
  })
}

export function createStatsFeature({ presenter, ...deps }: StatsDeps): Feature {
  const { tickets, units, clock } = deps
  const queries = createStatsReads(deps)
  const board = createLiveBoard(tickets, units, clock)
  return {
    path: '/api/stats',
    router: createStatsRoutes({ board, queries, presenter, units }),
    api: statsApi,
  }
}
