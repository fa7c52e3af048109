import type { Ticket } from './ticket'

/** 重件: signed off by the unit's head (主要负责人), not by its deputy (domain.md §2.3 D14). */
export function isWeighty(ticket: Pick<Ticket, 'urgency' | 'complexity' | 'reworkCount'>): boolean {
  return ticket.urgency === 'critical' || ticket.complexity === 'difficult' || ticket.reworkCount >= 2
}
