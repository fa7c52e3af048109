import { z } from 'zod'
import { optional } from '../ticket/commandInputs'
import type { CallDirection } from './labels'

/** Zammad's generic CTI names them so, and exchanges have modules that speak it. */
export const CTI_EVENTS = ['newCall', 'answer', 'hangup'] as const
export type CtiEventName = (typeof CTI_EVENTS)[number]

/** Some exchanges send what they do not know as null, or as an empty field of a form. */
const told = (value: unknown): unknown => (value === null || value === '' ? undefined : value)
const text = (label: string, max: number) =>
  z.preprocess((value) => told(typeof value === 'number' ? String(value) : value), optional(label, max))

/** `user` may come as one or as several (`user[]` of a form). */
const users = z.preprocess(
  (value) => (told(value) === undefined ? [] : (Array.isArray(value) ? value : [value]).filter((one) => told(one))),
  z.array(z.string().trim().max(100, '坐席不能超过 100 字')).max(50),
)

/**
 * What an exchange sends. Unknown fields are let be: each exchange adds its own. Only the call's name and what happened
 * are needed for all three, so that nothing is lost that came alone or too early.
 */
export const CtiEvent = z
  .object({
    event: z.enum(CTI_EVENTS, { error: '事件应为 newCall、answer 或 hangup' }),
    from: text('主叫号码', 100),
    to: text('被叫号码', 100),
    direction: z.preprocess(told, z.enum(['in', 'out'], { error: '方向应为 in 或 out' }).default('in')),
    callId: text('通话标识', 250),
    call_id: text('通话标识', 250),
    queue: text('队列', 100),
    user: users,
    'user[]': users,
    answeringNumber: text('应答分机', 100),
    cause: text('挂断原因', 60),
    /** 按键评价: 1 (非常不满意) to 5 (非常满意). */
    satisfactionKey: z.preprocess(told, z.coerce.number().int().min(1).max(5).optional()),
  })
  .transform((raw, context): CtiEvent => {
    const callId = raw.callId ?? raw.call_id
    if (!callId) {
      context.addIssue({ code: 'custom', path: ['callId'], message: '缺少通话标识 callId' })
      return z.NEVER
    }
    const { event, from = '', to = '', direction, queue, answeringNumber, cause, satisfactionKey } = raw
    const own = direction === 'in' ? to : from
    return {
      event,
      callId,
      direction,
      number: direction === 'in' ? from : to,
      queue: queue || undefined,
      extensions: [answeringNumber ?? '', ...raw.user, ...raw['user[]'], own].filter((one) => one !== ''),
      cause: cause || undefined,
      satisfactionKey,
    }
  })

export interface CtiEvent {
  event: CtiEventName
  /** The exchange's own name of the call. */
  callId: string
  direction: CallDirection
  /** Of the citizen, as the exchange spells it; may be `anonymous` or empty. */
  number: string
  queue?: string
  /** Where an agent may sit: the first that is somebody's extension is his call. */
  extensions: string[]
  cause?: string
  satisfactionKey?: number
}
