import { z } from 'zod'
import { hasRole, type Actor } from '../actor'
import { dayOf, shiftDay, weekdayOf, type Day } from '../calendar/day'
import { DayInput } from '../roster/roster'
import type { TicketStatus } from '../ticket/labels'
import type { Role } from '../user/roles'
import { required } from '../ticket/commandInputs'

/** 周例会: why a ticket stands on the list of the week. */
export const MEETING_REASONS = {
  overdue: '超期',
  reworked: '不满意重办',
  consulting: '会商',
  returned: '多次退单',
  quiet: '久未进展',
  carried: '上次未了',
  hand: '提请',
} as const
export type MeetingReason = keyof typeof MEETING_REASONS
/** What is gathered by rule, in the order of the agenda. */
export const GATHERED = ['overdue', 'reworked', 'consulting', 'returned', 'quiet'] as const
export type Gathered = (typeof GATHERED)[number]

export const MEETING_STATES = { open: '拟定中', held: '已召开' } as const
export type MeetingState = keyof typeof MEETING_STATES

export const MOST_ITEMS = 200
export const WORDS_MAX = 1000

const version = z.int({ error: '缺少版本号' }).min(0)

/** The week is named by its Monday, Asia/Shanghai. */
export const WeekInput = DayInput.refine((day) => weekdayOf(day) === 1, '周例会以周一的日期为名')

export const GatherInput = z.strictObject({
  /** 0: there is no list of this week yet. */
  version,
  /** Of each reason the worst ones, no more than this. */
  most: z.int().min(1).max(50).default(20),
})
export const AddItem = z.strictObject({ version, no: required('工单编号', 20), reason: required('提请理由', 200) })
export const EditItem = z.strictObject({
  version,
  problem: z.string().trim().max(WORDS_MAX, `问题不能超过 ${WORDS_MAX} 字`),
  /** 议定事项 */
  demand: z.string().trim().max(WORDS_MAX, `议定事项不能超过 ${WORDS_MAX} 字`),
  unitId: z.string().max(64).optional(),
  deadline: DayInput.optional(),
})
export const RemoveItem = z.strictObject({ version, reason: required('移除理由', 200) })
export const OrderItems = z.strictObject({ version, ids: z.array(z.string().max(64)).max(MOST_ITEMS) })
export const HoldMeeting = z.strictObject({ version })
export const DoneItem = z.strictObject({ version, words: required('落实情况', WORDS_MAX) })

export interface MeetingItemView {
  id: string
  ticketId: string
  no: string
  title: string
  status?: TicketStatus
  reasons: MeetingReason[]
  /** Of what was put on it by hand. */
  proposal?: { reason: string; byName: string }
  problem: string
  demand: string
  unitId?: string
  unitName?: string
  deadline?: Day
  /** On how many meetings' lists it has stood, this one included. */
  weeks: number
  state: 'open' | 'done'
  done?: { words: string; at: string; byName: string }
  removed?: { reason: string; at: string; byName: string }
}

export interface MeetingView {
  week: Day
  until: Day
  state: MeetingState
  version: number
  items: MeetingItemView[]
  gatheredAt?: string
  heldAt?: string
  heldByName?: string
  canEdit: boolean
  canFollow: boolean
}

export interface MeetingSummary {
  week: Day
  state: MeetingState
  items: number
  open: number
}

const EDITORS: readonly Role[] = ['supervisor', 'director']
export const MEETING_READERS: readonly Role[] = [...EDITORS, 'cityLeader']
export const mayEditMeetings = (actor: Actor) => hasRole(actor, ...EDITORS)
export const mayReadMeetings = (actor: Actor) => hasRole(actor, ...MEETING_READERS)

/** The Monday of the week that a moment falls in. */
export function weekOf(at: Date): Day {
  const day = dayOf(at)
  return shiftDay(day, -((weekdayOf(day) + 6) % 7))
}

/** What is left of the last meeting that was held: it comes again, with one week more. */
export function isCarried(item: { state: 'open' | 'done'; removed?: unknown }): boolean {
  return item.state === 'open' && item.removed === undefined
}

/**
 * What a list becomes when it is gathered (again): what stands there stays with all that was written, and hears of
 * further reasons; what was taken away stays away; the rest comes to the end.
 */
export function gathered<T extends { ticketId: string; reasons: readonly MeetingReason[] }>(
  items: readonly T[],
  found: readonly T[],
): T[] {
  const known = new Map(items.map((item) => [item.ticketId, item]))
  const fresh = new Map<string, T>()
  for (const one of found) {
    const before = known.get(one.ticketId) ?? fresh.get(one.ticketId)
    const reasons = [...new Set([...(before?.reasons ?? []), ...one.reasons])]
    const merged = { ...(before ?? one), reasons }
    if (known.has(one.ticketId)) known.set(one.ticketId, merged)
    else fresh.set(one.ticketId, merged)
  }
  return [...items.map((item) => known.get(item.ticketId) ?? item), ...fresh.values()]
}
