import type { LimitProfile } from '@hotline/shared/limits/profile'
import { afterAttempt } from '@hotline/shared/ticket/callbackTargets'
import type { AttemptResult } from '@hotline/shared/ticket/labels'
import type { TicketView } from '@hotline/shared/ticket/view'
import { targetsOf } from './callers'

export interface AfterThis {
  /** Of those that count, this one included where it does. */
  attempt: number
  of: number
  isCounted: boolean
  isLast: boolean
  nextAt?: string
}

/** What recording a vain attempt now will mean, by the rule that the server decides by. */
export function afterThis(
  ticket: TicketView,
  participantId: string | undefined,
  result: AttemptResult,
  rules: { at: Date; profile: LimitProfile },
): AfterThis | undefined {
  const target = targetsOf(ticket).find((one) => one.participantId === participantId)
  if (!target) return undefined
  const { callbackRound, callbackBy } = ticket
  const known = {
    attempts: ticket.attempts.map((attempt) => ({
      ...attempt,
      at: new Date(attempt.at),
      nextAt: attempt.nextAt ? new Date(attempt.nextAt) : undefined,
    })),
    callbackRound: callbackRound && { ...callbackRound, callFrom: new Date(callbackRound.callFrom) },
    callbackBy: callbackBy ? new Date(callbackBy) : undefined,
  }
  const { isCounted, isExhausted, nextAt } = afterAttempt(known, target, result, rules)
  return {
    attempt: target.attempts + (isCounted ? 1 : 0),
    of: rules.profile.callback.attempts,
    isCounted,
    isLast: isExhausted,
    nextAt: nextAt?.toISOString(),
  }
}
