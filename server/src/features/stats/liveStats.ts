import { hasRole, type Actor } from '@hotline/shared/actor'
import { LIVE_COUNTS, type LiveCount } from '@hotline/shared/stats/liveCounts'
import type { LiveItem, LiveStats } from '@hotline/shared/stats/view'
import { dayOf, endOfDay, startOfDay } from '@hotline/shared/calendar/day'
import { deskKey, HOTLINE_DESKS, type HotlineDesk } from '@hotline/shared/ticket/desks'
import { OPEN_STATUSES } from '@hotline/shared/ticket/labels'
import { HOTLINE_ROLES } from '@hotline/shared/user/roles'
import type { UnitTree } from '@hotline/shared/unit/unit'
import type { Clock } from '../../platform/clock'
import type { TicketQueries } from '../ticket/ticketQueries'
import { createFresh } from './fresh'
import { sightOf, type Filter } from './sight'

/** The counts' conditions in the fields that lists look for, so that an index answers and the list shows the same. */
const FILTERS: Record<LiveCount['id'], (now: Date) => Filter> = {
  receivedToday: (now) => ({
    registeredAt: { $gte: startOfDay(dayOf(now)), $lte: now },
    'facts.isInvalid': { $ne: true },
  }),
  inHand: () => ({ status: { $in: OPEN_STATUSES } }),
  dueToday: (now) => ({ unmetBy: { $gte: now, $lte: endOfDay(dayOf(now)) } }),
  overdue: (now) => ({ unmetBy: { $lt: now } }),
}

export interface LiveBoard {
  /** @throws AppError forbidden */
  now(actor: Actor): Promise<LiveStats>
}

export function createLiveBoard(tickets: Pick<TicketQueries, 'count'>, units: UnitTree, clock: Clock): LiveBoard {
  const fresh = createFresh<LiveStats>(clock)

  async function count(actor: Actor, withDesks: boolean): Promise<LiveStats> {
    const at = clock.now()
    const questions: (Omit<LiveItem, 'value'> & { filter: Filter })[] = [
      ...LIVE_COUNTS.map(({ id, label, formula, query }) => ({
        id,
        label,
        formula,
        query: query(at),
        filter: FILTERS[id](at),
      })),
      ...(withDesks ? DESKS : []),
    ]
    const items = await Promise.all(
      questions.map(async ({ filter, ...question }) => ({ ...question, value: await tickets.count(actor, filter) })),
    )
    return { items, at: at.toISOString() }
  }

  return {
    async now(actor) {
      const { visible } = sightOf(actor, units, { within: 'subtree' })
      const withDesks = hasRole(actor, ...HOTLINE_ROLES, 'cityLeader')
      return fresh(JSON.stringify([visible, withDesks]), () => count(actor, withDesks))
    },
  }
}

const DESKS = Object.entries(HOTLINE_DESKS).map(([desk, label]) => ({
  id: desk,
  label,
  formula: `热线“${label}”队列现有的工单`,
  query: { desk },
  filter: { desks: deskKey('hotline', desk as HotlineDesk) },
}))
