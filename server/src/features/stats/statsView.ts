import type { Actor } from '@hotline/shared/actor'
import { percent } from '@hotline/shared/stats/percent'
import type { Measure } from '@hotline/shared/stats/measure'
import { measureOf } from '@hotline/shared/stats/measures'
import {
  optionsOf,
  UNIT_CELLS,
  type MeasureStats,
  type StatsQuery,
  type StatsTickets,
  type UnitNumbers,
  type UnitStats,
} from '@hotline/shared/stats/view'
import type { UnitTree } from '@hotline/shared/unit/unit'
import type { TicketPresenter } from '../ticket/ticketView'
import type { Counted, MeasureAnswer, TicketAnswer, UnitAnswer } from './statsQueries'

type Cell = keyof typeof UNIT_CELLS
const CELLS = Object.keys(UNIT_CELLS) as Cell[]

const periodOnWire = ({ period }: Counted) => ({ from: period.from.toISOString(), to: period.to.toISOString() })

export function presentMeasures({ items, ...counted }: MeasureAnswer, units: UnitTree): MeasureStats {
  const { scope, unitId } = counted.sight
  return { ...periodOnWire(counted), scope, unitId, unitName: unitId && units.name(unitId), items }
}

export function presentUnits(answer: UnitAnswer, query: StatsQuery, units: UnitTree): UnitStats {
  const { tallies, returns } = answer
  const cellsOf = (unitId: string) =>
    Object.fromEntries(
      CELLS.map((cell) => {
        const { measure, part } = UNIT_CELLS[cell]
        const n = cell === 'returns' ? returns.get(unitId) : tallies.get(unitId)?.get(measure)?.[part]
        return [cell, n ?? 0]
      }),
    ) as Record<Cell, number>
  const rows = [...new Set([...tallies.keys(), ...returns.keys()])]
    .map((unitId) => ({ unitId, cells: cellsOf(unitId) }))
    .filter(({ cells }) => CELLS.some((cell) => cells[cell] > 0))
  const total = Object.fromEntries(
    CELLS.map((cell) => [cell, rows.reduce((sum, { cells }) => sum + cells[cell], 0)]),
  ) as Record<Cell, number>
  const unassigned = rows.find(({ unitId }) => unitId === '')
  return {
    ...periodOnWire(answer),
    items: rows
      .filter(({ unitId }) => unitId !== '')
      .map(({ unitId, cells }) => ({ unitId, unitName: units.name(unitId), ...numbersOf(cells) }))
      .sort((a, b) => b.started - a.started || b.due - a.due || (a.unitId < b.unitId ? -1 : 1)),
    unassigned: unassigned && numbersOf(unassigned.cells),
    total: numbersOf(total),
    formulas: formulasOf(query),
  }
}

function numbersOf(cells: Record<Cell, number>): UnitNumbers {
  return {
    ...cells,
    closeRate: percent(cells.startedClosed, cells.started),
    caseCloseRate: percent(cells.closed, cells.due),
    onTimeRate: percent(cells.onTime, cells.due),
    satisfactionRate: percent(cells.satisfied, cells.rated),
  }
}

function formulasOf(query: StatsQuery): UnitStats['formulas'] {
  const formula = (id: Measure['id']) => measureOf(id, { ...optionsOf(query), scope: 'unit' }).formula
  return {
    started: '期内转派、由该单位主办的件数；重启的再计一件，改派的计入现主办单位',
    startedClosed: '期内转派且期末前已办结的',
    closeRate: formula('closeRate'),
    due: '应结案数：按单位期限期内到期，或此前到期而期初仍未办结',
    closed: '应结案中期末前已办结的',
    caseCloseRate: formula('caseCloseRate'),
    onTime: '应结案中在单位期限内签批办结、且未曾超期的',
    onTimeRate: formula('onTimeCloseRate'),
    overdue: '应结案中超过单位期限的（含仍未办结的）',
    rated: '期内回访且对办理结果给出评价的',
    satisfied: '其中满意的',
    satisfactionRate: formula('satisfactionRate'),
    reworks: '期内最近一次回访的工单的重办次数',
    returns: '期内首次派单的工单中，该单位申请退单的次数（含未获同意的）',
  }
}

export function presentTickets(answer: TicketAnswer, actor: Actor, presenter: TicketPresenter): StatsTickets {
  const { measure, page, count, ticketCount } = answer
  return {
    ...page,
    items: page.items.map((row) => presenter.row(row, actor)),
    ...periodOnWire(answer),
    measure: measure.id,
    label: measure.label,
    count,
    note: count === ticketCount ? undefined : noteOf(measure, count, ticketCount),
  }
}

function noteOf(measure: Measure, count: number, ticketCount: number): string {
  if (measure.unitOfCount === 'ticket') return `${count} 次，涉及 ${ticketCount} 件工单`
  if (measure.mean) return `合计 ${count} 个工作日，涉及 ${ticketCount} 件工单`
  return `${count} 件次，涉及 ${ticketCount} 件工单：重启、重办后每次办理各计一件`
}
