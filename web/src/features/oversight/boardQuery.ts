import type { BoardColumns, BoardQuery } from '@hotline/shared/board/view'
import { RISKS, type Risk } from '@hotline/shared/board/risks'
import { HOTLINE_DESKS, type HotlineDesk } from '@hotline/shared/ticket/desks'
import type { TicketQueryInput } from '@hotline/shared/ticket/view'
import type { LocationQuery } from 'vue-router'

const text = (value: unknown) => (typeof value === 'string' && value ? value : undefined)

/** What the address narrows the board to. */
export function filtersOf(query: LocationQuery): BoardQuery {
  return { unitId: text(query.unitId), regionCode: text(query.regionCode), matterCode: text(query.matterCode) }
}

/** The list behind a number: by column, by queue, by unit. */
export function listQueryOf(query: LocationQuery): TicketQueryInput {
  const { risk, desk, leadUnitId, overdue } = query
  return {
    ...filtersOf(query),
    risk: text(risk),
    desk: text(desk),
    leadUnitId: text(leadUnitId),
    overdue: text(overdue),
  }
}

/** @param columns with the city's own numbers, as soon as they are known */
export function titleOf(query: LocationQuery, columns: BoardColumns['columns'] = []): string {
  const risks = (text(query.risk) ?? '').split(',').filter((risk) => risk in RISKS) as Risk[]
  const desk = text(query.desk)
  if (desk && desk in HOTLINE_DESKS) return HOTLINE_DESKS[desk as HotlineDesk]
  if (text(query.overdue)) return '超期未办'
  if (risks.length === Object.keys(RISKS).length) return '各类风险'
  return risks.map((risk) => columns.find((one) => one.risk === risk)?.label ?? RISKS[risk]).join('、') || '工单'
}
