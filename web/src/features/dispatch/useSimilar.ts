import type { TicketRow, TicketView } from '@hotline/shared/ticket/view'
import { shallowRef, watch } from 'vue'
import { ticketApi } from '../ticket/ticketApi'

const SHOWN = 4

/** Others of the same matter in the same place, the newest first, with who handles them. A failure shows nothing. */
export function useSimilar(ticket: () => TicketView | undefined) {
  const similar = shallowRef<TicketRow[]>([])
  watch(
    () => [ticket()?.id, ticket()?.matterCode, ticket()?.regionCode] as const,
    async ([id, matterCode, regionCode]) => {
      similar.value = []
      if (!id || !matterCode || !regionCode) return
      const query = { matterCode, regionCode, sort: 'newest', pageSize: SHOWN + 1 }
      const page = await ticketApi.list(query).catch(() => undefined)
      if (page && ticket()?.id === id) similar.value = page.items.filter((row) => row.id !== id).slice(0, SHOWN)
    },
    { immediate: true },
  )
  return similar
}
