import { onMounted, watch, type ShallowRef, type WatchSource } from 'vue'

/** On a phone a row of tabs is wider than the screen: the one that is shown is never outside of it. */
export function useActiveInView(row: Readonly<ShallowRef<HTMLElement | null>>, changes: WatchSource): void {
  function show(): void {
    const active = row.value?.querySelector<HTMLElement>('.active')
    if (!row.value || !active) return
    row.value.scrollLeft = active.offsetLeft - (row.value.clientWidth - active.offsetWidth) / 2
  }
  watch(changes, show, { flush: 'post' })
  onMounted(show)
}
