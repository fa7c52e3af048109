import type { TicketRow } from '@hotline/shared/ticket/view'
import { computed, ref } from 'vue'

/** Which rows of a list are ticked. What has left the list is ticked no more. */
export function useTicks<Row extends Pick<TicketRow, 'id'>>(
  rows: () => readonly Row[],
  isTickable: (row: Row) => boolean = () => true,
) {
  const ids = ref(new Set<string>())
  let last: string | undefined
  const tickable = computed(() => rows().filter(isTickable))
  const chosen = computed(() => tickable.value.filter(({ id }) => ids.value.has(id)))
  const ticked = computed(() => new Set(chosen.value.map(({ id }) => id)))

  function set(changed: readonly string[], isTicked: boolean): void {
    const next = new Set(ids.value)
    for (const id of changed) {
      if (isTicked) next.add(id)
      else next.delete(id)
    }
    ids.value = next
  }
  /** With `isRange` all between the one before and this one. */
  function tick({ id }: Pick<Row, 'id'>, isTicked: boolean, isRange = false): void {
    const order = tickable.value.map((row) => row.id)
    const [from, to] = [order.indexOf(last ?? id), order.indexOf(id)].sort((a, b) => a - b) as [number, number]
    set(isRange && from >= 0 ? order.slice(from, to + 1) : [id], isTicked)
    last = id
  }

  return {
    ticked,
    chosen,
    tickable,
    tick,
    untick: (gone: readonly string[]) => set(gone, false),
    all: (isTicked = true) => set(isTicked ? tickable.value.map(({ id }) => id) : [...ids.value], isTicked),
  }
}
