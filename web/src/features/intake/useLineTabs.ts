import type { CallView } from '@hotline/shared/call/view'
import { ref, watch, type Ref } from 'vue'
import { keepIds } from '../call/keptIds'
import type { useLine } from '../call/useLine'
import type { Call } from './call'
import type { useCalls } from './useCalls'

/** What of the telephone the tabs need. */
export type Line = Pick<ReturnType<typeof useLine>, 'mine' | 'callOf' | 'isLive' | 'markSeen' | 'endWrapUp'>

const digitsOf = (number: string) => number.replace(/\D/g, '')
/** The exchange may write the country or the area before it. */
const isSameNumber = (a: string, b: string) => {
  const [one, other] = [digitsOf(a), digitsOf(b)]
  return one.length >= 5 && other.length >= 5 && (one.endsWith(other) || other.endsWith(one))
}

/**
 * What the exchange tells becomes tabs: a call that rings has one at once, and stands before the agent unless he is in
 * another; when it is answered, `onAnswered` may put the focus into it. A call that came to nothing takes its tab along.
 */
export function useLineTabs(
  userId: string,
  desk: ReturnType<typeof useCalls>,
  line: Line,
  page: { isShown: Readonly<Ref<boolean>>; onAnswered: () => void },
) {
  /** Go on, and the agent has closed their tab. */
  const closed = keepIds(localStorage, `hotline.callsClosed:${userId}`)
  /** Answered and before him, and not yet asked for the focus. */
  const answered = ref<string>()

  const stateOf = (call: Call) => (line.isLive(call.draft.value.callId) ? lineOf(call)?.state : undefined)
  const lineOf = (call: Call): CallView | undefined => line.callOf(call.draft.value.callId)
  /** Whom a further call does not interrupt: he has typed nothing, or has registered it and is not talking any more. */
  function isIdle(): boolean {
    const { active } = desk
    const state = stateOf(active.value)
    if (state === 'talking' || state === 'ringing') return false
    return active.value.isEmpty.value || !!active.value.draft.value.result
  }

  /** Dialled from the list of those to be called back: the exchange tells of it only when it goes out. */
  function adopt(call: CallView): void {
    if (call.direction !== 'out' || !call.isPlain) return
    const dialled = desk.calls.value.find(
      ({ draft }) => !draft.value.callId && !draft.value.result && isSameNumber(draft.value.number, call.number),
    )
    if (dialled) dialled.draft.value.callId = call.id
  }

  function follow(now: readonly CallView[], before: readonly CallView[] = []): void {
    closed.keepOnly(now.map(({ id }) => id))
    for (const call of now) {
      if (!desk.of(call.id)) adopt(call)
      const known = desk.of(call.id)
      if (!known && closed.has(call.id)) continue
      const wasIdle = isIdle()
      const tab =
        known ?? desk.add(call.id, { callId: call.id, number: call.isPlain ? call.number : '', startedAt: call.ringAt })
      const was = before.find(({ id }) => id === call.id)?.state
      if (!known && wasIdle) desk.activeId.value = tab.id
      if (call.state === 'talking' && was !== 'talking') {
        if (wasIdle) desk.activeId.value = tab.id
        if (desk.activeId.value === tab.id && tab.isEmpty.value) answered.value = tab.id
      }
    }
    for (const tab of desk.calls.value) dropFruitless(tab)
  }

  /** Rang and was not answered here, or ended while nobody looked; nothing was typed into it. */
  function dropFruitless(tab: Call): void {
    const { callId, result } = tab.draft.value
    if (!callId || result || !tab.isEmpty.value || line.isLive(callId)) return
    if (!lineOf(tab)?.answeredAt) desk.close(tab.id)
  }

  watch(
    () => line.mine?.calls,
    (now, before) => {
      if (!now) return
      follow(now, before)
      if (answered.value) page.onAnswered()
      answered.value = undefined
    },
    { immediate: true },
  )
  watch(
    () => (page.isShown.value ? desk.active.value.draft.value.callId : undefined),
    (id) => {
      if (id) line.markSeen(id)
    },
    { immediate: true },
  )

  /** Given up or done: it does not come back while its call goes on. A wrap-up is over with it. */
  function close(id: string): void {
    const tab = desk.calls.value.find((call) => call.id === id)
    const { callId } = tab?.draft.value ?? {}
    if (tab && callId) {
      closed.add(callId)
      if (stateOf(tab) === 'wrapUp') void line.endWrapUp(callId)
    }
    desk.close(id)
  }

  return { close, lineOf, stateOf }
}
