import type { Actor } from '@hotline/shared/actor'
import type { Page } from '@hotline/shared/page'
import { valueOf } from '@hotline/shared/stats/evaluate'
import type { Measure, MeasureId } from '@hotline/shared/stats/measure'
import { createMeasures, measureOf } from '@hotline/shared/stats/measures'
import type { Period } from '@hotline/shared/stats/period'
import {
  optionsOf,
  periodOf,
  UNIT_CELLS,
  type MeasureItem,
  type StatsQuery,
  type StatsTicketsQuery,
} from '@hotline/shared/stats/view'
import type { UnitTree } from '@hotline/shared/unit/unit'
import type { Clock } from '../../platform/clock'
import type { TicketQueries, Row } from '../ticket/ticketQueries'
import { ticketsBehind } from './anchors'
import { createFresh } from './fresh'
import { returnedBy, type Returns } from './returns'
import { sightOf, type Sight } from './sight'
import type { Tallies, Tallier } from './tally'

/** Of the hotline's own work, or of what a ticket has been through before it came to this unit. */
const NOT_OF_UNITS: readonly MeasureId[] = [
  'directRate',
  'dispatchedRate',
  'onTimeDispatchRate',
  'returnRate',
  'approvedReturnRate',
  'agentSatisfactionRate',
]
const OF_TABLE = [...new Set(Object.values(UNIT_CELLS).map(({ measure }) => measure))].filter(
  (id) => id !== 'returnRate',
)

const NOTHING: Page<Row> = { items: [], total: 0, isTotalCapped: false }

export interface Counted {
  period: Period
  sight: Sight
}

export type MeasureAnswer = Counted & { items: MeasureItem[] }
export type UnitAnswer = Counted & { tallies: Tallies; returns: Map<string, number> }
export type TicketAnswer = Counted & { measure: Measure; page: Page<Row>; count: number; ticketCount: number }

/** Reads; each has the actor first and counts only what he may see. Numbers may be two seconds old. */
export interface StatsQueries {
  measures(actor: Actor, query: StatsQuery): Promise<MeasureAnswer>
  units(actor: Actor, query: StatsQuery): Promise<UnitAnswer>
  tickets(actor: Actor, query: StatsTicketsQuery): Promise<TicketAnswer>
  /** All of them, by one cursor. */
  eachTicket(actor: Actor, query: StatsTicketsQuery): AsyncIterable<Row>
  countTickets(actor: Actor, query: StatsTicketsQuery): Promise<number>
}

export interface StatsQueriesDeps {
  tallier: Tallier
  returns: Returns
  tickets: Pick<TicketQueries, 'matching' | 'count' | 'eachMatching'>
  units: UnitTree
  clock: Clock
}

export function createStatsQueries({ tallier, returns, tickets, units, clock }: StatsQueriesDeps): StatsQueries {
  const counted = (actor: Actor, query: StatsQuery): Counted => ({
    sight: sightOf(actor, units, query),
    period: periodOf(query, clock.now()),
  })

  const freshMeasures = createFresh<MeasureAnswer>(clock)
  const freshUnits = createFresh<UnitAnswer>(clock)
  const keyOf = ({ visible, unitIds }: Sight, query: StatsQuery) => JSON.stringify([visible, unitIds, query])

  async function measuresOf({ sight, period }: Counted, query: StatsQuery): Promise<MeasureAnswer> {
    const measures = createMeasures({ ...optionsOf(query), scope: sight.scope }).filter(
      ({ id }) => sight.scope === 'city' || !NOT_OF_UNITS.includes(id),
    )
    const tallies = await tallier.total(sight, period, measures)
    return { sight, period, items: measures.map((measure) => itemOf(measure, tallies.get(measure.id))) }
  }

  async function unitsOf({ sight, period }: Counted, query: StatsQuery): Promise<UnitAnswer> {
    // Units are compared by their own clocks, whoever looks.
    const measures = OF_TABLE.map((id) => measureOf(id, { ...optionsOf(query), scope: 'unit' }))
    const [tallies, byUnit] = await Promise.all([
      tallier.byUnit({ ...sight, scope: 'unit' }, period, measures),
      returns.byUnit(sight, period),
    ])
    return { sight, period, tallies, returns: byUnit }
  }

  /** Which tickets make up a number. */
  function behind(actor: Actor, query: StatsTicketsQuery) {
    const { sight, period } = counted(actor, query)
    const measure = measureOf(query.measure, { ...optionsOf(query), scope: sight.scope })
    const isUnitsReturns = measure.id === 'returnRate' && query.part === 'numerator' && sight.unitIds !== undefined
    const filter = isUnitsReturns ? returnedBy(sight, period) : ticketsBehind(measure, query.part, period, sight)
    return { sight, period, measure, isUnitsReturns, filter }
  }

  return {
    async measures(actor, query) {
      const asked = counted(actor, query)
      return freshMeasures(keyOf(asked.sight, query), () => measuresOf(asked, query))
    },

    async units(actor, query) {
      const asked = counted(actor, query)
      return freshUnits(keyOf(asked.sight, query), () => unitsOf(asked, query))
    },

    async *eachTicket(actor, query) {
      const { filter } = behind(actor, query)
      if (filter) yield* tickets.eachMatching(actor, filter)
    },

    async countTickets(actor, query) {
      const { filter } = behind(actor, query)
      return filter ? tickets.count(actor, filter) : 0
    },

    async tickets(actor, query) {
      const { page, pageSize, part } = query
      const { sight, period, measure, isUnitsReturns, filter } = behind(actor, query)
      if (!filter) return { sight, period, measure, page: NOTHING, count: 0, ticketCount: 0 }
      const [rows, ticketCount, count] = await Promise.all([
        tickets.matching(actor, filter, { page, pageSize }),
        tickets.count(actor, filter),
        isUnitsReturns
          ? returns.byUnit(sight, period).then((byUnit) => [...byUnit.values()].reduce((sum, n) => sum + n, 0))
          : tallier.total(sight, period, [measure]).then((tallies) => tallies.get(measure.id)?.[part] ?? 0),
      ])
      return { sight, period, measure, page: rows, count, ticketCount }
    },
  }
}

function itemOf(
  measure: Measure,
  tally = { numerator: 0 } as { numerator: number; denominator?: number },
): MeasureItem {
  const { id, label, formula, unitOfCount, target, isLowerBetter } = measure
  const { numerator, denominator = null, value } = valueOf(measure, tally.numerator, tally.denominator)
  const isMean = measure.unitOfCount === 'case' && measure.mean !== undefined
  const unit = denominator === null ? '件' : isMean ? '工作日' : '%'
  return { id, label, formula, numerator, denominator, value, unit, unitOfCount, target, isLowerBetter }
}
