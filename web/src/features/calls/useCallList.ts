import type { CallQuery, CallView } from '@hotline/shared/call/view'
import type { AppError } from '@hotline/shared/error'
import type { Page } from '@hotline/shared/page'
import { computed, shallowReadonly, shallowRef, watch, type Ref } from 'vue'
import { toAppError } from '../../platform/say'
import { callsApi } from './callsApi'

/** A page of calls. What is on the screen goes on where it stands; what came since waits until it is asked for. */
export function useCallList(query: Readonly<Ref<Partial<CallQuery>>>) {
  const shown = shallowRef<Page<CallView>>()
  const fresh = shallowRef<Page<CallView>>()
  const error = shallowRef<AppError>()
  let round = 0

  async function ask(use: (answer: Page<CallView>) => void): Promise<void> {
    const mine = ++round
    try {
      const answer = await callsApi.list(query.value)
      if (mine !== round) return
      error.value = undefined
      use(answer)
    } catch (failed) {
      // A glance that failed takes nothing from the screen; the next one tells.
      if (mine === round && use === show) error.value = toAppError(failed)
    }
  }
  function show(page: Page<CallView> | undefined): void {
    shown.value = page
    fresh.value = undefined
  }
  function keepUp(answer: Page<CallView>): void {
    const before = shown.value
    if (!before?.items.length) return show(answer)
    const found = new Map(answer.items.map((call) => [call.id, call]))
    shown.value = { ...before, items: before.items.map((call) => found.get(call.id) ?? call) }
    // Further on, rows that were pushed over from the page before are no news.
    fresh.value = query.value.page === 1 ? answer : undefined
  }
  const news = computed(() => {
    const known = new Set(shown.value?.items.map(({ id }) => id))
    return fresh.value?.items.filter(({ id }) => !known.has(id)).length ?? 0
  })

  const reload = () => ask(show)
  watch(query, reload, { immediate: true })
  return {
    page: shallowReadonly(shown),
    error: shallowReadonly(error),
    news,
    reload,
    look: () => ask(keepUp),
    showNews: () => show(fresh.value),
  }
}
