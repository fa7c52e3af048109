import type { AttachmentView } from '@hotline/shared/attachment/view'
import { computed, onScopeDispose, ref, shallowReactive, watch, type Ref } from 'vue'
import { textOf, toAppError } from '../../platform/errorText'
import type { AttachmentSource } from './attachmentSource'
import { objectionTo, roomFor } from './chosen'

export interface Upload {
  key: number
  name: string
  file?: File
  /** There once it has arrived. */
  view?: AttachmentView
  progress: number
  error?: string
  /** Another try would end in the same way. */
  isRefused?: boolean
  stop?: AbortController
}

let nextKey = 1

/** The files of one field: sent one after another, each with its progress, and their ids in the form's draft. */
export function useUploads(ids: Ref<string[]>, source: AttachmentSource) {
  const items = shallowReactive<Upload[]>([])
  const note = ref<string>()
  const isUploading = computed(() => items.some(({ file, view, error }) => file && !view && !error))
  /** Did not arrive, and would with another try. */
  const lost = computed(() => items.filter(({ error, isRefused }) => error && !isRefused).length)
  /** Of the draft that was kept, and not known yet: a line that is down must not cost them. */
  let unlisted: string[] = []
  let queue: Promise<void> = Promise.resolve()

  const put = (item: Upload, changes: Partial<Upload>): Upload | undefined => {
    const index = items.findIndex(({ key }) => key === item.key)
    if (index < 0) return undefined
    const next = { ...items[index]!, ...changes }
    items.splice(index, 1, next)
    return next
  }
  const settle = () => {
    ids.value = [...unlisted, ...items.flatMap(({ view }) => view?.id ?? [])]
  }

  /** Those of the draft that was kept; what the server has swept meanwhile is said. */
  async function restore(): Promise<void> {
    const wanted = [...ids.value]
    if (wanted.length === 0) return
    unlisted = wanted
    try {
      const views = await source.list(wanted)
      unlisted = []
      for (const view of views) items.push({ key: nextKey++, name: view.name, view, progress: 1 })
      if (views.length < wanted.length) note.value = `${wanted.length - views.length} 个附件已过期，请重新上传`
      settle()
    } catch (error) {
      note.value = `已传的 ${wanted.length} 个附件保留着，暂时读不出来：${textOf(error)}`
    }
  }

  function add(files: readonly File[]): void {
    const { taken, note: said } = roomFor(unlisted.length + items.length, files, source.most)
    note.value = said
    for (const file of taken) {
      const error = objectionTo(file, source.onlyPictures)
      const item: Upload = { key: nextKey++, name: file.name, file, progress: 0, error, isRefused: !!error }
      items.push(item)
      if (!item.error) send(item)
    }
  }

  function send(item: Upload): void {
    queue = queue.then(async () => {
      const stop = new AbortController()
      // It was taken away while it waited.
      const current = put(item, { stop, error: undefined, progress: 0 })
      if (!current?.file) return
      try {
        const { signal } = stop
        const onProgress = (progress: number) => void put(item, { progress })
        const view = await source.upload(current.file, { signal, onProgress })
        if (put(item, { view, name: view.name, progress: 1, stop: undefined })) settle()
        else void source.discard(view.id).catch(() => undefined)
      } catch (error) {
        const { code, message } = toAppError(error)
        put(item, { error: message, isRefused: code === 'invalidInput', stop: undefined })
      }
    })
  }

  function remove(item: Upload): void {
    const index = items.findIndex(({ key }) => key === item.key)
    if (index < 0) return
    items.splice(index, 1)
    item.stop?.abort()
    settle()
    // One that the ticket has already stays there; it is only not named again.
    if (item.view?.isDraft) void source.discard(item.view.id).catch(() => undefined)
  }

  // Submitted: the form's draft is empty again.
  watch(ids, (now) => {
    if (now.length > 0) return
    unlisted = []
    if (items.some(({ view }) => view)) items.splice(0)
  })
  // What is on its way cannot be kept through a reload: the browser asks first.
  const stay = (event: BeforeUnloadEvent) => {
    if (isUploading.value) event.preventDefault()
  }
  addEventListener('beforeunload', stay)
  onScopeDispose(() => {
    removeEventListener('beforeunload', stay)
    items.forEach(({ stop }) => stop?.abort())
  })
  return { items, note, isUploading, lost, add, retry: send, remove, restore }
}
