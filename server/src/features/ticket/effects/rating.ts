import type { EffectPart } from './part'

/** 好差评、整改. */
export const RATING_EFFECTS: EffectPart = {
  recipientsOf(event, { ticket, unit }) {
    switch (event.type) {
      case 'ticket.rated':
        return event.score <= 2 ? [{ role: 'supervisor' }] : []
      case 'ticket.ratingAppealed':
        return [{ role: 'supervisor' }]
      case 'ticket.ratingJudged':
        return ticket.leadAssignmentId ? unit(ticket.leadAssignmentId, 'clerk', 'handler', 'unitLead') : []
      default:
        return undefined
    }
  },
  titleOf(event) {
    return event.type === 'ticket.rated' ? '收到差评' : undefined
  },
}
