import type { TicketRow } from '@hotline/shared/ticket/view'
import { computed, ref } from 'vue'

/**
 * Which tickets of a queue are taken together. One that leaves the list stays taken until its own act has said why: nothing
 * is lost under the hand.
 */
export function useBatch() {
  const taken = ref(new Map<string, TicketRow>())
  const rows = computed(() => [...taken.value.values()])
  const ids = computed(() => new Set(taken.value.keys()))

  function add(more: readonly TicketRow[]): void {
    const next = new Map(taken.value)
    for (const row of more) next.set(row.id, row)
    taken.value = next
  }
  function remove(gone: readonly string[]): void {
    const next = new Map(taken.value)
    for (const id of gone) next.delete(id)
    taken.value = next
  }
  return {
    rows,
    ids,
    add,
    remove,
    toggle: (row: TicketRow) => (taken.value.has(row.id) ? remove([row.id]) : add([row])),
    clear: () => {
      taken.value = new Map()
    },
  }
}
export type Batch = ReturnType<typeof useBatch>
