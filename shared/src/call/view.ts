import { z } from 'zod'
import { PageQuery } from '../page'
import { id, keys, reason } from '../ticket/commandInputs'
import { CALL_DIRECTION_LABELS, CALL_RESULT_LABELS, CALL_STATE_LABELS, PRESENCE_LABELS } from './labels'

/**
 * What travels between browser and server about calls.
 *
 * GET  /api/calls/mine                     MyCalls: the agent's strip, his live calls and those in wrap-up, newest last
 * PUT  /api/calls/presence                 PresenceInput → PresenceView
 * POST /api/calls/:id/wrap-up-end          → CallView
 * POST /api/calls/:id/tickets              LinkInput → CallView; registering with `callId` (a call's id) links by itself
 * POST /api/calls/:id/reveal               RevealCallInput → { number }, audited; not needed for one's own live call
 * GET  /api/calls?day&result&direction&agentId&page  Page<CallView>; an agent: his own
 * GET  /api/calls/stats?day                CallStats of the city, for an agent his own
 * GET  /api/calls/agents?day                 AgentDays: each agent's share (CALL_BOARD_ROLES)
 * GET  /api/calls/returns                  { items: ReturnRow[], total }, the longest waiting first
 * POST /api/calls/returns/:id/claim        → { number }: in plain, noted in the audit log; nobody else calls meanwhile
 * POST /api/calls/returns/:id/done         DoneInput → {}
 * POST /api/calls/returns/:id/unreached    → {}: goes back to the list for a later try
 * GET  /api/tickets/:id/calls              { items: TicketCall[] }
 * GET  /api/call-settings …                the page 设置 → 话务接口 (settings.ts)
 *
 * Hints (live.ts): `call.changed {id}` to the agent of the call; `returnCalls.changed` to who may call back.
 */

const moment = z.iso.datetime()
const TicketRef = z.object({ id: z.string(), no: z.string() })

export const CallView = z.object({
  id: z.string(),
  direction: keys(CALL_DIRECTION_LABELS),
  state: keys(CALL_STATE_LABELS),
  result: keys(CALL_RESULT_LABELS).optional(),
  /** In plain for the agent whose live call it is, until its wrap-up ends; masked else. Empty: withheld by the caller. */
  number: z.string(),
  isPlain: z.boolean(),
  /** 诉求人, as an earlier open ticket of the number names him; on one's own live calls only. */
  callerName: z.string().optional(),
  /** 重点关注, 30 天 5 次来电, 首次来电; on one's own live calls only. */
  labels: z.array(z.string()),
  queue: z.string().optional(),
  agentId: z.string().optional(),
  agentName: z.string().optional(),
  ringAt: moment,
  answeredAt: moment.optional(),
  hangupAt: moment.optional(),
  /** When the wrap-up ends by itself. */
  wrapUpBy: moment.optional(),
  wrapUpEndedAt: moment.optional(),
  waitSeconds: z.int().optional(),
  talkSeconds: z.int().optional(),
  wrapUpSeconds: z.int().optional(),
  /** 按键评价, 1–5. */
  satisfactionKey: z.int().optional(),
  /** Its end never came; it was closed by the clock. */
  isLost: z.boolean().optional(),
  tickets: z.array(TicketRef),
  /** When who was not answered had been spoken to after all. */
  returnedAt: moment.optional(),
})
export type CallView = z.infer<typeof CallView>

export const PresenceView = z.object({ state: keys(PRESENCE_LABELS), since: moment })
export type PresenceView = z.infer<typeof PresenceView>

export const MyCalls = z.object({
  /** The agent's own line; without one no call comes to this screen. */
  extension: z.string().optional(),
  presence: PresenceView,
  today: z.object({ answered: z.int(), registered: z.int(), answeredDirectly: z.int() }),
  calls: z.array(CallView),
  /** Numbers that wait for a call back. */
  returnCount: z.int(),
})
export type MyCalls = z.infer<typeof MyCalls>

/** One number that nobody has spoken to yet. */
export const ReturnRow = z.object({
  id: z.string(),
  /** Masked. */
  number: z.string(),
  /** How often it called in vain. */
  tries: z.int(),
  firstAt: moment,
  lastAt: moment,
  lastResult: keys(CALL_RESULT_LABELS),
  queue: z.string().optional(),
  /** Calls back that nobody took. */
  attempts: z.int(),
  lastAttemptAt: moment.optional(),
  claimedBy: z.object({ userId: z.string(), name: z.string() }).optional(),
})
export type ReturnRow = z.infer<typeof ReturnRow>

/** What the number asked for in plain is needed for, and the telephone itself. */
export const PlainNumber = z.object({ number: z.string() })

/** The call as its ticket shows it: no number, which the ticket has itself. */
export const TicketCall = CallView.pick({
  id: true,
  direction: true,
  result: true,
  agentName: true,
  queue: true,
  ringAt: true,
  waitSeconds: true,
  talkSeconds: true,
  wrapUpSeconds: true,
  satisfactionKey: true,
})
export type TicketCall = z.infer<typeof TicketCall>

export const PresenceInput = z.strictObject({ state: keys(PRESENCE_LABELS) })
export const LinkInput = z.strictObject({ ticketId: id })
export const RevealCallInput = z.strictObject({ reason })
export const DoneInput = z.strictObject({ note: z.string().trim().max(200, '说明不能超过 200 字').optional() })

const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, '应为日期（2026-11-20）')
export const CallQuery = PageQuery.extend({
  day: Day.optional(),
  result: keys(CALL_RESULT_LABELS).optional(),
  direction: keys(CALL_DIRECTION_LABELS).optional(),
  agentId: id.optional(),
}).strict()
export type CallQuery = z.output<typeof CallQuery>
export const CallStatsQuery = z.object({ day: Day.optional() })
