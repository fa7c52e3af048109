import type { DuplicateView } from '@hotline/shared/ticket/duplicatesView'
import { computed } from 'vue'
import { say } from '../../platform/say'
import { nothingNewReason } from '../ticket/duplicates'
import type { Call } from './call'
import type { useDuplicates } from './useDuplicates'

/** What can be done with a likely repeat, and which of it a key means. */
export function useDuplicateActs(
  call: Call,
  duplicates: ReturnType<typeof useDuplicates>,
  attach: (item: DuplicateView) => Promise<void>,
) {
  const { draft } = call

  /** Registered as usual, and the dispatcher is told; the same again takes it back. */
  function suggest(item: DuplicateView | undefined): void {
    const isChosen = item?.id === draft.value.duplicateOf?.id
    draft.value.duplicateOf = !item || isChosen ? undefined : { id: item.id, no: item.no }
  }
  function nothingNew(item: DuplicateView): void {
    Object.assign(draft.value, { declineCode: 'DUP_NONEW', declineReason: nothingNewReason(item) })
    call.choosePanel('decline')
  }
  const mergeable = computed(() => duplicates.items.value.filter(({ canMergeInto }) => canMergeInto))
  /** Alt+M goes along those that it may be merged into, and behind the last to none. */
  const nextMain = computed(() => {
    const at = mergeable.value.findIndex(({ id }) => id === draft.value.duplicateOf?.id)
    return mergeable.value[at + 1]
  })
  function choose(index: number): void {
    const item = duplicates.items.value[index]
    if (!item) return
    if (!duplicates.isSettled()) return say.note('列表刚刚更新，请看清后再按一次')
    if (item.canUrge) void attach(item)
    else if (item.canMergeInto) suggest(item)
    else if (item.isSameNumber) nothingNew(item)
  }
  const canSuggest = () => mergeable.value.length > 0 || !!draft.value.duplicateOf
  return { suggest, nothingNew, nextMain, choose, canSuggest }
}
