import type { TemplateFacts } from '@hotline/shared/template/fill'
import type { TicketView } from '@hotline/shared/ticket/view'
import { useNow } from '../../platform/now'
import { useSession } from '../../platform/session'

type Known = Pick<TicketView, 'no' | 'title' | 'contact' | 'callerGender'>

/** What the ticket at hand fills into a template. Nobody is called by a name that he wanted hidden. */
export function useTicketFacts(ticket: () => Known): () => TemplateFacts {
  const now = useNow(60_000)
  const session = useSession()
  return () => {
    const { no, title, contact, callerGender } = ticket()
    const callerName = contact?.isUnreadable ? undefined : contact?.name
    return { no, title, callerName, callerGender, unitName: session.user?.unitName ?? '', now: now.value }
  }
}
