import { AppError } from '@hotline/shared/error'
import type { TicketRow } from '@hotline/shared/ticket/view'
import { computed, readonly, ref } from 'vue'

export interface BulkItem {
  id: string
  no: string
  title: string
  version: number
  state: 'waiting' | 'running' | 'done' | 'failed'
  message?: string
  /** One per ticket, kept for the retry after a lost answer: no second act. */
  key: string
  /** The server has said no: the next try is a new one, on the newest version. */
  isRefused: boolean
}

type Act = (item: Pick<BulkItem, 'id' | 'version' | 'key'>) => Promise<unknown>

/**
 * Many tickets, one request each, one after the other, and what came of every one.
 * @param versionOf asked before an act that was refused is tried again
 */
export function useBulk(versionOf: (id: string) => Promise<number>) {
  const items = ref<BulkItem[]>([])
  const isRunning = ref(false)
  /** What is being done, in a word. */
  const verb = ref('')
  let act: Act = () => Promise.resolve()
  const done = computed(() => items.value.filter(({ state }) => state === 'done').length)
  const failed = computed(() => items.value.filter(({ state }) => state === 'failed'))

  async function run(state: BulkItem['state']): Promise<void> {
    if (isRunning.value) return
    isRunning.value = true
    try {
      for (const item of items.value.filter((each) => each.state === state)) await runOne(item)
    } finally {
      isRunning.value = false
    }
  }

  async function runOne(item: BulkItem): Promise<void> {
    item.state = 'running'
    try {
      if (item.isRefused) {
        item.version = await versionOf(item.id)
        item.key = crypto.randomUUID()
      }
      await act(item)
      item.state = 'done'
      item.message = undefined
    } catch (error) {
      item.state = 'failed'
      item.isRefused = error instanceof AppError && error.code !== 'unavailable'
      item.message = error instanceof AppError ? error.message : '出错了，请重试'
    }
  }

  function start(
    rows: readonly Pick<TicketRow, 'id' | 'no' | 'version' | 'title' | 'excerpt'>[],
    doing: { verb: string; act: Act },
  ): Promise<void> {
    if (isRunning.value) return Promise.resolve()
    verb.value = doing.verb
    act = doing.act
    items.value = rows.map(({ id, no, version, title, excerpt }) => ({
      id,
      no,
      version,
      title: title ?? excerpt,
      state: 'waiting',
      key: crypto.randomUUID(),
      isRefused: false,
    }))
    return run('waiting')
  }

  return {
    items: readonly(items),
    verb: readonly(verb),
    isRunning: readonly(isRunning),
    done,
    failed,
    start,
    retry: () => run('failed'),
    clear: () => {
      items.value = []
    },
  }
}
