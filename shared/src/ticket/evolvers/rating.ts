import { change, type Evolvers } from './parts'

export const RATING: Evolvers<'ticket.rated' | 'ticket.rectified' | 'ticket.ratingAppealed' | 'ticket.ratingJudged'> = {
  'ticket.rated': (_ticket, { type: _type, version: _version, ...rating }) => ({ rating }),
  'ticket.rectified': (ticket, { assignmentId, rectification, at, by }) => ({
    assignments: change(ticket, assignmentId, (assignment) => ({
      status: 'inReview',
      rectification: { ...rectification, at, by },
      firstContactAt: assignment.firstContactAt ?? rectification.contactedAt,
    })),
  }),
  'ticket.ratingAppealed': (ticket, { reason, at, by }) => ({
    rated: ticket.rated && { ...ticket.rated, appeal: { reason, at, by } },
  }),
  'ticket.ratingJudged': (ticket, { verdict, reason, at, by }) => ({
    rated: ticket.rated && { ...ticket.rated, verdict: { verdict, reason, at, by } },
  }),
}
