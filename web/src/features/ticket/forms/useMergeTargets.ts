import type { TicketRow, TicketView } from '@hotline/shared/ticket/view'
import { computed, onScopeDispose, shallowRef, watch, type Ref } from 'vue'
import { ticketApi } from '../ticketApi'

const SHOWN = 6
const PAUSE_MS = 250

/**
 * Tickets that this one may be merged into: the one that the agent took it for, then open ones of the same matter in
 * the same place; or, once something is typed, what is found by it.
 */
export function useMergeTargets(ticket: TicketView, typed: Ref<string>) {
  const alike = shallowRef<TicketRow[]>([])
  const found = shallowRef<TicketRow[]>()
  const { id, matterCode, regionCode, duplicateOfId } = ticket
  let timer: ReturnType<typeof setTimeout> | undefined
  let turn = 0

  const ask = async (query: Parameters<typeof ticketApi.list>[0]) => {
    const page = await ticketApi.list({ pageSize: SHOWN + 1, ...query }).catch(() => undefined)
    return page?.items.filter((row) => row.id !== id).slice(0, SHOWN) ?? []
  }
  async function lookAlike(): Promise<void> {
    if (matterCode) alike.value = await ask({ matterCode, regionCode, open: true, sort: 'newest' })
  }
  watch(typed, (text) => {
    clearTimeout(timer)
    const mine = ++turn
    if (text.trim().length < 2) {
      found.value = undefined
      return
    }
    timer = setTimeout(async () => {
      const rows = await ask({ q: text.trim() })
      if (mine === turn) found.value = rows
    }, PAUSE_MS)
  })
  onScopeDispose(() => clearTimeout(timer))
  void lookAlike()

  const targets = computed(() => {
    const rows = found.value ?? alike.value
    return rows.toSorted((a, b) => Number(b.id === duplicateOfId) - Number(a.id === duplicateOfId))
  })
  return { targets, isSearch: computed(() => found.value !== undefined) }
}
