import { z } from 'zod'
import { keys } from '../ticket/commandInputs'
import { CALL_STATE_LABELS, PRESENCE_LABELS } from './labels'

/** What an agent does now: his call, else what he says of himself. */
export const AGENT_NOW_LABELS = {
  ringing: CALL_STATE_LABELS.ringing,
  talking: CALL_STATE_LABELS.talking,
  wrapUp: CALL_STATE_LABELS.wrapUp,
  ...PRESENCE_LABELS,
} as const
export type AgentNow = keyof typeof AGENT_NOW_LABELS

/** One agent's calls of a day. */
export const AgentDay = z.object({
  agentId: z.string(),
  name: z.string(),
  jobNo: z.string().optional(),
  extension: z.string().optional(),
  /** Calls in that he took; that rang at him last and that nobody took; calls out. */
  answered: z.int(),
  unanswered: z.int(),
  out: z.int(),
  /** Seconds a call; null where none was timed. */
  averageWait: z.number().nullable(),
  averageTalk: z.number().nullable(),
  averageWrapUp: z.number().nullable(),
  talkSeconds: z.int(),
  /** Of today only. */
  now: z.object({ state: keys(AGENT_NOW_LABELS), since: z.iso.datetime() }).optional(),
})
export type AgentDay = z.infer<typeof AgentDay>

/** What each column of it counts, as it is said on hover. */
export const AGENT_DAY_FORMULAS = {
  answered: '当天由该坐席应答的呼入通数',
  unanswered: '最后振铃在该坐席、没有人应答的呼入通数（漏接、放弃、忙线）',
  out: '当天该坐席的呼出通数，含回拨',
  averageWait: '该坐席接通的呼入从振铃到应答的秒数之和 ÷ 通数',
  averageTalk: '该坐席接通的呼入从应答到挂断的秒数之和 ÷ 通数',
  averageWrapUp: '挂断到整理结束的秒数之和 ÷ 通数',
  talkSeconds: '接通的呼入从应答到挂断的秒数之和',
} as const

export const AgentDays = z.object({ day: z.string(), items: z.array(AgentDay) })
export type AgentDays = z.infer<typeof AgentDays>
