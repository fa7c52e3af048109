import type { RecomputeJobView } from '@hotline/shared/limits/recomputeView'
import { computed, onScopeDispose, shallowRef } from 'vue'
import { onRecompute, onResync } from '../../../platform/live'
import { recomputeApi } from './limitsApi'

const ASK_MS = 1000

/**
 * The newest recomputation, from the server: a page that is loaded anew shows the same progress. Hints make it prompt,
 * asking makes it sure.
 */
export function useRecompute() {
  const job = shallowRef<RecomputeJobView>()
  const isRunning = computed(() => job.value !== undefined && job.value.state !== 'done' && !isLater(job.value))
  let timer: ReturnType<typeof setTimeout> | undefined
  let isOver = false

  async function refresh(): Promise<void> {
    clearTimeout(timer)
    try {
      const { items } = await recomputeApi.newest()
      job.value = items.find(({ state }) => state === 'running') ?? items[0]
    } catch {
      // The line is down, which the page says elsewhere.
    }
    if (isRunning.value && !isOver) timer = setTimeout(refresh, ASK_MS)
  }
  onRecompute(() => void refresh())
  onResync(() => void refresh())
  onScopeDispose(() => {
    isOver = true
    clearTimeout(timer)
  })
  void refresh()
  return { job, isRunning, refresh }
}

/** It waits for the day from which a profile holds. */
function isLater({ state, notBefore }: RecomputeJobView): boolean {
  return state === 'waiting' && notBefore !== undefined
}
