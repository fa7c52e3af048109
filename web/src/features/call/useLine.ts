import type { Presence } from '@hotline/shared/call/labels'
import type { CallView, MyCalls } from '@hotline/shared/call/view'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { onCallChanged, onResync, onReturnCalls } from '../../platform/live'
import { say } from '../../platform/say'
import { useSession } from '../../platform/session'
import { callApi } from './callApi'
import { keepIds } from './keptIds'

/** The agent's telephone as the exchange tells it: who rings, talks and is being wrapped up, and what he says of himself. */
export const useLine = defineStore('line', () => {
  const session = useSession()
  const mine = shallowRef<MyCalls>()
  /** The last that was known of each call since the page was loaded: what has ended is no longer among `mine`. */
  const known = shallowRef<ReadonlyMap<string, CallView>>(new Map())
  /** Calls that the agent has had before him. */
  const seen = shallowRef<ReadonlySet<string>>(new Set())
  let kept = keepIds(sessionStorage, '')
  /** The call that he asks to have before him now. */
  const wanted = ref<string>()
  let turn = 0

  /** Quietly: without the exchange the desk works as before, and the next hint asks again. */
  async function load(): Promise<void> {
    if (!session.has('agent')) return
    const mineNow = ++turn
    const found = await callApi.mine().catch(() => undefined)
    if (found && mineNow === turn) take(found)
  }
  function take(found: MyCalls): void {
    mine.value = found
    kept.keepOnly(found.calls.map(({ id }) => id))
    known.value = new Map([...known.value, ...found.calls.map((call) => [call.id, call] as const)])
  }

  async function setPresence(state: Presence): Promise<void> {
    if (!mine.value || mine.value.presence.state === state) return
    try {
      const presence = await callApi.setPresence(state)
      // What was asked for before knows the state before.
      turn++
      if (mine.value) mine.value = { ...mine.value, presence }
      await load()
    } catch (error) {
      say.failed(error)
    }
  }

  /** Of a wrap-up that is over already nothing more is to be said. */
  async function endWrapUp(id: string): Promise<void> {
    await callApi.endWrapUp(id).catch(() => undefined)
    await load()
  }

  const calls = computed(() => mine.value?.calls ?? [])
  const callOf = (id: string | undefined) => (id ? known.value.get(id) : undefined)
  const isLive = (id: string | undefined) => calls.value.some((call) => call.id === id)
  const talking = computed(() => calls.value.find(({ state }) => state === 'talking'))
  const wrappingUp = computed(() => calls.value.find(({ state }) => state === 'wrapUp'))
  /** Rings, or was answered while another call was being typed: what Alt+A brings before him. */
  const pending = computed(
    () =>
      calls.value.find(({ state }) => state === 'ringing') ??
      calls.value.find(({ id, state }) => state === 'talking' && !seen.value.has(id)),
  )

  function markSeen(id: string): void {
    if (seen.value.has(id)) return
    kept.add(id)
    seen.value = new Set([...seen.value, id])
  }

  watch(
    () => session.user?.id,
    (userId) => {
      turn++
      mine.value = undefined
      known.value = new Map()
      kept = keepIds(sessionStorage, `hotline.callsSeen:${userId ?? ''}`)
      seen.value = new Set(kept.all())
      wanted.value = undefined
      void load()
    },
    { immediate: true },
  )
  onCallChanged(load)
  onReturnCalls(load)
  onResync(load)

  return {
    ...{ mine, calls, seen, wanted, talking, wrappingUp, pending },
    ...{ load, setPresence, endWrapUp, callOf, isLive, markSeen },
  }
})
