import type { DuplicatesAnswer, DuplicateView } from '@hotline/shared/ticket/duplicatesView'
import type { TicketRow, TicketView } from '@hotline/shared/ticket/view'
import { computed, ref, shallowRef, watch } from 'vue'
import { onTicketChanged } from '../../platform/live'
import { askDuplicates } from '../ticket/duplicates'
import { ticketApi } from '../ticket/ticketApi'

const SHOWN = 4

/**
 * What this ticket may be again, with reasons, and who handles others of the same matter in the same place. A failure
 * shows nothing.
 */
export function useSimilar(ticket: () => TicketView | undefined) {
  const answer = shallowRef<DuplicatesAnswer>()
  const rows = shallowRef<TicketRow[]>([])
  const chosenId = ref<string>()

  const duplicates = computed<DuplicateView[]>(() => answer.value?.items ?? [])
  const others = computed(() => {
    const known = new Set([ticket()?.id, ...duplicates.value.map(({ id }) => id)])
    return rows.value.filter(({ id }) => !known.has(id)).slice(0, SHOWN)
  })
  /** The main ticket that M means: what the dispatcher chose, else what the agent suggests. */
  const main = computed(() => {
    const mains = duplicates.value.filter(({ canMergeInto }) => canMergeInto)
    return mains.find(({ id }) => id === chosenId.value) ?? mains.find(({ isSuggested }) => isSuggested)
  })

  async function look(): Promise<void> {
    const id = ticket()?.id
    if (!id) return
    const found = await askDuplicates({ ticketId: id }).catch(() => undefined)
    if (found && ticket()?.id === id) answer.value = found
  }
  async function lookAround(): Promise<void> {
    const { id, matterCode, regionCode } = ticket() ?? {}
    if (!id || !matterCode || !regionCode) return
    const query = { matterCode, regionCode, sort: 'newest', pageSize: SHOWN * 2 }
    const page = await ticketApi.list(query).catch(() => undefined)
    if (page && ticket()?.id === id) rows.value = page.items
  }

  watch(
    () => [ticket()?.id, ticket()?.matterCode, ticket()?.regionCode] as const,
    ([id], before) => {
      if (id !== before?.[0]) {
        answer.value = undefined
        chosenId.value = undefined
      }
      rows.value = []
      void Promise.all([look(), lookAround()])
    },
    { immediate: true },
  )
  onTicketChanged(({ id }) => {
    if (duplicates.value.some((item) => item.id === id)) void look()
  })

  /** The next that it may be merged into, behind the last the first. */
  function chooseNext(): void {
    const mains = duplicates.value.filter(({ canMergeInto }) => canMergeInto)
    const at = mains.findIndex(({ id }) => id === main.value?.id)
    chosenId.value = (mains[at + 1] ?? mains[0])?.id
  }
  return { answer, duplicates, others, main, chosenId, chooseNext }
}
