import { flagsOf } from '../callbackRule'
import { answersOfRound, nextCallAt, nextJudgement } from '../callbackTargets'
import type { Pause } from '../deadlines'
import type { Ticket } from '../ticket'
import { change, clockOf, ended, promised, withCase, type Evolvers } from './parts'

/** A dissatisfaction that does not stand is no reason for a rework, and three such are none to escalate. */
const appealJudged = (ticket: Ticket, verdict: 'upheld' | 'dismissed'): Partial<Ticket> => ({
  pendingAppeal: undefined,
  ...(verdict === 'dismissed'
    ? {
        voidedReworkCount: (ticket.voidedReworkCount ?? 0) + 1,
        flags: ticket.flags.filter((flag) => flag !== 'escalate'),
      }
    : {}),
})

export const HOTLINE_WORK: Evolvers<
  | 'ticket.hotlineReviewed'
  | 'ticket.callbackAttempted'
  | 'ticket.callbackRecorded'
  | 'ticket.callbackJudged'
  | 'ticket.reworked'
  | 'ticket.closed'
  | 'ticket.reopened'
  | 'ticket.urged'
  | 'ticket.cardIssued'
> = {
  'ticket.hotlineReviewed': (ticket, event) => {
    const { assignmentId, isPassed, opinion, callbackBy, nextAttemptAt, pause, clock, promise, at, by } = event
    const withPause = (pauses: Pause[] = []) => (pause ? { pauses: [...pauses, pause] } : {})
    const current = ticket.cases.at(-1)
    const met = current?.metAt?.getTime() ?? 0
    return {
      hotlineReviewBy: undefined,
      hotlineReviewSince: undefined,
      assignments: change(ticket, assignmentId, (assignment) => ({
        reviews: [...assignment.reviews, { level: 'hotline', isPassed, opinion, at, by }],
        // A wish to end it that nobody endorsed is answered by the review.
        pendingTermination: undefined,
        ...(isPassed
          ? {}
          : {
              status: 'handling',
              metAt: undefined,
              ...(clock ? clockOf(clock) : {}),
              ...withPause(assignment.pauses),
            }),
      })),
      ...(isPassed
        ? {
            ...(callbackBy
              ? {
                  status: 'callback',
                  callbackBy,
                  nextAttemptAt,
                  callbackSince: at,
                  callbackRound: {
                    callbacks: ticket.callbacks.length,
                    attempts: ticket.attempts.length,
                    callFrom: nextAttemptAt ?? at,
                  },
                }
              : {}),
            cases: withCase(ticket, {
              isLate: current?.isLate || met > (current?.dueAt.getTime() ?? 0),
              isUnitLate: current?.isUnitLate || met > (current?.unitDueAt.getTime() ?? 0),
            }),
          }
        : {
            ...promised(ticket, promise, at, 'givenBack'),
            ...(promise ? withPause(ticket.pauses) : {}),
            cases: withCase(ticket, {
              metAt: undefined,
              ...(clock ? { unitDueAt: clock.resolveBy } : {}),
              ...(promise ? { dueAt: promise.resolveBy } : {}),
            }),
          }),
    }
  },

  'ticket.callbackAttempted': (ticket, { type: _type, version: _version, isExhausted, ...attempt }) => {
    const attempts = [...ticket.attempts, isExhausted ? { ...attempt, isExhausted } : attempt]
    return { attempts, nextAttemptAt: nextCallAt({ ...ticket, attempts }, attempt.at) }
  },
  'ticket.callbackRecorded': (ticket, { type: _type, version: _version, needsJudgement, ...result }) => {
    const after = { ...ticket, callbacks: [...ticket.callbacks, result] }
    const flags = new Set(answersOfRound(after).flatMap(flagsOf))
    return {
      callbacks: after.callbacks,
      nextAttemptAt: nextCallAt(after, result.at),
      // Of several callers more than one may be dissatisfied: the supervisor judges one after the other.
      pendingJudgement:
        ticket.pendingJudgement ??
        (needsJudgement ? { at: result.at, by: result.by, callback: ticket.callbacks.length } : undefined),
      flags: [...ticket.flags.filter((flag) => flag === 'escalate'), ...flags],
    }
  },
  'ticket.callbackJudged': (ticket, { callback, verdict, reason, at, by }) => {
    const callbacks = ticket.callbacks.map((result, index) =>
      index === callback ? { ...result, verdict: { verdict, reason, at, by } } : result,
    )
    return {
      ...(ticket.pendingAppeal?.callback === callback
        ? appealJudged(ticket, verdict)
        : { pendingJudgement: nextJudgement({ ...ticket, callbacks }) }),
      callbacks,
    }
  },
  'ticket.reworked': (ticket, { assignmentId, clock, limit, resolveBy, isEscalated, at }) => {
    const unitId = ticket.assignments.find((assignment) => assignment.id === assignmentId)?.unitId ?? ''
    return {
      reworkCount: ticket.reworkCount + 1,
      closedAt: undefined,
      outcome: undefined,
      callbackBy: undefined,
      nextAttemptAt: undefined,
      pendingJudgement: undefined,
      flags: isEscalated && !ticket.flags.includes('escalate') ? [...ticket.flags, 'escalate'] : ticket.flags,
      assignments: change(ticket, assignmentId, () => ({
        ...clockOf(clock),
        pauses: undefined,
        extendedBy: undefined,
        limit,
        limitFrom: 'rework',
        status: 'handling',
        locked: true,
        lockedReason: '重办件不得退单',
        metAt: undefined,
        endedAt: undefined,
      })),
      cases: withCase(
        ticket,
        { metAt: undefined, dueAt: resolveBy, unitDueAt: clock.resolveBy, unitId },
        { unitId, startedAt: at, dueAt: resolveBy, unitDueAt: clock.resolveBy, isLate: false, isUnitLate: false },
      ),
      ...promised(ticket, { resolveBy, isProvisional: clock.isProvisional }, at, 'rework'),
      pauses: undefined,
      promiseUnit: limit.unit,
      ...withoutJoined(ticket),
    }
  },
  'ticket.closed': (ticket, { outcome, at }) => ({ ...ended(ticket, at), status: 'closed', outcome }),
  'ticket.reopened': (ticket, { newFacts, dispatchBy, at, by }) => ({
    status: dispatchBy ? 'accepted' : 'registered',
    closedAt: undefined,
    outcome: undefined,
    // How it ended before stands in the history: it has not ended so.
    answer: undefined,
    declined: undefined,
    terminated: undefined,
    withdrawn: undefined,
    leadAssignmentId: undefined,
    resolveBy: undefined,
    isProvisional: undefined,
    unpausedBy: undefined,
    pauses: undefined,
    promiseUnit: undefined,
    acceptedAt: dispatchBy && at,
    dispatchBy,
    newFacts: [...ticket.newFacts, { at, by, text: newFacts }],
    ...withoutJoined(ticket),
  }),
  'ticket.urged': (ticket, { isByCaller, participantId, at }) => ({
    urgeCount: ticket.urgeCount + 1,
    ...(isByCaller && !participantId ? { lastUrgedByCallerAt: at } : {}),
    ...(participantId
      ? {
          participants: ticket.participants?.map((one) =>
            one.ticketId === participantId ? { ...one, lastUrgedAt: at } : one,
          ),
        }
      : {}),
  }),
  'ticket.cardIssued': (ticket, { assignmentId, card, resolveBy }) => ({
    ...(card === 'yellow' ? { yellowCount: ticket.yellowCount + 1 } : { redCount: ticket.redCount + 1 }),
    assignments: change(ticket, assignmentId, () =>
      card === 'yellow' ? { yellowFor: resolveBy } : { redFor: resolveBy },
    ),
  }),
}

/** The new promise is to everybody: what those who joined had been promised before is over. */
function withoutJoined({ participants }: Ticket): Partial<Ticket> {
  return participants
    ? { joinedBy: undefined, participants: participants.map(({ joinedBy: _, ...participant }) => participant) }
    : {}
}
