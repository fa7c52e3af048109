import { HOUR } from '../calendar/millis'
import type { PoolOrder } from '../limits/profile'
import { dueByOf } from './desks'
import type { Urgency } from './labels'
import type { Ticket } from './ticket'

/**
 * What waits in the hotline's pool is taken by risk: by the time that is left, of which the graver matter is given less,
 * by as much as the city's profile says. So the order needs no clock, and an index keeps it.
 */

/** Matters in which somebody may come to harm while the ticket lies: 燃气安全、危房、危险化学品… */
const LIFE = new Set([
  ...['030404', '030204', '010401', '010503', '140401', '140402', '140403', '100404', '070602', '060402', '130901'],
  ...['090105', '110305', '050205'],
])
/** What whole houses are without: 停水、停电、停气、停暖; and what one falls into. */
const SUPPLY = new Set(['030101', '030201', '030401', '030301', '030303', '030107', '020503', '020601', '050701'])

export interface Risky {
  urgency: Urgency
  matterCode?: string
  returnCount: number
  urgeCount: number
  /** Callers who joined by merger. */
  participantCount?: number
}

/** What the matter itself says, in a word. */
export function gravityOf(matterCode: string | undefined): '人身安全' | '民生保障' | undefined {
  if (matterCode === undefined) return undefined
  return LIFE.has(matterCode) ? '人身安全' : SUPPLY.has(matterCode) ? '民生保障' : undefined
}

/** Each reason for taking it earlier, in words and in hours. */
export function riskReasons(risky: Risky, order: PoolOrder) {
  const { urgency, matterCode = '', returnCount, urgeCount, participantCount = 0 } = risky
  const gravity = gravityOf(matterCode)
  const reasons = [
    { text: urgency === 'critical' ? '特急' : '紧急', hours: urgencyHours(urgency, order) },
    gravity && { text: gravity, hours: gravity === '人身安全' ? order.lifeHours : order.supplyHours },
    { text: `退单 ${returnCount} 次`, hours: Math.min(returnCount * order.returnHours, order.returnHoursMost) },
    { text: `催办 ${urgeCount} 次`, hours: Math.min(urgeCount * order.urgeHours, order.urgeHoursMost) },
    {
      text: `另有 ${participantCount} 人反映`,
      hours: Math.min(participantCount * order.callerHours, order.callerHoursMost),
    },
  ]
  return reasons.filter((reason) => reason !== undefined).filter(({ hours }) => hours > 0)
}

/** By when it is treated as if due, for the order of the pool; only of what waits there. */
export function riskByOf(ticket: Ticket, order: PoolOrder): Date | undefined {
  if (ticket.status !== 'registered' && ticket.status !== 'accepted') return undefined
  const due = dueByOf(ticket) ?? ticket.registeredAt
  const reasons = riskReasons({ ...ticket, participantCount: ticket.participants?.length }, order)
  return new Date(due.getTime() - reasons.reduce((sum, { hours }) => sum + hours, 0) * HOUR)
}

function urgencyHours(urgency: Urgency, { urgentHours, criticalHours }: PoolOrder): number {
  return urgency === 'critical' ? criticalHours : urgency === 'urgent' ? urgentHours : 0
}
