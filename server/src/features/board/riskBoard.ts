import type { Actor } from '@hotline/shared/actor'
import { AppError } from '@hotline/shared/error'
import {
  RISK_NAMES,
  riskCondition,
  riskFormula,
  riskLabel,
  riskNote,
  type Risk,
  type RiskRules,
} from '@hotline/shared/board/risks'
import type { BoardColumn, BoardColumns, BoardQuery, BoardUnit, RiskBoard } from '@hotline/shared/board/view'
import type { Matters } from '@hotline/shared/catalogue/matter'
import { toFilter } from '@hotline/shared/stats/condition'
import type { TicketRow } from '@hotline/shared/ticket/view'
import type { UnitTree } from '@hotline/shared/unit/unit'
import type { Clock } from '../../platform/clock'
import { createFresh } from '../stats/fresh'
import { ledBelow, NOBODY, RISK_SORT } from '../ticket/riskFilter'
import type { TicketQueries } from '../ticket/ticketQueries'
import type { TicketRules } from '../ticket/ticketRules'
import type { TicketPresenter } from '../ticket/ticketView'
import { NOTHING, type CountedUnit, type RiskQueries } from './riskQueries'

/** So many cards in a column; below them a line says how many units more. */
export const MOST_UNITS = 30

export interface RiskBoardDeps {
  queries: RiskQueries
  tickets: Pick<TicketQueries, 'narrowedTo' | 'matching'>
  presenter: TicketPresenter
  rules: Pick<TicketRules, 'calendar' | 'profile'>
  units: UnitTree
  matters: Matters
  clock: Clock
}

/** 风险看板: each number is that of the list with the same `risk`. */
export function createRiskBoard({ queries, tickets, presenter, rules, units, matters, clock }: RiskBoardDeps) {
  const fresh = createFresh<RiskBoard>(clock)

  async function count(actor: Actor, query: BoardQuery): Promise<RiskBoard> {
    const now = clock.now()
    const { calendar, profile } = rules
    const at: RiskRules = { now, calendar, profile }
    const filters = Object.fromEntries(RISK_NAMES.map((risk) => [risk, toFilter(riskCondition(risk, at))]))
    const counted = await queries.count(narrowedFor(actor, query), filters as never, RISK_SORT)
    const ids = RISK_NAMES.flatMap((risk) => shown(counted.risks[risk]).map(({ worst }) => worst.id))
    const rows = await rowsOf(actor, [...new Set(ids)])
    return {
      at: now.toISOString(),
      columns: RISK_NAMES.map((risk) => columnOf(risk, counted.risks[risk], rows, at)),
      matters: counted.matters.map(({ matterCode, ...n }) => ({ matterCode, name: matters.name(matterCode), ...n })),
    }
  }

  function narrowedFor(actor: Actor, query: BoardQuery) {
    const own = ledBelow(actor)
    const isOfUnit = Object.keys(own).length > 0
    if (isOfUnit && query.unitId !== undefined && !units.isWithin(query.unitId, actor.unitId))
      throw new AppError('forbidden', '只能查看本单位及下级单位的风险')
    const visible = tickets.narrowedTo(actor, query) ?? NOTHING
    return isOfUnit ? { $and: [own, visible] } : visible
  }

  /** Masked as in any list. */
  async function rowsOf(actor: Actor, ids: string[]): Promise<Map<string, TicketRow>> {
    if (ids.length === 0) return new Map()
    const { items } = await tickets.matching(actor, { _id: { $in: ids } }, { page: 1, pageSize: ids.length })
    return new Map(items.map((row) => [row._id, presenter.row(row, actor)]))
  }

  function columnOf(
    risk: Risk,
    counted: readonly CountedUnit[],
    rows: ReadonlyMap<string, TicketRow>,
    at: RiskRules,
  ): BoardColumn {
    return {
      ...wordsOf(risk, at.profile),
      total: counted.reduce((sum, { count: n }) => sum + n, 0),
      units: shown(counted).map((unit) => cardOf(unit, rows)),
      otherUnits: Math.max(0, counted.length - MOST_UNITS),
    }
  }

  function cardOf({ unitId, count: n, worst }: CountedUnit, rows: ReadonlyMap<string, TicketRow>): BoardUnit {
    const row = rows.get(worst.id)
    return {
      unitId: unitId || NOBODY,
      unitName: unitId ? units.name(unitId) : '待派单（热线）',
      count: n,
      worst: row && {
        no: row.no,
        title: row.title ?? row.excerpt,
        resolveBy: row.resolveBy,
        returnCount: row.returnCount,
        reworkCount: row.reworkCount,
        quietSince: worst.quietSince?.toISOString(),
      },
    }
  }

  return {
    risks: (actor: Actor, query: BoardQuery) =>
      // Names in titles are masked for some who look, and not for others; a unit's board is its own.
      fresh(JSON.stringify([Object.keys(ledBelow(actor)).length > 0 ? actor.userId : actor.roles, query]), () =>
        count(actor, query),
      ),
    columns: (): BoardColumns => ({ columns: RISK_NAMES.map((risk) => wordsOf(risk, rules.profile)) }),
  }
}

function wordsOf(risk: Risk, profile: RiskRules['profile']): BoardColumns['columns'][number] {
  const label = riskLabel(risk, profile)
  return { risk, label, note: riskNote(risk, profile), formula: riskFormula(risk, { profile }) }
}

function shown(counted: readonly CountedUnit[]): readonly CountedUnit[] {
  return counted.slice(0, MOST_UNITS)
}
