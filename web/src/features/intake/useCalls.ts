import { computed, effectScope, onScopeDispose, ref, shallowRef, watch, type EffectScope } from 'vue'
import { dropDraft, listDrafts } from '../../platform/drafts'
import { createCall, type Call, type City } from './call'
import type { CallSeed } from './callDraft'
import { discardFiles } from './callFiles'

/**
 * The calls on an agent's desk: two at a time are two tabs. All of them come back after a reload. A draft of a call of
 * the exchange bears that call's id, so that one call never gets two.
 */
export function useCalls(userId: string, city: City) {
  const scopes = new Map<string, EffectScope>()
  const activeKey = `hotline.call:${userId}`

  function open(id: string, seed?: CallSeed): Call {
    const scope = effectScope(true)
    scopes.set(id, scope)
    return scope.run(() => createCall(userId, id, city, seed)) as Call
  }

  const kept = listDrafts(userId, 'call:').map((purpose) => open(purpose.slice('call:'.length)))
  kept.sort((a, b) => a.draft.value.startedAt.localeCompare(b.draft.value.startedAt))
  const calls = shallowRef<Call[]>(kept.length > 0 ? kept : [open(crypto.randomUUID())])
  const activeId = ref(sessionStorage.getItem(activeKey) ?? '')
  if (!calls.value.some((call) => call.id === activeId.value)) activeId.value = calls.value[0]?.id ?? ''
  watch(activeId, (id) => sessionStorage.setItem(activeKey, id))

  const active = computed(() => calls.value.find((call) => call.id === activeId.value) ?? (calls.value[0] as Call))
  const of = (callId: string) => calls.value.find((call) => call.draft.value.callId === callId)
  /** Begun by hand, and nothing is in it yet. */
  const isSpare = ({ isEmpty, draft }: Call) => isEmpty.value && !draft.value.callId && !draft.value.returnId

  /** An empty call is there already: it is taken instead of a further one. */
  function start(): void {
    const empty = calls.value.find(isSpare)
    const call = empty ?? open(crypto.randomUUID())
    if (!empty) calls.value = [...calls.value, call]
    activeId.value = call.id
  }

  /** A tab with something in it from the beginning; it takes the place of the empty one that was there for it. */
  function add(id: string, seed: CallSeed): Call {
    const call = calls.value.find((one) => one.id === id) ?? open(id, seed)
    if (calls.value.includes(call)) return call
    const spare = calls.value.find(isSpare)
    calls.value = [...calls.value.filter((one) => one !== spare), call]
    if (spare && activeId.value === spare.id) activeId.value = call.id
    if (spare) forget(spare.id)
    return call
  }

  function forget(id: string): void {
    const given = calls.value.find((call) => call.id === id)
    if (given) discardFiles(given.draft.value)
    scopes.get(id)?.stop()
    scopes.delete(id)
    dropDraft(userId, `call:${id}`)
  }

  /** Ended or given up. The next one to the right takes its place; an agent always has one. */
  function close(id: string): void {
    const index = calls.value.findIndex((call) => call.id === id)
    if (index < 0) return
    forget(id)
    calls.value = calls.value.filter((call) => call.id !== id)
    if (calls.value.length === 0) calls.value = [open(crypto.randomUUID())]
    if (activeId.value === id) activeId.value = calls.value[Math.min(index, calls.value.length - 1)]?.id ?? ''
  }

  function step(by: 1 | -1): void {
    const index = calls.value.indexOf(active.value)
    const { length } = calls.value
    activeId.value = calls.value[(index + by + length) % length]?.id ?? ''
  }

  onScopeDispose(() => scopes.forEach((scope) => scope.stop()))
  return { calls, activeId, active, of, start, add, close, step }
}
