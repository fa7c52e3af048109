import type { Evolvers } from './parts'

export const RATING: Evolvers<'ticket.rated' | 'ticket.rectified' | 'ticket.ratingAppealed' | 'ticket.ratingJudged'> = {
  'ticket.rated': () => ({}),
  'ticket.rectified': () => ({}),
  'ticket.ratingAppealed': () => ({}),
  'ticket.ratingJudged': () => ({}),
}
