import { z } from 'zod'
import { RISKS } from '../board/risks'
import { FromMoment, ToMoment } from '../calendar/momentInput'
import { PageQuery } from '../page'
import type { Wire } from '../wire'
import type { CallbackTarget } from './callbackTargets'
import type { CommandType } from './commands'
import { HOTLINE_DESKS, UNIT_DESKS } from './desks'
import type { TicketEvent } from './events'
import type { Participant } from './conditions'
import * as L from './labels'
import type { Expected } from './standstill'
import type { SupervisionAdvice } from './supervisionAdvice'
import type { Assignment, Ticket } from './ticket'

/** The caller, masked for whoever looks: 张**, 138****0000. Absent where even that is not theirs to see. */
export interface MaskedContact {
  name?: string
  number?: string
  phone?: string
  address?: string
  /** Its key is missing or it was altered; `name` says so. */
  isUnreadable?: true
}

/** One ticket as `GET /api/tickets/:id` gives it. */
export type TicketView = Wire<Omit<Ticket, 'cases' | 'nextCheckAt' | 'participants'>> & {
  /** Further callers, by merger. Their contact is masked, for those who may know callers. */
  participants?: (Wire<Participant> & { contact?: MaskedContact })[]
  /** What this actor may do now: the buttons. */
  can: CommandType[]
  contact?: MaskedContact
  canReveal: boolean
  /** Only in the answer to `register`, for the agent to read to the caller. */
  queryCode?: string
  matterName?: string
  regionName: string
  leadUnitId?: string
  leadUnitName?: string
  /** Names of all units that the ticket mentions. */
  unitNames: Record<string, string>
  /** The actor's own unit's assignment, if it has one. */
  myAssignmentId?: string
  dueBy?: string
  /** In 回访: each caller who is to be called; the contact of a participant stands in `participants`. */
  callbackTargets?: Wire<CallbackTarget>[]
  /** While no clock runs (挂起, 会商): when all would be due if it went on as promised. */
  expected?: Wire<Expected>
  /** For whoever supervises: what the rules would have him do, the gravest first. */
  advice?: SupervisionAdvice[]
  history: Wire<TicketEvent>[]
}

/** One row of a list. */
export interface TicketRow {
  id: string
  no: string
  version: number
  status: L.TicketStatus
  kind: L.Kind
  channel: L.Channel
  title?: string
  /** First 120 characters of the text. */
  excerpt: string
  matterCode?: string
  matterName?: string
  regionCode: string
  regionName: string
  address?: string
  urgency: L.Urgency
  confidentiality: L.Confidentiality
  isAnonymous: boolean
  registeredAt: string
  closedAt?: string
  /** Deadline of whoever has it now; in 回访 the next moment to call, for which `callbackBy` is the deadline. */
  dueBy?: string
  callbackBy?: string
  /** The promise to the caller. */
  resolveBy?: string
  isProvisional?: boolean
  leadUnitId?: string
  leadUnitName?: string
  /** The actor's unit's own assignment. */
  mine?: Wire<
    Pick<
      Assignment,
      | 'id'
      | 'role'
      | 'status'
      | 'dispatchedAt'
      | 'acknowledgeBy'
      | 'returnBy'
      | 'resolveBy'
      | 'yellowAt'
      | 'redAt'
      | 'handlerId'
      | 'handlerName'
      | 'locked'
      | 'firstContactBy'
      | 'firstContactAt'
    >
  >
  urgeCount: number
  returnCount: number
  reworkCount: number
  hasYellow: boolean
  hasRed: boolean
  hasPendingReturn: boolean
  hasPendingExtension: boolean
  hasPendingSuspension?: boolean
  hasPendingTermination?: boolean
  isSuspended?: boolean
  isEscalated?: boolean
  /** 督办 that are not closed yet. */
  openSupervisions?: number
  /** The earliest deadline of those. */
  superviseBy?: string
  /** 建议督办, for whoever may supervise: the gravest reason. */
  advice?: SupervisionAdvice
  /** A rectification ticket's rating. */
  rated?: { score: number; isNamed: boolean; hasAppeal: boolean; verdict?: L.RatingVerdict }
  /** Other callers whose tickets were merged into it. */
  participantCount?: number
  flags: Ticket['flags']
  outcome?: L.Outcome
  contact?: MaskedContact
  can: CommandType[]
}

const list = <K extends string>(labels: Record<K, string>) =>
  z
    .string()
    .transform((text) => text.split(',').filter(Boolean))
    .pipe(z.array(z.enum(Object.keys(labels) as [K, ...K[]])).max(20))

/** `GET /api/tickets`. `desk`: a tab of the actor's unit, or a queue of the hotline. `status`, `kind`: comma lists. */
export const TicketQuery = PageQuery.extend({
  q: z.string().trim().max(100).optional(),
  desk: z.enum([...Object.keys(UNIT_DESKS), ...Object.keys(HOTLINE_DESKS)] as [string, ...string[]]).optional(),
  status: list(L.STATUS_LABELS).optional(),
  kind: list(L.KIND_LABELS).optional(),
  unitId: z.string().max(64).optional(),
  /** Who leads, and nobody of those below; `none`: nobody leads. */
  leadUnitId: z.string().max(64).optional(),
  /** Columns of 风险看板, any of them; of a single one without `sort` the worst first. */
  risk: list(RISKS).optional(),
  regionCode: z.string().max(20).optional(),
  matterCode: z.string().max(12).optional(),
  urgency: list(L.URGENCY_LABELS).optional(),
  /** Not met and past the promise to the caller. */
  overdue: z.enum(['true', 'false']).optional(),
  dueToday: z.enum(['true', 'false']).optional(),
  open: z.enum(['true', 'false']).optional(),
  /** Without 作废 and 骚扰、无声、误拨, which no measure counts. */
  valid: z.enum(['true', 'false']).optional(),
  mine: z.enum(['true', 'false']).optional(),
  /** Of the actor's unit's own work: what he handles himself (经办), or what nobody handles yet. */
  handler: z.enum(['me', 'none']).optional(),
  /** A day in Asia/Shanghai, or a moment with its zone; `to` as a day includes that day. */
  from: FromMoment.optional(),
  to: ToMoment.optional(),
  /** `risk`: what waits to be accepted or dispatched, the gravest first; elsewhere as `due`. */
  sort: z.enum(['newest', 'oldest', 'due', 'risk']).optional(),
}).strict()
export type TicketQuery = z.output<typeof TicketQuery>
export type TicketQueryInput = Partial<Record<keyof TicketQuery, string | number | boolean | undefined>>

/** Counts for tabs, each capped at 1000. */
export type DeskCounts = Record<string, number>

export const RevealInput = z.strictObject({
  field: z.enum(['contact', 'contactNumber', 'queryCode']),
  reason: z.string({ error: '请填写查看理由' }).trim().min(2, '请填写查看理由').max(200),
})
/** Plain contact data, once, audited. */
export interface Revealed {
  name?: string
  number?: string
  phone?: string
  address?: string
  queryCode?: string
}

/** What a citizen may do on his own ticket with number and query code. */
export const PUBLIC_ACTS = ['urge', 'supplement', 'supplyInfo', 'withdraw', 'rate'] as const satisfies CommandType[]
export type PublicAct = (typeof PUBLIC_ACTS)[number]

/** What a citizen sees with number and query code: plain words, nothing personal, no internal names or phones. */
export interface PublicProgress {
  no: string
  status: string
  title?: string
  registeredAt: string
  /** "滨城区住建局已签收,最晚 12 月 3 日答复您" */
  sentence: string
  resolveBy?: string
  steps: { at: string; text: string }[]
  reply?: string
  /** What the caller may do by himself now. */
  can: PublicAct[]
  canUrge: boolean
  /** He has urged today: when he may again. */
  nextUrgeAt?: string
  /** What he himself said of it. */
  rating?: { score: number; comment?: string }
  /** 待补充: what is asked for. */
  missing?: string
}
