import type { WorkCalendar } from '../calendar/workingDays'
import type { Deadline } from '../limits/deadline'
import { limitText } from '../limits/limit'
import { limitFor, type Limit, type LimitProfile, type LimitUnit } from '../limits/profile'
import type { RulesRef } from './conditions'
import {
  assignmentDeadlines,
  callbackBy,
  cardTimes,
  dispatchDeadline,
  firstContactDeadline,
  hotlineReviewDeadline,
} from './deadlines'
import type { EventData, NewClock } from './events'
import { WITH_UNIT } from './labels'
import {
  countedFrom,
  extendedBy,
  extensionOf,
  hasJoined,
  joinedUntil,
  lastPromise,
  notAfter,
  queuedSince,
  reworkedFrom,
  whyLimit,
  withPauses,
  type Counted,
} from './recount'
import type { Assignment, Ticket } from './ticket'

/** The rules that hold now, for tickets that were counted with others. */
export interface RecomputeWorld {
  profile: LimitProfile
  calendar: WorkCalendar
  rules: RulesRef
  at: Date
  jobId: string
  /** Chinese: why. */
  cause: string
}

type Recomputed = EventData['ticket.deadlinesRecomputed']
type NewSteps = Pick<Recomputed['clocks'][number], 'acknowledgeBy' | 'returnBy' | 'firstContactBy'>

/** What the new rules mean for one ticket. */
export interface Examined {
  /** Absent: nothing changes. */
  event?: Recomputed
  /** Deadlines that are over already, and so stay. */
  isMissed: boolean
  /** The new deadline would be over already: nobody becomes late by a rule that came later. */
  wouldBeOver: boolean
  /** A limit that was set by hand or by law, which no profile moves. */
  isManual: boolean
}

/** The deadlines of a ticket that is under way as the new rules have them; nothing when they are what they were. */
export function recompute(ticket: Ticket, world: RecomputeWorld): Recomputed | undefined {
  return examine(ticket, world).event
}

/**
 * Only what is computed moves: limits set by hand or by law stay, and are counted anew only where they were provisional.
 * Pauses are replayed from the snapshot and extensions put on the new base.
 */
export function examine(ticket: Ticket, world: RecomputeWorld): Examined {
  const found: Examined = { isMissed: false, wouldBeOver: false, isManual: false }
  // What is suspended or in consultation does not run: it is late only if it was when it was stopped.
  const stoppedAt =
    ticket.suspension?.since ?? (isConsulting(ticket) ? ticket.consultations?.at(-1)?.openedAt : undefined)
  const now = stoppedAt ?? world.at
  const settle = (from: Date, to: Date): Date => {
    if (from.getTime() === to.getTime()) return from
    if (now > from) found.isMissed = true
    else if (now > to) found.wouldBeOver = true
    else return to
    return from
  }
  const fresh: (Recomputed['clocks'][number] | undefined)[] = []
  for (const assignment of ticket.assignments) {
    const above = assignment.parentId ? ticket.assignments.findIndex(({ id }) => id === assignment.parentId) : -1
    const before = ticket.assignments[above]
    const parent = before && { before, clock: fresh[above]?.clock, limit: fresh[above]?.limit }
    fresh.push(isRunning(assignment) ? newClockOf(ticket, assignment, world, settle, found, parent) : undefined)
  }
  const clocks = fresh.filter((clock) => clock !== undefined)
  const promise = newPromiseOf(ticket, world, settle, found)
  const steps = hotlineSteps(ticket, world, settle)
  if (clocks.length === 0 && !promise && Object.keys(steps).length === 0) return found
  const { jobId, cause, rules } = world
  return { ...found, event: { jobId, cause, rules, clocks, ...(promise ? { promise } : {}), ...steps } }
}

type Settle = (from: Date, to: Date) => Date

const isConsulting = ({ status }: Ticket) => status === 'consulting'
const isRunning = ({ role, status }: Assignment) =>
  role !== 'copy' && (status === 'toAcknowledge' || status === 'handling' || status === 'inReview')
const isReworked = ({ limitFrom, role }: Assignment) => limitFrom === 'rework' && role !== 'delegated'
const isFixed = ({ limitFrom, role }: Assignment) =>
  limitFrom === 'manual' || limitFrom === 'statutory' || role === 'delegated'
const isSame = (a: Date | undefined, b: Date | undefined) => a?.getTime() === b?.getTime()

interface Parent {
  before: Assignment
  clock?: NewClock
  limit?: Limit
}

function newClockOf(
  ticket: Ticket,
  assignment: Assignment,
  world: RecomputeWorld,
  settle: Settle,
  found: Examined,
  parent: Parent | undefined,
): Recomputed['clocks'][number] | undefined {
  const { calendar, profile } = world
  const { resolveBy, isProvisional, yellowAt, redAt, limit: oldLimit, id } = assignment
  const given = deadlinesOf(ticket, assignment, world)
  const steps = newSteps(assignment, given, ticket, world, settle)
  const reworkedAt = isReworked(assignment) ? lastPromise(ticket, ['rework'])?.at : undefined
  const isFollowing = follows(assignment, parent)
  if (isFixed(assignment) && !isFollowing) found.isManual = true
  // Where nobody knows what it was counted from, it stays as well.
  const isKept = isFixed(assignment) ? !isFollowing && !isProvisional : isReworked(assignment) && !reworkedAt
  const limit = isFollowing ? (parent?.limit ?? oldLimit) : isKept ? oldLimit : given.limit

  let counted: Counted
  if (isFollowing) counted = followed(assignment, parent)
  else if (isKept) counted = { by: resolveBy, explain: assignment.explain ?? [], isProvisional }
  else {
    const base = reworkedAt ? reworkedFrom(world, reworkedAt) : given.resolve
    const explain = [...whyLimit(assignment, limit, profile), ...base.explain]
    const extended = extendedBy(calendar, { ...base, explain }, extensionOf(assignment))
    counted = withPauses(calendar, extended, { pauses: assignment.pauses, limitUnit: limit.unit })
  }
  if (parent) counted = notAfter(counted, parent.clock?.resolveBy ?? parent.before.resolveBy, '下派单位')
  const to = settle(resolveBy, counted.by)
  const startedAt = reworkedAt ?? assignment.dispatchedAt
  const cards = cardTimes(profile, calendar, { resolveBy: to, limitUnit: limit.unit, startedAt })
  const isLimitSame = limitText(limit) === limitText(oldLimit)
  const isClockSame =
    !isSame(to, counted.by) ||
    (isSame(to, resolveBy) &&
      counted.isProvisional === isProvisional &&
      isLimitSame &&
      (isKept || (isSame(cards.yellowAt, yellowAt) && isSame(cards.redAt, redAt))))
  if (isClockSame && Object.keys(steps).length === 0) return undefined
  if (isClockSame) return { assignmentId: id, from: resolveBy, ...steps }
  const { explain, unpausedBy } = counted
  return {
    assignmentId: id,
    from: resolveBy,
    clock: {
      resolveBy: to,
      explain,
      isProvisional: counted.isProvisional,
      ...(unpausedBy ? { unpausedBy } : {}),
      ...cards,
    },
    ...(isLimitSame ? {} : { limit }),
    ...steps,
  }
}

/** A delegate that was given no limit of its own has its superior's, and no longer. */
function follows({ role, limitFrom, resolveBy }: Assignment, parent: Parent | undefined): boolean {
  return role === 'delegated' && limitFrom !== 'manual' && !!parent && isSame(resolveBy, parent.before.resolveBy)
}

function followed({ resolveBy, isProvisional, explain, unpausedBy }: Assignment, parent: Parent | undefined): Counted {
  const clock = parent?.clock
  if (!clock) return { by: resolveBy, isProvisional, explain: explain ?? [], ...(unpausedBy ? { unpausedBy } : {}) }
  return { ...clock, by: clock.resolveBy, explain: ['与下派单位的时限相同', ...clock.explain] }
}

/** The limit that the new profile gives where the old one gave it; else the one that stands. */
function limitOf(ticket: Ticket, { limitFrom, limit, limitCase, role }: Assignment, profile: LimitProfile): Limit {
  if (role === 'delegated') return limit
  if (limitFrom === 'rework') return profile.rework
  if (limitFrom !== 'profile') return limit
  const { kind, urgency, complexity } = limitCase ?? ticket
  return limitFor(profile, { kind, urgency, complexity })
}

function deadlinesOf(ticket: Ticket, assignment: Assignment, { profile, calendar }: RecomputeWorld) {
  const { dispatchedAt, limitCase } = assignment
  const acknowledgedAt = countedFrom(assignment)
  const limit = limitOf(ticket, assignment, profile)
  const isMultiUnit = ticket.assignments.some(
    (other) => other.role === 'co' && other.dispatchedAt.getTime() === dispatchedAt.getTime(),
  )
  const { urgency } = limitCase ?? ticket
  return {
    limit,
    ...assignmentDeadlines(profile, calendar, { dispatchedAt, urgency, isMultiUnit, limit, acknowledgedAt }),
  }
}

function newSteps(
  assignment: Assignment,
  given: { acknowledge: Deadline; return: Deadline },
  ticket: Ticket,
  { profile, calendar }: RecomputeWorld,
  settle: Settle,
): NewSteps {
  const { status, acknowledgeBy, returnBy, firstContactBy, firstContactAt, acknowledgedAt, pendingReturn } = assignment
  const steps: NewSteps = {}
  const put = (field: keyof NewSteps, from: Date | undefined, to: Date) => {
    const by = from && settle(from, to)
    if (by && !isSame(by, from)) steps[field] = by
  }
  // What stood still has its steps moved with it.
  if (assignment.pauses?.length) return steps
  if (assignment.role !== 'delegated' && !pendingReturn) {
    if (status === 'toAcknowledge') put('acknowledgeBy', acknowledgeBy, given.acknowledge.by)
    if (status !== 'inReview' && !assignment.locked) put('returnBy', returnBy, given.return.by)
  }
  if (acknowledgedAt && !firstContactAt && status === 'handling') {
    const { urgency } = assignment.limitCase ?? ticket
    put('firstContactBy', firstContactBy, firstContactDeadline(profile, calendar, { acknowledgedAt, urgency }).by)
  }
  return steps
}

function newPromiseOf(
  ticket: Ticket,
  world: RecomputeWorld,
  settle: Settle,
  found: Examined,
): Recomputed['promise'] | undefined {
  const { resolveBy, isProvisional = false, pauses, status, joinedBy } = ticket
  const isStanding = WITH_UNIT.includes(status) || isConsulting(ticket) || status === 'accepted'
  const base = lastPromise(ticket, ['dispatch', 'rework'])
  if (!resolveBy || !isStanding || !base || ticket.cases.at(-1)?.metAt) return undefined
  // The promise that holds was made to another caller on his own ticket; these rules did not make it.
  if (hasJoined(ticket, base.at)) return undefined
  const { profile, calendar } = world
  let unpaused: Deadline
  let unit: LimitUnit
  if (base.reason === 'rework') {
    unpaused = reworkedFrom(world, base.at)
    unit = profile.rework.unit
  } else {
    const first = ticket.assignments.find(
      ({ role, dispatchedAt }) => role === 'lead' && dispatchedAt.getTime() === base.at.getTime(),
    )
    // Without its dispatch nobody knows what it was counted from.
    if (!first) return undefined
    if (isFixed(first)) found.isManual = true
    if (isFixed(first) && !isProvisional) return undefined
    const given = deadlinesOf(ticket, { ...first, acknowledgedAt: undefined }, world)
    unpaused = notAfter(given.resolve, joinedUntil(ticket, base.at), '已并入的诉求')
    unit = given.limit.unit
  }
  const extension = ticket.assignments
    .filter((assignment) => assignment.role === 'lead' && assignment.dispatchedAt >= base.at)
    .concat(
      ticket.assignments.filter(({ limitFrom, dispatchedAt }) => limitFrom === 'rework' && dispatchedAt < base.at),
    )
    .reduce((sum, assignment) => sum + extensionOf(assignment), 0)
  let counted = withPauses(calendar, extendedBy(calendar, unpaused, extension), { pauses, limitUnit: unit })
  if (joinedBy) counted = notAfter(counted, joinedBy > resolveBy ? joinedBy : resolveBy, '已并入的诉求')
  const to = settle(resolveBy, counted.by)
  if (!isSame(to, counted.by) || (isSame(to, resolveBy) && counted.isProvisional === isProvisional)) return undefined
  const unpausedBy = counted.unpausedBy
  return {
    from: resolveBy,
    resolveBy: to,
    isProvisional: counted.isProvisional,
    unit,
    ...(unpausedBy ? { unpausedBy } : {}),
  }
}

/** The hotline's own deadlines, from the moment that they were counted from. */
function hotlineSteps(
  ticket: Ticket,
  { profile, calendar }: RecomputeWorld,
  settle: Settle,
): Pick<Recomputed, 'dispatchBy' | 'hotlineReviewBy' | 'callbackBy'> {
  const { status, urgency, hotlineReviewSince, callbackSince } = ticket
  const steps: Pick<Recomputed, 'dispatchBy' | 'hotlineReviewBy' | 'callbackBy'> = {}
  const put = (field: keyof typeof steps, from: Date | undefined, to: Date) => {
    const by = from && settle(from, to)
    if (by && !isSame(by, from)) steps[field] = by
  }
  // With others who joined, the earliest of their days stands.
  const isShared = (ticket.participants?.length ?? 0) > 0
  const queuedAt = status === 'accepted' && !isShared ? queuedSince(ticket) : undefined
  if (queuedAt)
    put('dispatchBy', ticket.dispatchBy, dispatchDeadline(profile, calendar, { acceptedAt: queuedAt, urgency }).by)
  if (status === 'hotlineReview' && hotlineReviewSince)
    put('hotlineReviewBy', ticket.hotlineReviewBy, hotlineReviewDeadline(profile, calendar, hotlineReviewSince).by)
  if (status === 'callback' && callbackSince)
    put('callbackBy', ticket.callbackBy, callbackBy(profile, calendar, callbackSince).by)
  return steps
}
