import { computed, watch, type Ref } from 'vue'
import { useNow } from '../../platform/now'
import { useTicketList } from '../ticket/useTicketList'

/** 约好的回访: who is due now, so that nobody who was promised a time waits in a list. */
export function useAppointments(openId: Readonly<Ref<string | undefined>>) {
  const list = useTicketList(() => ({ desk: 'appointed', pageSize: 50 }))
  const now = useNow(5_000)
  // Nobody reads this list row by row: what was agreed on this minute counts at once.
  watch(list.news, (n) => n > 0 && list.showNews())
  const due = computed(() => {
    const at = now.value.toISOString()
    return list.items.value.filter(({ id, dueBy }) => id !== openId.value && dueBy !== undefined && dueBy <= at)
  })
  return { due }
}
