import type { AppError } from '@hotline/shared/error'
import { onScopeDispose, readonly, ref, shallowReadonly, shallowRef, watch, type WatchSource } from 'vue'
import { onResync, onTicketChanged } from '../../platform/live'
import { toAppError } from '../../platform/say'

/** Statistics need not count faster than anybody can read. */
const CALM_MS = 3_000

/** Numbers that stay fresh: asked again after changes, without the old ones leaving the screen meanwhile. */
export function useStats<T>(load: () => Promise<T>, sources: WatchSource[] = []) {
  const data = shallowRef<T>()
  const error = shallowRef<AppError>()
  const isLoading = ref(false)
  let round = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let isOver = false

  async function reload(): Promise<void> {
    const mine = ++round
    isLoading.value = true
    try {
      const answer = await load()
      if (mine !== round) return
      data.value = answer
      error.value = undefined
    } catch (failed) {
      if (mine === round) error.value = toAppError(failed)
    } finally {
      if (mine === round) isLoading.value = false
    }
  }
  function soon(): void {
    if (isOver) return
    timer ??= setTimeout(() => {
      timer = undefined
      void reload()
    }, CALM_MS)
  }
  // The server shares a count among all who look within two seconds: what came just before is seen at a second look.
  watch(sources, () => void reload().then(soon), { immediate: true })
  onTicketChanged(soon)
  onResync(soon)
  onScopeDispose(() => {
    isOver = true
    clearTimeout(timer)
  })
  return { data: shallowReadonly(data), error: shallowReadonly(error), isLoading: readonly(isLoading), reload }
}
