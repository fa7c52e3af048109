import { momentText } from '../../calendar/day'
import type { Surroundings } from '../context'
import { cardTimes, type Deadline, extendDeadline, type Pause, reworkDeadline, shiftByPauses } from '../deadlines'
import type { NewClock, NewPromise } from '../events'
import type { Limit, LimitUnit } from '../../limits/profile'
import { pauseOfPromise } from '../recount'
import type { Assignment, Ticket } from '../ticket'

/** A deadline that knows what it would be without its pauses. */
export type Pausable = Deadline & { unpausedBy?: Date }

type Rules = Pick<Surroundings, 'profile' | 'calendar'>

export function newClock(context: Rules, deadline: Pausable, limit: Limit, startedAt: Date): NewClock {
  const { profile, calendar } = context
  return {
    resolveBy: deadline.by,
    explain: deadline.explain,
    isProvisional: deadline.isProvisional,
    unpausedBy: deadline.unpausedBy,
    ...cardTimes(profile, calendar, { resolveBy: deadline.by, limitUnit: limit.unit, startedAt }),
  }
}

export function promiseOf({ by, isProvisional, unpausedBy }: Pausable): NewPromise {
  return { resolveBy: by, isProvisional, unpausedBy }
}

/** On the old due date, not from the day of approval (T4); the pauses so far are counted on the new one. */
export function extended(context: Rules, ticket: Ticket, assignment: Assignment, workdays: number) {
  const { calendar } = context
  const extend = (clock: PausedClock): Pausable => {
    const unpaused = extendDeadline(calendar, clock.unpausedBy ?? clock.resolveBy, workdays)
    if (!clock.pauses?.length) return unpaused
    const moved = shifted(context, { ...clock, unpausedBy: unpaused.by }, unpaused.isProvisional)
    return { ...moved, explain: [...unpaused.explain, ...moved.explain] }
  }
  const own = extend(clockOf(assignment))
  const promise = assignment.id === ticket.leadAssignmentId ? promiseClock(ticket, assignment) : undefined
  return {
    clock: newClock(context, own, assignment.limit, assignment.dispatchedAt),
    promise: promise && promiseOf(extend(promise)),
  }
}

/** What the hotline's review took is not the unit's time. */
export function givenBack(context: Rules & { at: Date }, ticket: Ticket, assignment: Assignment) {
  const pause = ticket.hotlineReviewSince ? { from: ticket.hotlineReviewSince, to: context.at } : undefined
  const shift = (clock: PausedClock, wasProvisional = false) =>
    shifted(context, { ...clock, pauses: [...(clock.pauses ?? []), ...(pause ? [pause] : [])] }, wasProvisional)
  const promise = promiseClock(ticket, assignment)
  return {
    pause,
    clock: newClock(
      context,
      shift(clockOf(assignment), assignment.isProvisional),
      assignment.limit,
      assignment.dispatchedAt,
    ),
    promise: promise && promiseOf(shift(promise, ticket.isProvisional)),
  }
}

/** One assignment's deadline when it stood still for a while. */
export function pausedClock(context: Rules, assignment: Assignment, pause: Pause): Pausable {
  const clock = clockOf(assignment)
  return shifted(context, { ...clock, pauses: [...(clock.pauses ?? []), pause] }, assignment.isProvisional)
}

/** A child's deadline never lies after its parent's. */
export function notLater(deadline: Pausable, latest: Date | undefined): Pausable {
  if (!latest || deadline.by <= latest) return deadline
  return { ...deadline, by: latest, explain: [...deadline.explain, `不晚于下派单位的时限 ${momentText(latest, true)}`] }
}

/** The promise to the caller when nobody could work for a while; nothing where none stands. */
export function pausedPromise(context: Rules, ticket: Ticket, pause: Pause): NewPromise | undefined {
  const { resolveBy, unpausedBy, pauses = [], promiseUnit: limitUnit = 'workdays', isProvisional = false } = ticket
  if (!resolveBy) return undefined
  const own = pauseOfPromise(ticket, pause)
  return promiseOf(shifted(context, { resolveBy, unpausedBy, limitUnit, pauses: [...pauses, own] }, isProvisional))
}

export function reworkClock(context: Rules & { at: Date }): NewClock {
  const deadline = reworkDeadline(context.profile, context.calendar, context.at)
  return newClock(context, deadline, context.profile.rework, context.at)
}

interface PausedClock {
  resolveBy: Date
  unpausedBy?: Date
  pauses?: readonly Pause[]
  limitUnit: LimitUnit
}

function clockOf({ resolveBy, unpausedBy, pauses, limit }: Assignment): PausedClock {
  return { resolveBy, unpausedBy, pauses, limitUnit: limit.unit }
}

function promiseClock(ticket: Ticket, { limit }: Assignment): PausedClock | undefined {
  const { resolveBy, unpausedBy, pauses, promiseUnit = limit.unit } = ticket
  return resolveBy && { resolveBy, unpausedBy, pauses, limitUnit: promiseUnit }
}

/**
 * Lost time is summed over all pauses and rounded once, so it is always counted from the deadline without any.
 * A pause on days off moves nothing, and what was provisional stays so.
 */
function shifted(context: Rules, clock: PausedClock, wasProvisional: boolean): Pausable {
  const unpausedBy = clock.unpausedBy ?? clock.resolveBy
  const { limitUnit, pauses = [] } = clock
  const moved = shiftByPauses(context.calendar, { by: unpausedBy, limitUnit, pauses })
  return { ...moved, isProvisional: moved.isProvisional || wasProvisional, unpausedBy }
}
