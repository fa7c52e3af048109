import { nextCallAt, nextJudgement } from '../callbackTargets'
import type { Participant } from '../conditions'
import type { Ticket } from '../ticket'
import { endAll, ended, promised, withCase, type Evolvers } from './parts'

export const WHOLE_INTAKE: Evolvers<
  | 'ticket.infoRequested'
  | 'ticket.infoSupplied'
  | 'ticket.supplemented'
  | 'ticket.merged'
  | 'ticket.unmerged'
  | 'ticket.callerJoined'
  | 'ticket.callerLeft'
  | 'ticket.voided'
  | 'ticket.withdrawn'
  | 'ticket.archived'
  | 'ticket.unitKept'
> = {
  'ticket.infoRequested': (_ticket, { missing, at, by }) => ({
    status: 'needInfo',
    infoRequest: { missing, at, by },
    dispatchBy: undefined,
  }),
  'ticket.infoSupplied': (ticket, { facts, changes, dispatchBy, at, by }) => ({
    ...changes,
    status: dispatchBy ? 'accepted' : 'registered',
    infoRequest: undefined,
    dispatchBy,
    queuedAt: at,
    ...(dispatchBy ? { acceptedAt: ticket.acceptedAt ?? at } : {}),
    newFacts: [...ticket.newFacts, { at, by, text: facts }],
  }),
  'ticket.supplemented': (ticket, { text, attachmentIds, at, by }) => ({
    newFacts: [...ticket.newFacts, { at, by, text, ...(attachmentIds.length > 0 ? { attachmentIds } : {}) }],
  }),
  'ticket.merged': (ticket, { mainId, mainNo, reason, statusBefore, at, by }) => {
    const { dispatchBy } = ticket
    const openCase = ticket.cases.find(({ closedAt }) => !closedAt)
    return {
      status: 'merged',
      merger: { mainId, mainNo, at, by, reason, statusBefore, dispatchBy, openCase },
      dispatchBy: undefined,
      // The promise goes on in the main ticket, and is counted there.
      cases: ticket.cases.filter(({ closedAt }) => closedAt),
    }
  },
  'ticket.unmerged': (ticket, { dispatchBy, at }) => ({
    status: dispatchBy ? 'accepted' : 'registered',
    dispatchBy,
    queuedAt: at,
    merger: undefined,
    cases: ticket.merger?.openCase ? [...ticket.cases, ticket.merger.openCase] : ticket.cases,
  }),
  'ticket.callerJoined': (ticket, { ticketId, no, needsCallback, keptFrom, joinedBy, dispatchBy, promise, at }) => {
    const joined: Participant = {
      ...{ ticketId, no, needsCallback, joinedAt: at },
      ...(keptFrom ? { keptFrom } : {}),
      ...(joinedBy ? { joinedBy } : {}),
    }
    const participants = [...(ticket.participants ?? []), joined]
    return {
      participants,
      joinedBy: earliest(participants),
      ...(dispatchBy ? { dispatchBy } : {}),
      ...promised(ticket, promise, at, 'merge'),
      // The earlier promise was never paused.
      ...(promise ? { pauses: undefined, cases: withCase(ticket, { dueAt: promise.resolveBy }) } : {}),
      ...recalled({ ...ticket, participants }, at),
    }
  },
  'ticket.callerLeft': (ticket, { ticketId, at }) => {
    const rest = (ticket.participants ?? []).filter((participant) => participant.ticketId !== ticketId)
    const participants = rest.length > 0 ? rest : undefined
    const isJudged = ticket.callbacks[ticket.pendingJudgement?.callback ?? -1]?.participantId === ticketId
    return {
      participants,
      joinedBy: earliest(rest),
      // Nobody judges any more what he said on a matter that is not his.
      ...(isJudged ? { pendingJudgement: nextJudgement({ ...ticket, participants }) } : {}),
      ...recalled({ ...ticket, participants }, at),
    }
  },
  'ticket.voided': (ticket, { reason, at, by }) => ({
    ...ended(ticket, at),
    status: 'void',
    voided: { reason, at, by },
  }),
  'ticket.withdrawn': (ticket, { reason, at, by }) => ({
    ...ended(ticket, at),
    status: 'withdrawn',
    assignments: endAll(ticket, 'recalled', at),
    withdrawn: { reason, at, by },
  }),
  'ticket.archived': (_ticket, { at }) => ({ status: 'archived', archivedAt: at }),
  'ticket.unitKept': () => ({ suggestion: undefined }),
}

function earliest(participants: readonly Participant[]): Date | undefined {
  const moments = participants.flatMap(({ joinedBy }) => (joinedBy ? [joinedBy.getTime()] : []))
  return moments.length > 0 ? new Date(Math.min(...moments)) : undefined
}

/** In a callback there is one more to call, or one less. */
function recalled(ticket: Ticket, at: Date): Partial<Ticket> {
  return ticket.status === 'callback' ? { nextAttemptAt: nextCallAt(ticket, at) } : {}
}
