import { AppError } from '@hotline/shared/error'
import type { TicketRow } from '@hotline/shared/ticket/view'
import { computed, readonly, ref } from 'vue'

export interface BulkItem {
  id: string
  no: string
  title: string
  version: number
  /** What of the ticket is meant, where it may be several: one of its 督办. */
  about?: string
  state: 'waiting' | 'running' | 'done' | 'failed'
  message?: string
  /** One per ticket, kept for the retry after a lost answer: no second act. */
  key: string
  /** The server has said no: the next try is a new one, on the newest version. */
  isRefused: boolean
}

export type BulkRow = Pick<TicketRow, 'id' | 'no' | 'version' | 'title' | 'excerpt'> & { about?: string }
/** Answers with the ticket's new version where it has one. */
export type BulkAct = (
  item: Pick<BulkItem, 'id' | 'version' | 'key' | 'about'>,
) => Promise<{ version: number } | undefined | void>

/** As many requests as a browser sends to one house without making others wait. */
const LANES = 4

/**
 * Many tickets, one request each, a few at a time, and what came of every one. What is about the same ticket goes one
 * after the other, on the version that the one before has made.
 * @param versionOf asked before an act that was refused is tried again
 */
export function useBulk(versionOf: (id: string) => Promise<number>) {
  const items = ref<BulkItem[]>([])
  const isRunning = ref(false)
  /** What is being done, in a word. */
  const verb = ref('')
  let act: BulkAct = () => Promise.resolve()
  const done = computed(() => items.value.filter(({ state }) => state === 'done').length)
  const failed = computed(() => items.value.filter(({ state }) => state === 'failed'))

  async function run(state: BulkItem['state']): Promise<void> {
    if (isRunning.value) return
    isRunning.value = true
    try {
      const wanted = items.value.filter((each) => each.state === state)
      const tickets = [...new Set(wanted.map(({ id }) => id))]
      const lane = async () => {
        for (let id = tickets.shift(); id !== undefined; id = tickets.shift())
          for (const item of wanted) if (item.id === id) await runOne(item)
      }
      await Promise.all(Array.from({ length: LANES }, lane))
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
      const answer = await act(item)
      item.state = 'done'
      item.message = undefined
      if (answer) for (const other of items.value) if (other.id === item.id) other.version = answer.version
    } catch (error) {
      item.state = 'failed'
      item.isRefused = error instanceof AppError && error.code !== 'unavailable'
      item.message = error instanceof AppError ? error.message : '出错了，请重试'
    }
  }

  function start(rows: readonly BulkRow[], doing: { verb: string; act: BulkAct }): Promise<void> {
    if (isRunning.value) return Promise.resolve()
    verb.value = doing.verb
    act = doing.act
    items.value = rows.map(({ id, no, version, title, excerpt, about }) => ({
      id,
      no,
      version,
      about,
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
