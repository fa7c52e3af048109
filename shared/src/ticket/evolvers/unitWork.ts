import { endorsable } from '../requests'
import { change, clockOf, endAll, endOne, isDelegated, isLead, promised, withCase, type Evolvers } from './parts'

export const UNIT_WORK: Evolvers<
  | 'ticket.acknowledged'
  | 'ticket.returnRequested'
  | 'ticket.returnApproved'
  | 'ticket.returnRejected'
  | 'ticket.handlerAssigned'
  | 'ticket.contactRecorded'
  | 'ticket.progressRecorded'
  | 'ticket.extensionRequested'
  | 'ticket.requestEndorsed'
  | 'ticket.requestRefused'
  | 'ticket.extensionApproved'
  | 'ticket.extensionRejected'
  | 'ticket.replied'
  | 'ticket.unitReviewed'
> = {
  'ticket.acknowledged': (ticket, { assignmentId, isAuto, isLate, firstContactBy, clock, at }) => ({
    assignments: change(ticket, assignmentId, () => ({
      ...(clock ? clockOf(clock) : {}),
      status: 'handling',
      acknowledgedAt: at,
      isAutoAcknowledged: isAuto,
      isAcknowledgedLate: isLate,
      firstContactBy,
    })),
    ...(clock && isLead(ticket, assignmentId) ? { cases: withCase(ticket, { unitDueAt: clock.resolveBy }) } : {}),
  }),
  'ticket.returnRequested': (ticket, { type: _type, version: _version, assignmentId, ...request }) => ({
    // What a delegate gives back to the unit above it has never been dispatched by the hotline.
    returnRequestCount: ticket.returnRequestCount + (isDelegated(ticket, assignmentId) ? 0 : 1),
    assignments: change(ticket, assignmentId, () => ({ pendingReturn: request })),
  }),
  'ticket.returnApproved': (ticket, { assignmentId, dispatchBy, at, ...event }) => {
    const returned = endOne(ticket, assignmentId, 'returned', at)
    if (!event.isLead) return { assignments: returned }
    return {
      status: 'accepted',
      assignments: endAll({ ...ticket, assignments: returned }, 'recalled', at),
      leadAssignmentId: undefined,
      returnCount: ticket.returnCount + 1,
      isLeaderless: event.isLast,
      dispatchBy,
      suggestion: undefined,
      cases: withCase(ticket, { unitId: '' }),
    }
  },
  'ticket.returnRejected': (ticket, { assignmentId, firstContactBy, at }) => ({
    assignments: change(ticket, assignmentId, (assignment) => ({
      status: 'handling',
      pendingReturn: undefined,
      locked: true,
      lockedReason: '退单已被驳回，不得再退',
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
    assignments: change(ticket, assignmentId, (assignment) => {
      const asked = endorsable(assignment)
      return asked ? { [asked.field]: { ...asked.request, stage: 'hotline', endorsedBy: by, reviewBy } } : {}
    }),
  }),
  'ticket.requestRefused': (ticket, { assignmentId }) => ({
    assignments: change(ticket, assignmentId, () => ({
      pendingExtension: undefined,
      pendingSuspension: undefined,
      pendingTermination: undefined,
    })),
  }),
  'ticket.extensionApproved': (ticket, { assignmentId, workdays, clock, promise, at }) => ({
    // What a unit allows those under it does not concern the caller.
    extensionCount: ticket.extensionCount + (isDelegated(ticket, assignmentId) ? 0 : 1),
    assignments: change(ticket, assignmentId, (assignment) => ({
      ...clockOf(clock),
      pendingExtension: undefined,
      extensionCount: assignment.extensionCount + 1,
      extensionWorkdays: assignment.extensionWorkdays + workdays,
      extendedBy: (assignment.extendedBy ?? 0) + workdays,
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
}
