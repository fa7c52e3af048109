import type { TicketView } from '@hotline/shared/ticket/view'

/** What the invited units offer: the only one that would lead, and those that would help; each one's last word counts. */
export function stancesOf(ticket: Pick<TicketView, 'consultations'>): { lead?: string; co: string[] } {
  const consultation = ticket.consultations?.at(-1)
  const last = new Map(consultation?.opinions.map(({ unitId, stance }) => [unitId, stance]))
  const saying = (wanted: string) => [...last].flatMap(([unitId, stance]) => (stance === wanted ? [unitId] : []))
  const leads = saying('lead')
  return { lead: leads.length === 1 ? leads[0] : undefined, co: saying('co') }
}
