import type { CommandOf } from './commands'
import type { Satisfaction } from './labels'

/** What the caller says on the telephone, as far as the outcome hangs on it. */
export type Said = Pick<CommandOf<'recordCallback'>, 'solved' | 'satisfaction' | 'judged'>

/** 办结; 重办; 待甄别 by a supervisor. */
export type CallbackOutcome = 'close' | 'rework' | 'judgement'

/** 不满意 or 非常不满意; 拒绝评价 is neither. */
export function isBad(rating: Satisfaction): boolean {
  return rating === 1 || rating === 2
}

/** Not solved, or the result rated badly. Partly solved: the rating of the result decides (ticket.md §5). */
export function isDissatisfied({ solved, satisfaction }: Pick<Said, 'solved' | 'satisfaction'>): boolean {
  return solved === 'no' || isBad(satisfaction.result)
}

/** What becomes of the ticket; undefined while a dissatisfaction still has to be judged by the officer. */
export function outcomeOf(said: Said): CallbackOutcome | undefined {
  if (!isDissatisfied(said)) return 'close'
  if (!said.judged) return undefined
  return said.judged === 'unreasonable' ? 'judgement' : 'rework'
}

/** Matters to follow up beside the outcome: 作风 goes to the supervisor, 话务 to quality inspection. */
export function flagsOf({ satisfaction }: Pick<Said, 'satisfaction'>): ('attitude' | 'agentService')[] {
  return [
    ...(isBad(satisfaction.attitude) ? (['attitude'] as const) : []),
    ...(isBad(satisfaction.agent) ? (['agentService'] as const) : []),
  ]
}
