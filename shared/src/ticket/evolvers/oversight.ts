import type { Evolvers } from './parts'

export const OVERSIGHT: Evolvers<
  | 'ticket.callbackAppealed'
  | 'ticket.supervised'
  | 'ticket.supervisionAnswered'
  | 'ticket.supervisionClosed'
  | 'ticket.escalated'
  | 'ticket.instructed'
  | 'ticket.deadlinesRecomputed'
> = {
  'ticket.callbackAppealed': () => ({}),
  'ticket.supervised': () => ({}),
  'ticket.supervisionAnswered': () => ({}),
  'ticket.supervisionClosed': () => ({}),
  'ticket.escalated': () => ({}),
  'ticket.instructed': () => ({}),
  'ticket.deadlinesRecomputed': () => ({}),
}
