import type { DeskCounts } from '@hotline/shared/ticket/view'
import { onScopeDispose, readonly, shallowRef } from 'vue'
import { onResync, onTicketChanged } from '../../platform/live'
import { useNow } from '../../platform/now'
import { onTicketSeen, ticketApi } from './ticketApi'
import { watch } from 'vue'

const CALM_MS = 1_500
const MINUTE = 60_000

/** Counts on the tabs of this person's desks, alive; a minute's tick too, since 今日到期 and 已超期 change with the time alone. */
export function useDeskCounts() {
  const counts = shallowRef<DeskCounts>({})
  let timer: ReturnType<typeof setTimeout> | undefined
  let lookedAt = 0

  /** A count that cannot be had is not worth a message: the last one stays. */
  async function reload(): Promise<void> {
    lookedAt = Date.now()
    counts.value = await ticketApi.deskCounts().catch(() => counts.value)
  }
  function soon(): void {
    timer ??= setTimeout(
      () => {
        timer = undefined
        void reload()
      },
      Math.max(250, lookedAt + CALM_MS - Date.now()),
    )
  }
  void reload()
  watch(useNow(MINUTE), soon)
  onTicketSeen(soon)
  onTicketChanged(soon)
  onResync(soon)
  onScopeDispose(() => clearTimeout(timer))
  return { counts: readonly(counts), reload }
}
