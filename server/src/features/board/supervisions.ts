import type { Actor } from '@hotline/shared/actor'
import { hasRole } from '@hotline/shared/actor'
import {
  BOARD_ROLES,
  RISK_ROLES,
  type SupervisionItem,
  type SupervisionPage,
  type SupervisionQuery,
} from '@hotline/shared/board/view'
import { AppError } from '@hotline/shared/error'
import { TOTAL_CAP } from '@hotline/shared/page'
import type { CommandType } from '@hotline/shared/ticket/commands'
import type { UnitTree } from '@hotline/shared/unit/unit'
import type { Clock } from '../../platform/clock'
import type { Db } from '../../platform/mongo'
import type { TicketQueries } from '../ticket/ticketQueries'
import type { TicketPresenter } from '../ticket/ticketView'
import { NOTHING } from './riskQueries'
import { createSupervisionQueries, type FoundSupervision } from './supervisionQueries'

export interface SupervisionsDeps {
  db: Db
  tickets: Pick<TicketQueries, 'narrowedTo' | 'matching'>
  presenter: TicketPresenter
  units: UnitTree
  clock: Clock
}

/** 督办, a page of them as an actor sees it. @throws AppError forbidden */
export type Supervisions = (actor: Actor, query: SupervisionQuery) => Promise<SupervisionPage>

/** 销号 is of this one, the others are of its ticket. */
const FROM_HERE: readonly CommandType[] = ['closeSupervision', 'urge']

export function createSupervisions({ db, tickets, presenter, units, clock }: SupervisionsDeps): Supervisions {
  const supervisions = createSupervisionQueries(db)

  function presentSupervision(
    { ticketId, supervision, state }: FoundSupervision,
    found: Parameters<typeof presenter.row>[0],
    actor: Actor,
  ): SupervisionItem {
    const row = presenter.row(found, actor)
    const { id, form, trigger, unitId, requirement, deadline, at, by, answers, closedAt, closedBy, result } =
      supervision
    const last = answers.at(-1)
    const words = presenter.words({ requirement, answer: last?.answer, result }, found, actor)
    return {
      ticketId,
      no: row.no,
      version: row.version,
      status: row.status,
      title: row.title ?? row.excerpt,
      supervisionId: id,
      form,
      trigger,
      unitId,
      unitName: unitId && units.name(unitId),
      ...words,
      deadline: deadline?.toISOString(),
      at: at.toISOString(),
      byName: by.name,
      state,
      answeredAt: last?.at.toISOString(),
      closedAt: closedAt?.toISOString(),
      closedByName: closedBy?.name,
      can: state === 'closed' ? [] : row.can.filter((command) => FROM_HERE.includes(command)),
    }
  }

  return async function supervised(actor, query) {
    assertWatches(actor)
    const { items, counts } = await supervisions.find(
      tickets.narrowedTo(actor, {}) ?? NOTHING,
      actor,
      query,
      clock.now(),
    )
    const ids = [...new Set(items.map(({ ticketId }) => ticketId))]
    const found = ids.length
      ? await tickets.matching(actor, { _id: { $in: ids } }, { page: 1, pageSize: ids.length })
      : { items: [] }
    const rows = new Map(found.items.map((row) => [row._id, row]))
    const { waiting, overdue, answered } = counts
    const total = query.state ? counts[query.state] : waiting + overdue + answered
    return {
      items: items.flatMap((item) => {
        const row = rows.get(item.ticketId)
        return row ? [presentSupervision(item, row, actor)] : []
      }),
      total: Math.min(total, TOTAL_CAP),
      isTotalCapped: total > TOTAL_CAP,
      counts,
    }
  }
}

/** @throws AppError forbidden */
export function assertWatches(actor: Actor): void {
  if (!hasRole(actor, ...BOARD_ROLES)) throw new AppError('forbidden', '您没有查看督办看板的权限')
}

/** @throws AppError forbidden */
export function assertSeesRisks(actor: Actor): void {
  if (!hasRole(actor, ...RISK_ROLES)) throw new AppError('forbidden', '您没有查看风险看板的权限')
}
