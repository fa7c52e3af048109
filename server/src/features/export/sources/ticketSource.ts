import type { Actor } from '@hotline/shared/actor'
import type { Cell, ExportColumn } from '@hotline/shared/export/cell'
import { namesNumber } from '@hotline/shared/export/export'
import { AppError } from '@hotline/shared/error'
import { StatsTicketsQuery } from '@hotline/shared/stats/view'
import { measureOf } from '@hotline/shared/stats/measures'
import {
  isTicketColumn,
  TICKET_COLUMNS,
  USUAL_TICKET_COLUMNS,
  type TicketColumn,
  type TicketColumnId,
} from '@hotline/shared/ticket/columns'
import { deskTitle } from '@hotline/shared/ticket/desks'
import { TicketQuery } from '@hotline/shared/ticket/view'
import { maskText } from '@hotline/shared/user/masking'
import { parse } from '../../../platform/http/validate'
import type { StatsQueries } from '../../stats/statsQueries'
import type { Row, TicketQueries } from '../../ticket/ticketQueries'
import type { TicketPresenter } from '../../ticket/ticketView'
import type { ExportSource } from '../exportSource'

const PIXELS_A_CHARACTER = 7
/** What people typed: a number in it is somebody's, whoever may read it on the screen. */
const FREE_TEXT: readonly TicketColumnId[] = ['title', 'excerpt', 'address']

export interface TicketSourceDeps {
  queries: TicketQueries
  stats: StatsQueries
  presenter: TicketPresenter
}

/** 全部工单 and every desk; and the tickets behind a number of the statistics. */
export function createTicketSources({ queries, stats, presenter }: TicketSourceDeps): {
  tickets: ExportSource
  statsTickets: ExportSource
} {
  const shape = (columns: readonly string[] | undefined) => {
    const ids = chosen(columns)
    return {
      columns: ids.map(columnOf),
      cellsOf(row: Row, actor: Actor): Cell[] {
        const shown = presenter.row(row, actor, true)
        return ids.map((id) => {
          const value = (TICKET_COLUMNS[id] as TicketColumn).cell(shown)
          return typeof value === 'string' && FREE_TEXT.includes(id) ? maskText(value) : value
        })
      },
    }
  }

  return {
    tickets(actor, asked, wanted) {
      if (namesNumber(asked)) {
        const message = '按电话或证件号码查到的工单不能导出，请改用其他条件'
        throw new AppError('invalidInput', message, { fields: [{ path: 'query.q', message }] })
      }
      const query = parse(TicketQuery, asked)
      const { columns, cellsOf } = shape(wanted)
      return {
        title: query.desk ? deskTitle(query.desk) : '全部工单',
        columns,
        count: (most) => queries.countEach(actor, query, most),
        async *rows() {
          for await (const row of queries.each(actor, query)) yield cellsOf(row, actor)
        },
      }
    },

    statsTickets(actor, asked, wanted) {
      const query = parse(StatsTicketsQuery, asked)
      const { columns, cellsOf } = shape(wanted)
      const { label } = measureOf(query.measure, { scope: 'city' })
      return {
        title: `${label}的${query.part === 'numerator' ? '分子' : '分母'}`,
        columns,
        count: async (most) => Math.min(most, await stats.countTickets(actor, query)),
        async *rows() {
          for await (const row of stats.eachTicket(actor, query)) yield cellsOf(row, actor)
        },
      }
    },
  }
}

function chosen(columns: readonly string[] | undefined): readonly TicketColumnId[] {
  const known = [...new Set(columns?.filter(isTicketColumn))]
  return known.length > 0 ? known : USUAL_TICKET_COLUMNS
}

function columnOf(id: TicketColumnId): ExportColumn {
  const { label, exportLabel, width, kind }: TicketColumn = TICKET_COLUMNS[id]
  const characters = Math.round(width / PIXELS_A_CHARACTER)
  return { label: exportLabel ?? label, kind, width: kind === 'moment' ? Math.max(17, characters) : characters }
}
