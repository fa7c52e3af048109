import type { Actor } from '@hotline/shared/actor'
import { shiftDay, type Day } from '@hotline/shared/calendar/day'
import { AppError } from '@hotline/shared/error'
import {
  inRosterOrder,
  mayReadRoster,
  mayRingDuty,
  type DutyView,
  type RosterDay,
  type RosterQuery,
} from '@hotline/shared/roster/roster'
import type { z } from 'zod'
import type { Crypto } from '../../platform/crypto'
import { phoneContext, type DutyRow, type RosterRow, type RosterStore } from './rosterStore'

/** The roster as this person may read it: telephones for those who may ring. */
export interface RosterReader {
  /** Every day of the time, also those on which nothing stands. */
  days(query: z.output<typeof RosterQuery>, actor: Actor): Promise<RosterDay[]>
  rowsOf(from: Day, to: Day): Promise<Map<Day, RosterRow>>
  rowOf(day: Day): Promise<RosterRow>
  dutyOf(day: Day, duty: DutyRow, actor: Actor): DutyView
  present(row: RosterRow, actor: Actor): RosterDay
}

export const emptyOn = (_id: Day): RosterRow => ({
  ...{ _id, version: 0, duties: [], patrols: [] },
  ...{ updatedAt: new Date(0), updatedByName: '' },
})

/** @throws AppError forbidden */
export function assertMayRead(actor: Actor): void {
  if (!mayReadRoster(actor)) throw new AppError('forbidden', '值班表只供热线工作人员查看')
}

export function createRosterReader(store: RosterStore, crypto: Crypto): RosterReader {
  async function rowsOf(from: Day, to: Day): Promise<Map<Day, RosterRow>> {
    return new Map((await store.between(from, to)).map((row) => [row._id, row]))
  }
  /** One that cannot be opened must not keep a month from being shown. */
  function phoneOf(day: Day, { id, phone }: DutyRow): string | undefined {
    try {
      return phone && crypto.open(phone, phoneContext(day, id))
    } catch {
      return undefined
    }
  }
  const dutyOf = (day: Day, row: DutyRow, actor: Actor): DutyView => ({
    ...row,
    phone: mayRingDuty(actor) ? phoneOf(day, row) : undefined,
  })
  const present = ({ _id: day, version, duties, patrols }: RosterRow, actor: Actor): RosterDay => ({
    day,
    version,
    duties: inRosterOrder(duties).map((duty) => dutyOf(day, duty, actor)),
    patrols: patrols.map(({ byId: _byId, at, ...patrol }) => ({ ...patrol, at: at.toISOString() })),
  })

  return {
    async days({ from, to }, actor) {
      assertMayRead(actor)
      const rows = await rowsOf(from, to)
      const items: RosterDay[] = []
      for (let day = from; day <= to; day = shiftDay(day, 1)) items.push(present(rows.get(day) ?? emptyOn(day), actor))
      return items
    },
    rowsOf,
    rowOf: async (day) => (await rowsOf(day, day)).get(day) ?? emptyOn(day),
    dutyOf,
    present,
  }
}
