import type { CaseFacts } from '../stats/facts'
import { flagsOf } from './callbackRule'
import type { EventOf, EventType, NewClock, NewPromise } from './events'
import type { Pause } from './deadlines'
import { OPEN_ASSIGNMENT } from './labels'
import type { Assignment, CallerPromise, Ticket } from './ticket'

type Evolvers = { [T in EventType]: (ticket: Ticket, event: EventOf<T>) => Partial<Ticket> }

const change = (ticket: Ticket, id: string, patch: (assignment: Assignment) => Partial<Assignment>): Assignment[] =>
  ticket.assignments.map((assignment) => (assignment.id === id ? { ...assignment, ...patch(assignment) } : assignment))

/** Ends what is open; the units have nothing more to do. */
const endAll = (ticket: Ticket, status: 'recalled' | 'done', at: Date): Assignment[] =>
  ticket.assignments.map((assignment) =>
    OPEN_ASSIGNMENT.includes(assignment.status)
      ? { ...assignment, status, endedAt: at, pendingReturn: undefined, pendingExtension: undefined }
      : assignment,
  )

const isLead = (ticket: Ticket, assignmentId: string) => assignmentId === ticket.leadAssignmentId

const clockOf = ({
  resolveBy,
  explain,
  isProvisional,
  unpausedBy,
  yellowAt,
  redAt,
}: NewClock): Partial<Assignment> => ({
  resolveBy,
  explain,
  isProvisional,
  unpausedBy,
  yellowAt,
  redAt,
})

const promised = (
  ticket: Ticket,
  promise: NewPromise | undefined,
  at: Date,
  reason: CallerPromise['reason'],
): Partial<Ticket> =>
  promise
    ? {
        resolveBy: promise.resolveBy,
        isProvisional: promise.isProvisional,
        unpausedBy: promise.unpausedBy,
        promises: [...ticket.promises, { by: promise.resolveBy, at, reason }],
      }
    : {}

/** The open way from dispatch to close, changed; a new one where none is open. */
function withCase(ticket: Ticket, patch: Partial<CaseFacts>, fresh?: CaseFacts): CaseFacts[] {
  const current = ticket.cases.at(-1)
  if (current && !current.closedAt) return [...ticket.cases.slice(0, -1), { ...current, ...patch }]
  return fresh ? [...ticket.cases, fresh] : ticket.cases
}

const ended = (ticket: Ticket, at: Date): Partial<Ticket> => ({
  closedAt: at,
  assignments: endAll(ticket, 'done', at),
  cases: withCase(ticket, { closedAt: at }),
  pendingJudgement: undefined,
  nextAttemptAt: undefined,
  dispatchBy: undefined,
})

export const EVOLVERS: Evolvers = {
  'ticket.registered': (_ticket, { type: _type, version: _version, at, by, ...content }) => ({
    ...content,
    status: 'registered',
    registeredAt: at,
    registeredBy: by,
    assignments: [],
    promises: [],
    attempts: [],
    callbacks: [],
    contacts: [],
    progress: [],
    newFacts: [],
    flags: [],
    cases: [],
    dispatchCount: 0,
    returnRequestCount: 0,
    returnCount: 0,
    extensionCount: 0,
    reworkCount: 0,
    urgeCount: 0,
    yellowCount: 0,
    redCount: 0,
  }),
  'ticket.accepted': (_ticket, { title, matterCode, regionCode, dispatchBy, at }) => ({
    status: 'accepted',
    title,
    matterCode,
    regionCode,
    dispatchBy,
    acceptedAt: at,
  }),
  'ticket.amended': (_ticket, { changes, dispatchBy }) => ({
    ...Object.fromEntries(changes.map(({ field, to }) => [field, to])),
    ...(dispatchBy ? { dispatchBy } : {}),
  }),
  'ticket.answered': (ticket, { answer, knowledgeIds, at, by }) => ({
    ...ended(ticket, at),
    status: 'answered',
    answer: { answer, knowledgeIds, at, by },
  }),
  'ticket.declined': (ticket, { code, reason, channelTold, at, by }) => ({
    ...ended(ticket, at),
    status: 'declined',
    declined: { code, reason, channelTold, at, by },
  }),
  'ticket.emergencyTransferred': (ticket, { to, transferredAt, isThreeWay, note, at, by }) => ({
    ...ended(ticket, at),
    status: 'transferred',
    emergency: { to, transferredAt, isThreeWay, note, at, by },
  }),

  'ticket.dispatched': (ticket, { assignments, leadAssignmentId, isLate, promise, at }) => {
    const lead = assignments.find((assignment) => assignment.id === leadAssignmentId)
    const dueAt = promise?.resolveBy ?? ticket.resolveBy ?? at
    const unitId = lead?.unitId ?? ''
    const unitDueAt = lead?.resolveBy ?? dueAt
    return {
      status: 'dispatched',
      assignments: [...ticket.assignments, ...assignments],
      leadAssignmentId,
      dispatchedAt: at,
      firstDispatchedAt: ticket.firstDispatchedAt ?? at,
      isDispatchedLate: ticket.isDispatchedLate || isLate,
      dispatchCount: ticket.dispatchCount + 1,
      dispatchBy: undefined,
      cases: withCase(
        ticket,
        { unitId, unitDueAt },
        { unitId, startedAt: at, dueAt, unitDueAt, isLate: false, isUnitLate: false },
      ),
      ...promised(ticket, promise, at, 'dispatch'),
      ...(promise ? { pauses: undefined, promiseUnit: lead?.limit.unit } : {}),
    }
  },
  'ticket.recalled': (ticket, { dispatchBy, at }) => ({
    status: 'accepted',
    assignments: endAll(ticket, 'recalled', at),
    leadAssignmentId: undefined,
    dispatchBy,
    cases: withCase(ticket, { unitId: '' }),
  }),
  'ticket.acknowledged': (ticket, { assignmentId, isAuto, isLate, firstContactBy, at }) => ({
    assignments: change(ticket, assignmentId, () => ({
      status: 'handling',
      acknowledgedAt: at,
      isAutoAcknowledged: isAuto,
      isAcknowledgedLate: isLate,
      firstContactBy,
    })),
  }),
  'ticket.returnRequested': (ticket, { type: _type, version: _version, assignmentId, ...request }) => ({
    returnRequestCount: ticket.returnRequestCount + 1,
    assignments: change(ticket, assignmentId, () => ({ pendingReturn: request })),
  }),
  'ticket.returnApproved': (ticket, { assignmentId, dispatchBy, at, ...event }) => {
    const returned = change(ticket, assignmentId, () => ({
      status: 'returned',
      endedAt: at,
      pendingReturn: undefined,
      pendingExtension: undefined,
    }))
    if (!event.isLead) return { assignments: returned }
    return {
      status: 'accepted',
      assignments: endAll({ ...ticket, assignments: returned }, 'recalled', at),
      leadAssignmentId: undefined,
      returnCount: ticket.returnCount + 1,
      dispatchBy,
      cases: withCase(ticket, { unitId: '' }),
    }
  },
  'ticket.returnRejected': (ticket, { assignmentId, firstContactBy, at }) => ({
    assignments: change(ticket, assignmentId, (assignment) => ({
      status: 'handling',
      pendingReturn: undefined,
      locked: true,
      lockedReason: '退单已被驳回,不得再退',
      acknowledgedAt: assignment.acknowledgedAt ?? at,
      // The unit took it up when it asked; how long the hotline thought about it is not the unit's lateness.
      isAcknowledgedLate:
        assignment.isAcknowledgedLate ??
        (assignment.pendingReturn?.at ?? at).getTime() > assignment.acknowledgeBy.getTime(),
      firstContactBy: assignment.firstContactBy ?? firstContactBy,
    })),
  }),
  'ticket.handlerAssigned': (ticket, { assignmentId, handlerId, handlerName }) => ({
    assignments: change(ticket, assignmentId, () => ({ handlerId, handlerName })),
  }),
  'ticket.contactRecorded': (ticket, { assignmentId, contactedAt, method, isReached, result, at, by }) => ({
    contacts: [...ticket.contacts, { at, by, assignmentId, contactedAt, method, isReached, result }],
    assignments: change(ticket, assignmentId, ({ firstContactAt }) => ({
      firstContactAt: firstContactAt ?? contactedAt,
    })),
  }),
  'ticket.progressRecorded': (ticket, { assignmentId, note, at, by }) => ({
    progress: [...ticket.progress, { at, by, assignmentId, note }],
  }),

  'ticket.extensionRequested': (ticket, { type: _type, version: _version, assignmentId, ...request }) => ({
    assignments: change(ticket, assignmentId, () => ({ pendingExtension: request })),
  }),
  'ticket.requestEndorsed': (ticket, { assignmentId, reviewBy, by }) => ({
    assignments: change(ticket, assignmentId, ({ pendingExtension }) => ({
      pendingExtension: pendingExtension && { ...pendingExtension, stage: 'hotline', endorsedBy: by, reviewBy },
    })),
  }),
  'ticket.requestRefused': (ticket, { assignmentId }) => ({
    assignments: change(ticket, assignmentId, () => ({ pendingExtension: undefined })),
  }),
  'ticket.extensionApproved': (ticket, { assignmentId, workdays, clock, promise, at }) => ({
    extensionCount: ticket.extensionCount + 1,
    assignments: change(ticket, assignmentId, (assignment) => ({
      ...clockOf(clock),
      pendingExtension: undefined,
      extensionCount: assignment.extensionCount + 1,
      extensionWorkdays: assignment.extensionWorkdays + workdays,
    })),
    ...(isLead(ticket, assignmentId)
      ? {
          ...promised(ticket, promise, at, 'extension'),
          cases: withCase(ticket, { unitDueAt: clock.resolveBy, ...(promise ? { dueAt: promise.resolveBy } : {}) }),
        }
      : {}),
  }),
  'ticket.extensionRejected': (ticket, { assignmentId }) => ({
    assignments: change(ticket, assignmentId, () => ({ pendingExtension: undefined })),
  }),

  'ticket.replied': (ticket, { assignmentId, reply, at, by }) => ({
    assignments: change(ticket, assignmentId, (assignment) => ({
      status: 'inReview',
      reply: { ...reply, at, by },
      firstContactAt: assignment.firstContactAt ?? reply.contactedAt,
    })),
  }),
  'ticket.unitReviewed': (ticket, { assignmentId, isPassed, opinion, hotlineReviewBy, at, by }) => ({
    assignments: change(ticket, assignmentId, (assignment) => ({
      status: isPassed ? 'replied' : 'handling',
      metAt: isPassed ? at : undefined,
      reviews: [...assignment.reviews, { level: 'unit', isPassed, opinion, at, by }],
    })),
    ...(isPassed && isLead(ticket, assignmentId)
      ? { hotlineReviewBy, hotlineReviewSince: at, cases: withCase(ticket, { metAt: at }) }
      : {}),
  }),
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
            ...(callbackBy ? { status: 'callback', callbackBy, nextAttemptAt, callbackSince: at } : {}),
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

  'ticket.callbackAttempted': (ticket, { type: _type, version: _version, isExhausted: _, ...attempt }) => ({
    attempts: [...ticket.attempts, attempt],
    nextAttemptAt: attempt.nextAt,
  }),
  'ticket.callbackRecorded': (ticket, { type: _type, version: _version, needsJudgement, ...result }) => ({
    callbacks: [...ticket.callbacks, result],
    nextAttemptAt: undefined,
    pendingJudgement: needsJudgement ? { at: result.at, by: result.by, callback: ticket.callbacks.length } : undefined,
    flags: [...ticket.flags.filter((flag) => flag === 'escalate'), ...flagsOf(result)],
  }),
  'ticket.callbackJudged': (ticket, { callback, verdict, reason, at, by }) => ({
    pendingJudgement: undefined,
    callbacks: ticket.callbacks.map((result, index) =>
      index === callback ? { ...result, verdict: { verdict, reason, at, by } } : result,
    ),
  }),
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
    }
  },
  'ticket.closed': (ticket, { outcome, at }) => ({ ...ended(ticket, at), status: 'closed', outcome }),
  'ticket.reopened': (ticket, { newFacts, dispatchBy, at, by }) => ({
    status: dispatchBy ? 'accepted' : 'registered',
    closedAt: undefined,
    outcome: undefined,
    leadAssignmentId: undefined,
    resolveBy: undefined,
    isProvisional: undefined,
    unpausedBy: undefined,
    pauses: undefined,
    promiseUnit: undefined,
    acceptedAt: dispatchBy && at,
    dispatchBy,
    newFacts: [...ticket.newFacts, { at, by, text: newFacts }],
  }),
  'ticket.urged': (ticket, { isByCaller, at }) => ({
    urgeCount: ticket.urgeCount + 1,
    ...(isByCaller ? { lastUrgedByCallerAt: at } : {}),
  }),
  'ticket.cardIssued': (ticket, { assignmentId, card, resolveBy }) => ({
    ...(card === 'yellow' ? { yellowCount: ticket.yellowCount + 1 } : { redCount: ticket.redCount + 1 }),
    assignments: change(ticket, assignmentId, () =>
      card === 'yellow' ? { yellowFor: resolveBy } : { redFor: resolveBy },
    ),
  }),
}
