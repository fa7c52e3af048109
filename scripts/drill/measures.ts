import type { MeasureId } from '@hotline/shared/stats/measure'
import type { Recount, Way } from './recount'

export interface Counted {
  numerator: number
  denominator?: number
}

const CALLED = ['satisfied', 'dissatisfiedDismissed', 'unreachable']

/** Each measure as domain.md says it in words, from recounted histories; milliseconds, `to` excluded. */
export function measuresOf(all: readonly Recount[], from: number, to: number): Partial<Record<MeasureId, Counted>> {
  const within = (at: number | undefined): boolean => at !== undefined && at >= from && at < to
  const before = (at: number | undefined): boolean => at !== undefined && at < to
  const count = <T>(items: readonly T[], is: (item: T) => boolean) => items.filter(is).length
  const sum = <T>(items: readonly T[], of: (item: T) => number) => items.reduce((total, item) => total + of(item), 0)

  const received = all.filter((one) => within(one.registeredAt) && !one.isInvalid)
  const dispatched = all.filter((one) => within(one.dispatchedAt))
  const accepted = all.filter((one) => within(one.acceptedAt))
  const toDispatch = accepted.filter((one) => before(one.dispatchedAt) || before(one.dispatchBy))
  const requests = sum(dispatched, (one) => one.returnRequests)

  const ways = all.flatMap((one) => one.ways)
  const started = ways.filter((way) => within(way.from))
  // Due in the period, or earlier and still open when it began.
  const due = ways.filter((way) => (way.due > from ? way.due <= to : way.endedAt === undefined || way.endedAt >= from))
  const inTime = (at: number | undefined, way: Way) => at !== undefined && at < to && at <= way.due
  const kept = (way: Way) => !way.wasLate && (inTime(way.signedAt, way) || inTime(way.endedAt, way))

  const calledBack = all.filter((one) => within(one.callback?.at) && one.outcome !== 'unreachable')
  const rated = (field: 'result' | 'attitude' | 'agent'): Counted => {
    const ratings = calledBack.map((one) => one.callback?.[field]).filter((rating) => typeof rating === 'number')
    return { numerator: count(ratings, (rating) => rating >= 3), denominator: ratings.length }
  }
  const spoke = calledBack.filter((one) => one.callback?.solved !== 'noOpinion')
  const toCall = all.filter((one) => within(one.ways.at(-1)?.endedAt) && CALLED.includes(one.outcome ?? ''))

  return {
    received: { numerator: received.length },
    directRate: { numerator: count(received, (one) => one.isAnswered), denominator: received.length },
    dispatchedRate: { numerator: count(received, (one) => before(one.dispatchedAt)), denominator: received.length },
    onTimeDispatchRate: {
      numerator: count(accepted, (one) => before(one.dispatchedAt) && !one.isDispatchedLate),
      denominator: toDispatch.length,
    },
    returnRate: { numerator: requests, denominator: sum(dispatched, (one) => one.dispatches) },
    approvedReturnRate: { numerator: sum(dispatched, (one) => one.returns), denominator: requests },
    extensionRate: { numerator: count(dispatched, (one) => one.extensions > 0), denominator: dispatched.length },
    closeRate: { numerator: count(started, (way) => before(way.endedAt)), denominator: started.length },
    caseCloseRate: { numerator: count(due, (way) => before(way.endedAt)), denominator: due.length },
    onTimeCloseRate: { numerator: count(due, kept), denominator: due.length },
    overdueRate: { numerator: count(due, (way) => !kept(way)), denominator: due.length },
    reworkRate: {
      numerator: sum(calledBack, (one) => one.reworks),
      denominator: count(calledBack, (one) => one.ways.at(-1)?.endedAt !== undefined),
    },
    callbackRate: { numerator: count(toCall, (one) => one.outcome !== 'unreachable'), denominator: toCall.length },
    solvedRate: { numerator: count(spoke, (one) => one.callback?.solved === 'yes'), denominator: spoke.length },
    satisfactionRate: rated('result'),
    attitudeSatisfactionRate: rated('attitude'),
    agentSatisfactionRate: rated('agent'),
  }
}
