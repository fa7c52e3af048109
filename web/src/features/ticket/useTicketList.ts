import type { AppError } from '@hotline/shared/error'
import type { TicketQueryInput, TicketRow } from '@hotline/shared/ticket/view'
import type { Page } from '@hotline/shared/page'
import {
  computed,
  onScopeDispose,
  readonly,
  ref,
  shallowReadonly,
  shallowRef,
  toValue,
  watch,
  type MaybeRefOrGetter,
} from 'vue'
import { onResync, onTicketChanged } from '../../platform/live'
import { toAppError } from '../../platform/say'
import { mergeRows } from './mergeRows'
import { onTicketSeen, ticketApi } from './ticketApi'

/** Hints come in swarms; a list looks at most this often. */
const CALM_MS = 1_200

interface Options {
  /** Where the page comes from; the ordinary list by default. */
  fetch?: (query: TicketQueryInput, signal: AbortSignal) => Promise<Page<TicketRow>>
}

/**
 * A list that is alive without moving under the hand: changed rows are refreshed in place, those that left vanish, new
 * ones wait in `news` until `showNews`.
 */
export function useTicketList(query: MaybeRefOrGetter<TicketQueryInput>, options: Options = {}) {
  const fetchPage = options.fetch ?? ticketApi.list
  const items = shallowRef<TicketRow[]>([])
  const total = ref(0)
  const isTotalCapped = ref(false)
  const isLoading = ref(true)
  const error = shallowRef<AppError>()
  const news = ref(0)
  let latest: TicketRow[] = []
  let hinted: Set<string> | 'any' = new Set()
  let request: AbortController | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let lookedAt = 0

  /** `quiet`: nothing moves, nothing flickers. */
  async function look(isQuiet: boolean): Promise<void> {
    request?.abort()
    const mine = (request = new AbortController())
    const about = hinted
    hinted = new Set()
    lookedAt = Date.now()
    if (!isQuiet) isLoading.value = true
    try {
      const page = await fetchPage({ ...toValue(query) }, mine.signal)
      if (mine !== request) return
      latest = page.items
      total.value = page.total
      isTotalCapped.value = page.isTotalCapped
      error.value = undefined
      const merged = isQuiet
        ? mergeRows(items.value, latest, (id) => about === 'any' || about.has(id))
        : { rows: latest, waiting: 0 }
      items.value = merged.rows
      news.value = merged.waiting
    } catch (failed) {
      if (mine !== request) return
      if (!isQuiet || items.value.length === 0) error.value = toAppError(failed)
    } finally {
      if (mine === request) isLoading.value = false
    }
  }

  function lookSoon(id: string | 'any'): void {
    if (id === 'any') hinted = 'any'
    else if (hinted !== 'any') hinted.add(id)
    arm()
  }
  function arm(): void {
    timer ??= setTimeout(
      () => {
        timer = undefined
        // Another list is on its way: it is waited for, and is not taken for news on the one before.
        if (isLoading.value) arm()
        else void look(true)
      },
      Math.max(250, lookedAt + CALM_MS - Date.now()),
    )
  }

  function showNews(): void {
    items.value = latest
    news.value = 0
  }

  const reload = () => look(false)
  // Those of the desk before are gone with it: nobody opens one of them under another name.
  watch(
    () => toValue(query).desk,
    () => {
      latest = []
      items.value = []
      news.value = 0
    },
  )
  const key = computed(() => JSON.stringify(toValue(query)))
  watch(key, reload, { immediate: true })
  onTicketSeen(({ id }) => lookSoon(id))
  onTicketChanged(({ id }) => lookSoon(id))
  onResync(() => lookSoon('any'))
  onScopeDispose(() => {
    clearTimeout(timer)
    request?.abort()
  })

  return {
    items: shallowReadonly(items),
    total: readonly(total),
    isTotalCapped: readonly(isTotalCapped),
    isLoading: readonly(isLoading),
    error: shallowReadonly(error),
    /** How many new rows wait: "有 3 条更新". */
    news: readonly(news),
    showNews,
    reload,
  }
}
