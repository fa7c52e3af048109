import { endOfDay, startOfDay, type Day } from '@hotline/shared/calendar/day'
import { UNANSWERED } from '@hotline/shared/call/labels'
import type { CallQuery } from '@hotline/shared/call/view'

export function during(day: Day): { $gte: Date; $lt: Date } {
  return { $gte: startOfDay(day), $lt: endOfDay(day) }
}

/** What a list of calls asks for; `beganAt` is always there, so that an index can serve it. */
export function callFilter({ day, result, direction, agentId }: CallQuery) {
  return {
    ...(agentId ? { agentId } : {}),
    ...(result ? { result } : {}),
    ...(direction ? { direction } : {}),
    beganAt: day ? during(day) : { $gt: new Date(0) },
  }
}

/** What kinds of calls are counted as, in the words of an aggregation. */
export const IS_IN = { $eq: ['$direction', 'in'] }
export const IS_ANSWERED = { $and: [IS_IN, { $eq: ['$result', 'answered'] }] }
export const IS_VAIN = { $and: [IS_IN, { $in: ['$result', [...UNANSWERED]] }] }
export const IS_TIMED = { $and: [IS_ANSWERED, { $gte: ['$seconds.wait', 0] }, { $gte: ['$seconds.talk', 0] }] }
export const IS_WRAPPED = { $gte: ['$seconds.wrapUp', 0] }

/** Counts those of a group for which it holds, or sums a value over them. */
export function when(condition: Record<string, unknown>, value: number | string = 1) {
  return { $sum: { $cond: [condition, value, 0] } }
}
