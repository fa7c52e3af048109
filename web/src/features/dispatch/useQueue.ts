import type { TicketQueryInput, TicketRow, TicketView } from '@hotline/shared/ticket/view'
import { computed, ref, watch, type Ref } from 'vue'
import { useTicketList } from '../ticket/useTicketList'

const SHOWN = 50

/** Who comes after `id`: the one below it, or at the end the one above. */
export function neighbourOf(rows: readonly Pick<TicketRow, 'id'>[], id: string | undefined): string | undefined {
  const at = rows.findIndex((row) => row.id === id)
  return at < 0 ? rows[0]?.id : (rows[at + 1] ?? rows[at - 1])?.id
}

/**
 * A queue that is worked off from the top. What this person has dealt with is gone at once and the next one open; what
 * others take vanishes from the list and never from under the hand.
 */
export function useQueue(desk: Readonly<Ref<string>>, query: () => TicketQueryInput) {
  const list = useTicketList(() => ({ sort: 'due', pageSize: SHOWN, ...query() }))
  const selectedId = ref<string>()
  const dealtWith = ref(new Map<string, number>())

  const rows = computed(() => list.items.value.filter(({ id, version }) => version > (dealtWith.value.get(id) ?? -1)))
  const position = computed(() => rows.value.findIndex(({ id }) => id === selectedId.value))

  watch(desk, () => {
    selectedId.value = undefined
    // A return that was approved here is to be dispatched there: what is done on one desk is new on another.
    dealtWith.value = new Map()
  })
  watch([rows, list.isLoading], ([now, isLoading]) => {
    if (!isLoading && !selectedId.value) selectedId.value = now[0]?.id
  })

  // Where the open one stood: when it is taken away, J and K go on from there.
  let place = 0
  watch(position, (now) => {
    if (now >= 0) place = now
  })

  function step(by: 1 | -1): void {
    const isGone = position.value < 0
    const wanted = isGone ? (by > 0 ? place : place - 1) : position.value + by
    selectedId.value = rows.value[Math.min(rows.value.length - 1, Math.max(0, wanted))]?.id ?? selectedId.value
  }

  /** Dealt with: the next one is already there. */
  function finish({ id, version }: Pick<TicketView, 'id' | 'version'>): void {
    const isListed = rows.value.some((row) => row.id === id)
    const next = isListed ? neighbourOf(rows.value, id) : (rows.value[place] ?? rows.value.at(-1))?.id
    dealtWith.value = new Map(dealtWith.value).set(id, version)
    if (selectedId.value === id) selectedId.value = next
  }

  return { ...list, rows, selectedId, position, step, finish }
}
