import { type Actor, CLOCK } from '../../actor'
import type { Role } from '../../user/roles'
import { leadOf, type Assignment, type Ticket } from '../ticket'
import type { TicketStatus } from '../labels'
import { after, by } from './given'
import * as s from './stories'
import * as w from './world'

/** One ticket in every status: from a history where one leads there, else with the status set. */
export const TICKET_IN: Record<TicketStatus, Ticket> = {
  registered: after(s.submitted()),
  needInfo: after(s.infoRequested),
  accepted: after(s.registered),
  consulting: after(s.consulting),
  dispatched: after(s.dispatched),
  handling: after(s.handling),
  unitReview: after(s.replied),
  hotlineReview: after(s.signedOff),
  callback: after(s.inCallback),
  closed: after(s.closed),
  answered: after(s.answered),
  declined: after(s.declined),
  transferred: after(s.registered, by(w.agent, 'transferEmergency')),
  merged: after(s.merged),
  terminated: after(s.terminated),
  withdrawn: after(s.handling, by(w.citizen, 'withdraw')),
  void: after(s.registered, by(w.director, 'void')),
  archived: after(s.closed, by(w.director, 'archive')),
}

const onLead = (patch: (lead: Assignment) => Partial<Assignment>) => (ticket: Ticket) => ({
  ...ticket,
  assignments: ticket.assignments.map((assignment) =>
    assignment.id === ticket.leadAssignmentId ? { ...assignment, ...patch(assignment) } : assignment,
  ),
})

const { pendingReturn } = after(s.returnRequested).assignments[0] as Assignment
const extension = (story: typeof s.extensionRequested) =>
  onLead(() => {
    const { pendingExtension } = after(story).assignments[0] as Assignment
    return { pendingExtension }
  })
const { pendingJudgement, callbacks } = after(s.inJudgement)

const asked = (story: typeof s.handling) => after(story).assignments[0] as Assignment
const { suspension } = after(s.suspended)

/** Below the lead: one that wants to return it, one that wants longer, one that has replied. */
function withDelegates(ticket: Ticket): Ticket {
  const child = after(s.delegated).assignments[1] as Assignment
  const wish = after(s.extensionEndorsed).assignments[0]?.pendingExtension
  const lead = leadOf(ticket)
  if (!lead || !wish) return ticket
  const below = (id: string, patch: Partial<Assignment>): Assignment => ({ ...child, id, parentId: lead.id, ...patch })
  return {
    ...ticket,
    assignments: [
      ...ticket.assignments,
      below('d1', { pendingReturn }),
      below('d2', { status: 'handling', resolveBy: lead.dispatchedAt, pendingExtension: wish }),
      below('d3', { status: 'replied' }),
    ],
  }
}

const { supervisions } = after(s.handling, by(w.supervisor, 'supervise'))
const reworked = after(s.reworked)
const { pendingAppeal } = after(s.reworked, by(w.bureau.lead, 'appealCallback'))
const { rated } = after(s.badlyRated)

const { participants } = after(s.joined)

const suggestion = { at: w.MONDAY, leadUnitId: w.OTHER_BUREAU, coUnitIds: [], reason: '派单目录：夜间施工噪音' }

export interface Condition {
  change: (ticket: Ticket) => Ticket
  at?: (ticket: Ticket) => Date | undefined
}
const unchanged = (ticket: Ticket) => ticket

/** What hangs on a ticket beside its status; put on every status, whether it can be there or not. */
export const CONDITIONS: Record<string, Condition> = {
  none: { change: unchanged },
  pendingReturn: { change: onLead(() => ({ pendingReturn })) },
  extensionAtUnit: { change: extension(s.extensionRequested) },
  extensionAtHotline: { change: extension(s.extensionEndorsed) },
  pendingJudgement: { change: (ticket) => ({ ...ticket, pendingJudgement, callbacks }) },
  locked: { change: onLead(() => ({ locked: true, lockedReason: '退单已被驳回，不得再退' })) },
  threeReturns: { change: (ticket) => ({ ...ticket, returnCount: 3 }) },
  attemptsUsed: { change: (ticket) => ({ ...ticket, attempts: after(s.inCallback, s.unanswered).attempts }) },
  dueToday: { change: unchanged, at: (ticket) => leadOf(ticket)?.yellowAt },
  overdue: { change: unchanged, at: (ticket) => leadOf(ticket)?.redAt },
  suggestion: { change: (ticket) => ({ ...ticket, suggestion }) },
  joined: { change: (ticket) => ({ ...ticket, participants }) },
  archiveDue: { change: unchanged, at: (ticket) => ticket.archiveBy },
  suspensionAtUnit: { change: onLead(() => ({ pendingSuspension: asked(s.suspensionRequested).pendingSuspension })) },
  suspensionAtHotline: { change: onLead(() => ({ pendingSuspension: asked(s.suspensionEndorsed).pendingSuspension })) },
  suspended: { change: (ticket) => ({ ...ticket, suspension }) },
  suspensionOver: { change: (ticket) => ({ ...ticket, suspension }), at: () => suspension?.until },
  terminationAtUnit: {
    change: onLead(() => ({ pendingTermination: asked(s.terminationRequested).pendingTermination })),
  },
  terminationAtHotline: {
    change: onLead(() => ({ pendingTermination: asked(s.terminationEndorsed).pendingTermination })),
  },
  delegates: { change: withDelegates },
  supervised: { change: (ticket) => ({ ...ticket, supervisions }) },
  reworkedThrice: { change: (ticket) => ({ ...ticket, callbacks: reworked.callbacks, reworkCount: 3 }) },
  appealed: { change: (ticket) => ({ ...ticket, callbacks: reworked.callbacks, pendingAppeal }) },
  rated: { change: (ticket) => ({ ...ticket, rated }) },
}

/** One actor for every role; those of a unit work in the unit that leads. */
export const ACTOR_AS: Record<Role, Actor> = {
  agent: w.agent,
  shiftLead: w.shiftLead,
  inspector: w.inspector,
  dispatcher: w.dispatcher,
  callbackOfficer: w.callbackOfficer,
  supervisor: w.supervisor,
  knowledgeEditor: w.knowledgeEditor,
  director: w.director,
  cityLeader: w.cityLeader,
  clerk: w.bureau.clerk,
  handler: w.bureau.handler,
  unitLead: w.bureau.lead,
  unitHead: w.bureau.head,
  countyAdmin: w.bureau.countyAdmin,
  administrator: w.administrator,
  caller: w.citizen,
  system: CLOCK,
}
