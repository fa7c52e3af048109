import { reworksThatCount } from '../supervision'
import type { NewSupervision } from '../events'
import type { By, Ticket } from '../ticket'
import type { Evolvers } from './parts'
import { RECOMPUTED } from './recomputed'

/** One more that is watched until it is closed; also what a suspension opens. */
export const withSupervision = (ticket: Ticket, supervision: NewSupervision, at: Date, by: By): Partial<Ticket> => ({
  supervisions: [...(ticket.supervisions ?? []), { ...supervision, at, by, answers: [] }],
})

export const OVERSIGHT: Evolvers<
  | 'ticket.callbackAppealed'
  | 'ticket.supervised'
  | 'ticket.supervisionAnswered'
  | 'ticket.supervisionClosed'
  | 'ticket.escalated'
  | 'ticket.instructed'
  | 'ticket.deadlinesRecomputed'
> = {
  'ticket.callbackAppealed': (_ticket, { callback, reason, attachmentIds, at, by }) => ({
    pendingAppeal: { callback, reason, attachmentIds, at, by },
  }),
  'ticket.supervised': (ticket, { supervision, at, by }) => withSupervision(ticket, supervision, at, by),
  'ticket.supervisionAnswered': (ticket, { supervisionId, answer, attachmentIds, at, by }) => ({
    supervisions: (ticket.supervisions ?? []).map((one) =>
      one.id === supervisionId ? { ...one, answers: [...one.answers, { at, by, answer, attachmentIds }] } : one,
    ),
  }),
  'ticket.supervisionClosed': (ticket, { supervisionId, result, at, by }) => ({
    supervisions: (ticket.supervisions ?? []).map((one) =>
      one.id === supervisionId ? { ...one, closedAt: at, closedBy: by, result } : one,
    ),
  }),
  'ticket.escalated': (ticket, { supervision, toUnitId, at, by }) => ({
    ...withSupervision(ticket, supervision, at, by),
    escalatedTo: { unitId: toUnitId, at, reworks: reworksThatCount(ticket), returns: ticket.returnCount },
    flags: ticket.flags.filter((flag) => flag !== 'escalate'),
  }),
  'ticket.instructed': (ticket, { supervision, at, by }) => withSupervision(ticket, supervision, at, by),
  ...RECOMPUTED,
}
