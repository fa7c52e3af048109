import type { DuplicatesAnswer, DuplicateView } from '@hotline/shared/ticket/duplicatesView'
import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { onTicketChanged } from '../../platform/live'
import { askDuplicates } from '../ticket/duplicates'
import type { CallDraft } from './callDraft'
import { latest } from './latest'
import { useSettled } from './settled'

const PAUSE_MS = 600
const LENGTH = 4_000
const ENOUGH_TEXT = 8
const ENOUGH_DIGITS = 5
const SHOWN = 3

/**
 * What this call may be again, asked behind the typing and shown quietly: a failure shows nothing, since the call goes
 * on without it.
 */
export function useDuplicates(draft: () => CallDraft) {
  const answer = shallowRef<DuplicatesAnswer>()

  const items = computed<DuplicateView[]>(() => answer.value?.items.slice(0, SHOWN) ?? [])
  const ask = latest(askDuplicates, (next: DuplicatesAnswer) => {
    answer.value = next
  })
  const isSettled = useSettled(() => items.value.map(({ id }) => id).join(' '))

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
    isSettled,
    refresh: askSoon,
  }
}
