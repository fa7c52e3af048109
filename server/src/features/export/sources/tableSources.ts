import type { Cell } from '@hotline/shared/export/cell'
import { dateCell } from '@hotline/shared/export/cell'
import { RATING_STATE_LABELS, RatingMeasureQuery, RatingQuery, type RatingItem } from '@hotline/shared/rating/view'
import { NO_RATINGS, ratingMeasures as measuresOf, type RatingMeasure } from '@hotline/shared/stats/ratingMeasures'
import { StatsQuery, UNIT_COLUMN_LABELS, type UnitNumbers } from '@hotline/shared/stats/view'
import { RATING_CHANNEL_LABELS, SATISFACTION_LABELS } from '@hotline/shared/ticket/labels'
import type { UnitTree } from '@hotline/shared/unit/unit'
import { parse } from '../../../platform/http/validate'
import type { RatingQueries } from '../../rating/ratingQueries'
import type { StatsQueries } from '../../stats/statsQueries'
import { presentUnits } from '../../stats/statsView'
import { column, rowsOf, type ExportSource } from '../exportSource'

const text = column('text')
const number = column('number')
const percent = column('percent')
const moment = column('moment')

export interface TableSourceDeps {
  stats: StatsQueries
  ratings: RatingQueries
  units: UnitTree
}

/** The tables of the statistics and of 好差评. */
export function createTableSources({ stats, ratings, units }: TableSourceDeps) {
  const statsMeasures: ExportSource = (actor, asked) => {
    const query = parse(StatsQuery, asked)
    const items = () => stats.measures(actor, query).then((answer) => answer.items)
    return {
      title: '统计指标',
      columns: [
        text('指标', 28),
        number('值', 12),
        text('单位', 8),
        number('分子', 12),
        number('分母', 12),
        number('目标（%）', 12),
        text('口径', 80),
      ],
      count: async () => (await items()).length,
      rows: () =>
        rowsOf(items(), ({ label, value, unit, numerator, denominator, target, formula }) => [
          label,
          value,
          unit,
          numerator,
          denominator,
          target ?? null,
          formula,
        ]),
    }
  }

  const statsUnits: ExportSource = (actor, asked) => {
    const query = parse(StatsQuery, asked)
    const keys = Object.keys(UNIT_COLUMN_LABELS) as (keyof UnitNumbers)[]
    const isRate = (key: string) => key.endsWith('Rate')
    const cells = (name: string, row: UnitNumbers): Cell[] => [
      name,
      ...keys.map((key) => cellOf(row[key], isRate(key))),
    ]
    const items = async () => {
      const table = presentUnits(await stats.units(actor, query), query, units)
      return [
        ...table.items.map((row) => cells(row.unitName, row)),
        ...(table.unassigned ? [cells('未在任何单位', table.unassigned)] : []),
        cells('合计', table.total),
      ]
    }
    return {
      title: '承办单位统计',
      columns: [
        text('承办单位', 30),
        ...keys.map((key) => (isRate(key) ? percent : number)(UNIT_COLUMN_LABELS[key], 12)),
      ],
      count: async () => (await items()).length,
      rows: () => rowsOf(items(), (row) => row),
    }
  }

  const ratingRows: ExportSource = (actor, asked) => {
    const query = parse(RatingQuery, asked)
    return {
      title: '好差评',
      columns: [
        moment('评价时间', 17),
        text('承办单位', 28),
        text('渠道', 12),
        number('评分', 8),
        text('评价', 12),
        text('评价内容', 60),
        text('窗口', 18),
        text('事项', 24),
        text('实名', 8),
        text('整改', 10),
        text('整改工单', 24),
        moment('整改时间', 17),
        moment('回访时间', 17),
      ],
      count: (most) => ratings.countEach(actor, query, most),
      async *rows() {
        for await (const item of ratings.each(actor, query)) yield ratingCells(item)
      },
    }
  }

  const ratingMeasures: ExportSource = (actor, asked) => {
    const query = parse(RatingMeasureQuery, asked)
    const answer = () => ratings.measures(actor, query)
    const cells = (name: string, measures: readonly RatingMeasure[]): Cell[] => [
      name,
      ...measures.map(({ value, unit }) => cellOf(value, unit === '%')),
    ]
    const items = async () => {
      const { items: parts, total } = await answer()
      return [...parts.map(({ name, measures }) => cells(name, measures)), cells('合计', total)]
    }
    return {
      title: '好差评统计',
      columns: [
        text(query.groupBy === 'month' ? '月份' : '承办单位', 28),
        ...measuresOf(NO_RATINGS).map(({ label, unit }) => (unit === '%' ? percent : number)(label, 14)),
      ],
      count: async () => (await items()).length,
      rows: () => rowsOf(items(), (row) => row),
    }
  }

  return { statsMeasures, statsUnits, ratings: ratingRows, ratingMeasures }
}

/** A spreadsheet keeps 98.25 % as 0.9825. */
function cellOf(value: number | null, isPercent: boolean): Cell {
  return value === null || !isPercent ? value : Math.round(value * 100) / 10_000
}

function ratingCells({ rectification, ...item }: RatingItem): Cell[] {
  return [
    dateCell(item.ratedAt),
    item.unitName,
    RATING_CHANNEL_LABELS[item.channel],
    item.score,
    SATISFACTION_LABELS[item.score],
    item.comment ?? null,
    item.window ?? null,
    item.item ?? null,
    item.isNamed ? '实名' : '匿名',
    item.state ? RATING_STATE_LABELS[item.state] : null,
    rectification?.no ?? null,
    dateCell(rectification?.rectifiedAt),
    dateCell(rectification?.calledBackAt),
  ]
}
