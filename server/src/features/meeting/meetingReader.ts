import type { Actor } from '@hotline/shared/actor'
import { shiftDay, type Day } from '@hotline/shared/calendar/day'
import { AppError } from '@hotline/shared/error'
import {
  mayEditMeetings,
  mayReadMeetings,
  type MeetingItemView,
  type MeetingView,
} from '@hotline/shared/meeting/meeting'
import type { UnitTree } from '@hotline/shared/unit/unit'
import type { TicketQueries } from '../ticket/ticketQueries'
import type { TicketPresenter } from '../ticket/ticketView'
import type { MeetingRow, MeetingStore } from './meetingStore'

export interface MeetingReaderDeps {
  store: MeetingStore
  tickets: Pick<TicketQueries, 'matching'>
  presenter: TicketPresenter
  units: UnitTree
}

/** A week's list as this person may read it. */
export interface MeetingReader {
  of(week: Day, actor: Actor): Promise<MeetingView>
  present(row: MeetingRow, actor: Actor): Promise<MeetingView>
}

export const blank = (_id: Day): MeetingRow => ({ _id, state: 'open', version: 0, items: [] })

/** @throws AppError forbidden */
export function assertMayRead(actor: Actor): void {
  if (!mayReadMeetings(actor)) throw new AppError('forbidden', '周例会清单供督办员、热线主任和市领导查看')
}

export function createMeetingReader({ store, tickets, presenter, units }: MeetingReaderDeps): MeetingReader {
  async function present(row: MeetingRow, actor: Actor): Promise<MeetingView> {
    const ids = row.items.map(({ ticketId }) => ticketId)
    const page = { page: 1, pageSize: ids.length }
    const found = ids.length > 0 ? (await tickets.matching(actor, { _id: { $in: ids } }, page)).items : []
    const byId = new Map(found.map((one) => [one._id, one]))
    const canEdit = mayEditMeetings(actor) && row.state === 'open'
    return {
      week: row._id,
      until: shiftDay(row._id, 6),
      state: row.state,
      version: row.version,
      items: row.items.map((item): MeetingItemView => {
        const about = byId.get(item.ticketId)
        const { done, removed, ...rest } = about ? presenter.words(item, about, actor) : item
        const ticket = about && presenter.row(about, actor, true)
        return {
          ...rest,
          title: ticket?.title ?? ticket?.excerpt ?? '您无权查看这张工单',
          status: ticket?.status,
          unitName: item.unitId && units.name(item.unitId),
          done: done && { ...done, at: done.at.toISOString() },
          removed: removed && { ...removed, at: removed.at.toISOString() },
        }
      }),
      gatheredAt: row.gatheredAt?.toISOString(),
      heldAt: row.heldAt?.toISOString(),
      heldByName: row.heldByName,
      canEdit,
      canFollow: mayEditMeetings(actor) && row.state === 'held',
    }
  }

  return {
    async of(week, actor) {
      assertMayRead(actor)
      return present((await store.find(week)) ?? blank(week), actor)
    },
    present,
  }
}
