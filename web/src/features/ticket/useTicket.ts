import type { CommandType } from '@hotline/shared/ticket/commands'
import type { TicketView } from '@hotline/shared/ticket/view'
import { AppError } from '@hotline/shared/error'
import { onScopeDispose, readonly, ref, shallowReadonly, shallowRef, toValue, watch, type MaybeRefOrGetter } from 'vue'
import { createIntention } from '../../platform/intention'
import { follow, onResync, onTicketChanged } from '../../platform/live'
import { toAppError } from '../../platform/say'
import { onTicketSeen, ticketApi, type CommandBody } from './ticketApi'

/**
 * One ticket on a screen: loaded, followed, and never older than what was shown before. `id` may be the number, and may
 * change or be undefined.
 */
export function useTicket(id: MaybeRefOrGetter<string | undefined>) {
  const ticket = shallowRef<TicketView>()
  const error = shallowRef<AppError>()
  const isLoading = ref(false)
  const busy = ref<CommandType>()
  const intention = createIntention()
  let round = 0
  let unfollow: (() => void) | undefined

  const isShown = (other: string) => other === ticket.value?.id || other === toValue(id)

  /** Drops an answer that is older than the one on the screen. */
  function apply(answer: TicketView): void {
    const shown = ticket.value
    if (shown?.id === answer.id && shown.version > answer.version) return
    ticket.value = answer
    error.value = undefined
  }

  async function reload(): Promise<void> {
    const wanted = toValue(id)
    if (!wanted) return
    const mine = ++round
    isLoading.value = true
    try {
      const answer = await ticketApi.find(wanted)
      if (mine === round || answer.id === ticket.value?.id) apply(answer)
    } catch (failed) {
      if (mine !== round) return
      const known = toAppError(failed)
      // A line that is down leaves the last known state; one that is no longer ours to see goes.
      if (known.code === 'notFound' || known.code === 'forbidden') ticket.value = undefined
      if (!ticket.value) error.value = known
    } finally {
      if (mine === round) isLoading.value = false
    }
  }

  /** @throws AppError as the server answered; after `staleVersion` the newest state is on the screen already */
  async function run<T extends CommandType>(command: T, body: CommandBody<T>): Promise<TicketView> {
    const shown = ticket.value
    if (!shown) throw new AppError('notFound', '工单尚未载入')
    busy.value = command
    try {
      const key = intention.keyFor(shown.id, shown.version, command, body)
      const answer = await ticketApi.command(shown, command, body, key)
      intention.settle()
      apply(answer)
      return answer
    } catch (failed) {
      const known = toAppError(failed)
      if (known.code !== 'unavailable') intention.settle()
      if (known.code === 'staleVersion' || known.code === 'illegalTransition') await reload()
      throw known
    } finally {
      busy.value = undefined
    }
  }

  watch(
    () => toValue(id),
    (wanted) => {
      round++
      if (!wanted || !isShown(wanted) || ticket.value?.id !== wanted) ticket.value = undefined
      error.value = undefined
      isLoading.value = false
      void reload()
    },
    { immediate: true },
  )
  watch(
    () => ticket.value?.id,
    (shownId) => {
      unfollow?.()
      unfollow = shownId ? follow(shownId) : undefined
    },
    { immediate: true },
  )
  onTicketSeen((answer) => {
    if (answer.id === ticket.value?.id) apply(answer)
  })
  onTicketChanged(({ id: changed, version }) => {
    if (changed === ticket.value?.id && version > ticket.value.version) void reload()
  })
  onResync(() => void reload())
  onScopeDispose(() => unfollow?.())

  return {
    ticket: shallowReadonly(ticket),
    error: shallowReadonly(error),
    isLoading: readonly(isLoading),
    /** The command that is on its way. */
    busy: readonly(busy),
    run,
    reload,
    apply,
  }
}
