import type { TemplateFacts } from '@hotline/shared/template/fill'
import type { TicketView } from '@hotline/shared/ticket/view'
import { useNow } from '../../platform/now'
import { useSession } from '../../platform/session'

type Known = Pick<TicketView, 'no' | 'title' | 'contact' | 'callerGender' | 'confidentiality' | 'isAnonymous'>

/** What the ticket at hand fills into a template. Nobody is called by a name that he wanted hidden. */
export function useTicketFacts(ticket: () => Known): () => TemplateFacts {
  const now = useNow(60_000)
  const session = useSession()
  return () => factsOf(ticket(), session.user?.unitName ?? '', now.value)
}

export function factsOf(ticket: Known, unitName: string, now: Date): TemplateFacts {
  const { no, title, contact, callerGender, confidentiality, isAnonymous } = ticket
  // What the hotline writes is read by those from whom he is hidden.
  if (confidentiality > 0 || isAnonymous) return { no, title, callerGender: 'unknown', unitName, now }
  const callerName = contact?.isUnreadable ? undefined : contact?.name
  return { no, title, callerName, callerGender, unitName, now }
}
