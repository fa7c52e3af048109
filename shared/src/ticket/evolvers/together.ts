import type { Consultation } from '../conditions'
import type { Pause } from '../deadlines'
import type { NewPromise } from '../events'
import { pauseOfPromise } from '../recount'
import type { CallerPromise, Ticket } from '../ticket'
import { change, clockOf, endAll, endOne, ended, isLead, promised, withCase, type Evolvers } from './parts'

export const TOGETHER: Evolvers<
  | 'ticket.consultationOpened'
  | 'ticket.opinionGiven'
  | 'ticket.siteVisitRecorded'
  | 'ticket.consultationConcluded'
  | 'ticket.consultationCancelled'
  | 'ticket.delegated'
  | 'ticket.delegationRecalled'
  | 'ticket.sentBack'
  | 'ticket.suspensionRequested'
  | 'ticket.suspensionApproved'
  | 'ticket.suspensionRejected'
  | 'ticket.resumed'
  | 'ticket.terminationRequested'
  | 'ticket.terminationApproved'
  | 'ticket.terminationRejected'
> = {
  'ticket.consultationOpened': (ticket, { id, topic, units, answerBy, isFromReturn, at, by }) => ({
    status: 'consulting',
    consultations: [
      ...(ticket.consultations ?? []),
      { id, topic, openedAt: at, by, units, answerBy, isFromReturn, opinions: [], visits: [] },
    ],
    assignments: endAll(ticket, 'recalled', at),
    leadAssignmentId: undefined,
    dispatchBy: undefined,
    suggestion: undefined,
    // Conferring does not undo that it was too late already.
    isDispatchedLate: ticket.isDispatchedLate || (ticket.dispatchBy && at > ticket.dispatchBy) || undefined,
    cases: withCase(ticket, { unitId: '' }),
  }),
  'ticket.opinionGiven': (ticket, { unitId, stance, opinion, basis, at, by }) =>
    onConsultation(ticket, ({ opinions }) => ({
      opinions: [...opinions, { at, by, unitId, stance, opinion, basis }],
    })),
  'ticket.siteVisitRecorded': (ticket, { type: _type, version: _version, ...visit }) =>
    onConsultation(ticket, ({ visits }) => ({ visits: [...visits, visit] })),
  'ticket.consultationConcluded': (ticket, { leadUnitId, coUnitIds, basis, pause, promise, at, by }) => ({
    ...onConsultation(ticket, () => ({ closedAt: at, conclusion: { leadUnitId, coUnitIds, basis, by } })),
    ...stoodStill(ticket, pause, promise, at, 'consultation'),
  }),
  'ticket.consultationCancelled': (ticket, { reason, dispatchBy, pause, promise, at }) => ({
    status: 'accepted',
    dispatchBy,
    ...onConsultation(ticket, () => ({ closedAt: at, cancelReason: reason })),
    ...stoodStill(ticket, pause, promise, at, 'consultation'),
  }),

  'ticket.delegated': (ticket, { assignment }) => ({ assignments: [...ticket.assignments, assignment] }),
  'ticket.delegationRecalled': (ticket, { assignmentId, at }) => ({
    assignments: endOne(ticket, assignmentId, 'recalled', at),
  }),
  'ticket.sentBack': (ticket, { assignmentId, opinion, pause, clock, at, by }) => ({
    assignments: change(ticket, assignmentId, ({ reviews, pauses = [] }) => ({
      status: 'handling',
      metAt: undefined,
      reviews: [...reviews, { level: 'unit', isPassed: false, opinion, at, by }],
      ...(clock ? clockOf(clock) : {}),
      ...(pause ? { pauses: [...pauses, pause] } : {}),
    })),
  }),

  'ticket.suspensionRequested': (ticket, { type: _type, version: _version, assignmentId, ...request }) => ({
    assignments: change(ticket, assignmentId, () => ({ pendingSuspension: request })),
  }),
  'ticket.suspensionApproved': (ticket, { assignmentId, until, supervision, at, by }) => {
    const asked = ticket.assignments.find(({ id }) => id === assignmentId)?.pendingSuspension
    return {
      assignments: change(ticket, assignmentId, () => ({ pendingSuspension: undefined })),
      suspension: {
        since: at,
        until,
        assignmentId,
        reason: asked?.reason ?? '',
        measures: asked?.measures ?? supervision.requirement,
        approvedBy: by,
        supervisionId: supervision.id,
      },
      supervisions: [...(ticket.supervisions ?? []), { ...supervision, at, by, answers: [] }],
    }
  },
  'ticket.suspensionRejected': (ticket, { assignmentId }) => ({
    assignments: change(ticket, assignmentId, () => ({ pendingSuspension: undefined })),
  }),
  'ticket.resumed': (ticket, { pause, clocks, promise, at }) => {
    const moved = new Map(clocks.map(({ assignmentId, clock, ...steps }) => [assignmentId, { clock, steps }]))
    const lead = clocks.find(({ assignmentId }) => isLead(ticket, assignmentId))
    const still = stoodStill(ticket, pause, promise, at, 'suspension')
    return {
      suspension: undefined,
      ...still,
      assignments: ticket.assignments.map((assignment) => {
        const own = moved.get(assignment.id)
        if (!own) return assignment
        return { ...assignment, ...clockOf(own.clock), ...own.steps, pauses: [...(assignment.pauses ?? []), pause] }
      }),
      ...(lead ? { cases: withCase({ ...ticket, ...still }, { unitDueAt: lead.clock.resolveBy }) } : {}),
    }
  },

  'ticket.terminationRequested': (ticket, { type: _type, version: _version, assignmentId, ...request }) => ({
    assignments: change(ticket, assignmentId, () => ({ pendingTermination: request })),
  }),
  'ticket.terminationApproved': (ticket, { assignmentId, opinion, at, by }) => {
    const asked = ticket.assignments.find(({ id }) => id === assignmentId)?.pendingTermination
    const { ground = 'uncooperative', code, reason = '' } = asked ?? {}
    return {
      ...ended(ticket, at),
      status: 'terminated',
      assignments: endAll(ticket, 'recalled', at),
      terminated: { ground, code, reason, opinion, at, by },
    }
  },
  'ticket.terminationRejected': (ticket, { assignmentId }) => ({
    assignments: change(ticket, assignmentId, () => ({ pendingTermination: undefined })),
  }),
}

/** The one that is open, which is the last. */
function onConsultation(ticket: Ticket, patch: (consultation: Consultation) => Partial<Consultation>): Partial<Ticket> {
  const { consultations = [] } = ticket
  return {
    consultations: consultations.map((one, index) =>
      index === consultations.length - 1 ? { ...one, ...patch(one) } : one,
    ),
  }
}

/** The promise after a pause, which is kept so that the next one is counted together with it. */
function stoodStill(
  ticket: Ticket,
  pause: Pause | undefined,
  promise: NewPromise | undefined,
  at: Date,
  reason: CallerPromise['reason'],
): Partial<Ticket> {
  if (!pause || !promise) return {}
  return {
    ...promised(ticket, promise, at, reason),
    pauses: [...(ticket.pauses ?? []), pauseOfPromise(ticket, pause)],
    cases: withCase(ticket, { dueAt: promise.resolveBy }),
  }
}
