import type { AppError } from '@hotline/shared/error'
import type { ReturnRow } from '@hotline/shared/call/view'
import { ref, shallowRef } from 'vue'
import { onResync, onReturnCalls } from '../../platform/live'
import { say, toAppError } from '../../platform/say'
import { callApi } from './callApi'

/** 回拨单: who called in vain and has not been spoken to since, the longest waiting first. */
export function useReturns() {
  const items = shallowRef<ReturnRow[]>()
  const total = ref(0)
  const problem = shallowRef<AppError>()
  const busy = ref<string>()
  let turn = 0

  async function load(): Promise<void> {
    const mine = ++turn
    try {
      const found = await callApi.returns()
      if (mine !== turn) return
      items.value = found.items
      total.value = found.total
      problem.value = undefined
    } catch (error) {
      if (mine === turn) problem.value = toAppError(error)
    }
  }

  /** One at a time; what came of it is told by the list itself. */
  async function act<T>(id: string, run: () => Promise<T>): Promise<T | undefined> {
    if (busy.value) return undefined
    busy.value = id
    try {
      return await run()
    } catch (error) {
      say.failed(error)
      return undefined
    } finally {
      busy.value = undefined
      await load()
    }
  }

  onReturnCalls(load)
  onResync(load)
  void load()
  return {
    ...{ items, total, problem, busy, load },
    /** In plain; from now on nobody else calls it. */
    claim: (id: string) => act(id, () => callApi.claim(id)),
    done: (id: string) => act(id, () => callApi.returned(id)),
    unreached: (id: string) => act(id, () => callApi.unreached(id)),
  }
}
