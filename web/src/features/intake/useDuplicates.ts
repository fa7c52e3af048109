import type { DuplicatesAnswer, DuplicateView } from '@hotline/shared/ticket/duplicatesView'
import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { onTicketChanged } from '../../platform/live'
import { askDuplicates } from '../ticket/duplicates'
import type { CallDraft } from './callDraft'
import { latest } from './latest'

const PAUSE_MS = 600
const LENGTH = 4_000
const ENOUGH_TEXT = 8
const ENOUGH_DIGITS = 5
const SHOWN = 3
/** Who presses a key just after the rows have moved means the row that was there before. */
const SETTLE_MS = 600

/**
 * What this call may be again, asked behind the typing and shown quietly: a failure shows nothing, since the call goes
 * on without it.
 */
export function useDuplicates(draft: () => CallDraft) {
  const answer = shallowRef<DuplicatesAnswer>()
  let movedAt = -Infinity

  const items = computed<DuplicateView[]>(() => answer.value?.items.slice(0, SHOWN) ?? [])
  const ask = latest(askDuplicates, (next: DuplicatesAnswer) => {
    answer.value = next
  })
  watch(
    () => items.value.map(({ id }) => id).join(' '),
    () => (movedAt = performance.now()),
  )

  const question = () => {
    const { number, matterCode, regionCode, address, title, detail, result } = draft()
    const isEnough = number.replace(/\D/g, '').length >= ENOUGH_DIGITS || detail.trim().length >= ENOUGH_TEXT
    if (result || !isEnough) return undefined
    const text = { address: address.trim() || undefined, title: title.trim() || undefined }
    return { number: number.trim() || undefined, matterCode, regionCode, ...text, detail: detail.slice(0, LENGTH) }
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  const askSoon = () => {
    clearTimeout(timer)
    const asked = question()
    if (asked) timer = setTimeout(() => ask(asked), PAUSE_MS)
    else answer.value = undefined
  }
  watch(() => JSON.stringify(question()), askSoon, { immediate: true })
  onTicketChanged(({ id }) => {
    if (items.value.some((item) => item.id === id)) askSoon()
  })
  onScopeDispose(() => clearTimeout(timer))

  return {
    items,
    total: computed(() => answer.value?.items.length ?? 0),
    callersToday: computed(() => answer.value?.callersToday ?? 0),
    isHot: computed(() => answer.value?.isHot ?? false),
    /** The rows stand where they stood a moment ago: a key means the row that one sees. */
    isSettled: () => performance.now() - movedAt > SETTLE_MS,
    refresh: askSoon,
  }
}
