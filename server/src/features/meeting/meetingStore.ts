import type { Day } from '@hotline/shared/calendar/day'
import { AppError } from '@hotline/shared/error'
import type { Gathered, MeetingReason, MeetingState } from '@hotline/shared/meeting/meeting'
import type { Actor } from '@hotline/shared/actor'
import { deskKey } from '@hotline/shared/ticket/desks'
import { OPEN_STATUSES } from '@hotline/shared/ticket/labels'
import { visibilityFilter } from '@hotline/shared/ticket/visibility'
import { isDuplicate, READ_LIMIT, type Db } from '../../platform/mongo'
import type { Tx } from '../../platform/outbox'
import { RISK_SORT, riskFilter } from '../ticket/riskFilter'
import type { TicketDoc } from '../ticket/ticketDocument'
import type { TicketRules } from '../ticket/ticketRules'

interface Deed {
  at: Date
  byName: string
}
export interface MeetingItem {
  id: string
  ticketId: string
  no: string
  reasons: MeetingReason[]
  proposal?: { reason: string; byName: string }
  problem: string
  demand: string
  unitId?: string
  deadline?: Day
  weeks: number
  state: 'open' | 'done'
  done?: Deed & { words: string }
  removed?: Deed & { reason: string }
}

/** One week's list, written whole: a few hundred items at the most. */
export interface MeetingRow {
  /** Its Monday. */
  _id: Day
  state: MeetingState
  version: number
  items: MeetingItem[]
  gatheredAt?: Date
  heldAt?: Date
  heldByName?: string
}

export type FoundTicket = Pick<TicketDoc, '_id' | 'no' | 'leadUnitId'>

export interface MeetingStore {
  find(week: Day): Promise<MeetingRow | undefined>
  /** The last one held before this week. */
  lastHeld(before: Day): Promise<MeetingRow | undefined>
  newest(limit: number): Promise<MeetingRow[]>
  /** @throws AppError staleVersion */
  save(row: MeetingRow, version: number, tx?: Tx): Promise<MeetingRow>
  /** The worst ones of a reason. */
  worst(actor: Actor, reason: Gathered, most: number, at: Date): Promise<FoundTicket[]>
}

const FIELDS = { no: 1, leadUnitId: 1 } as const

export function createMeetingStore(db: Db, rules: Pick<TicketRules, 'calendar' | 'profile'>): MeetingStore {
  const meetings = db.collection<MeetingRow>('meetings')
  const tickets = db.collection<TicketDoc>('tickets')

  return {
    find: async (week) => (await meetings.findOne({ _id: week })) ?? undefined,
    async lastHeld(before) {
      const held = meetings.find({ _id: { $lt: before }, state: 'held' }, READ_LIMIT)
      return (await held.sort({ _id: -1 }).limit(1).toArray())[0]
    },
    newest: (limit) => meetings.find({}, READ_LIMIT).sort({ _id: -1 }).limit(limit).toArray(),
    async save(row, version, tx) {
      const next = { ...row, version: version + 1 }
      const { _id, ...fields } = next
      try {
        const { matchedCount, upsertedCount } = await meetings.replaceOne({ _id, version }, fields, {
          upsert: version === 0,
          ...(tx ? { session: tx.session } : {}),
        })
        if (matchedCount + upsertedCount > 0) return next
      } catch (error) {
        if (!isDuplicate(error)) throw error
      }
      throw new AppError('staleVersion', '清单刚被别人修改，请看过最新的再改')
    },
    async worst(actor, reason, most, at) {
      const visible = visibilityFilter(actor)
      if (!visible) return []
      const { filter, sort } = conditionOf(reason, at)
      return tickets
        .find({ $and: [visible, filter] } as never, { projection: FIELDS, ...READ_LIMIT })
        .sort(sort as never)
        .limit(most)
        .toArray()
    },
  }

  function conditionOf(
    reason: Gathered,
    now: Date,
  ): { filter: Record<string, unknown>; sort: Record<string, unknown> } {
    if (reason === 'consulting') return { filter: { desks: deskKey('hotline', 'consulting') }, sort: { dueBy: 1 } }
    // The board speaks of two; for the meeting whoever is dissatisfied once is enough.
    if (reason === 'reworked')
      return {
        filter: { status: { $in: [...OPEN_STATUSES] }, 'facts.standingReworkCount': { $gte: 1 } },
        sort: RISK_SORT.reworked,
      }
    return {
      filter: riskFilter([reason], { now, calendar: rules.calendar, profile: rules.profile }),
      sort: RISK_SORT[reason],
    }
  }
}
