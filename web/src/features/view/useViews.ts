import type { ChangeViewInput, KeptList, ListShape, SavedView, SaveViewInput } from '@hotline/shared/view/savedView'
import { onScopeDispose, readonly, ref, shallowReadonly, shallowRef } from 'vue'
import { say } from '../../platform/say'
import { viewApi } from './viewApi'

const CALM_MS = 600

/** A person's views of a list and the shape he gave it, kept on the server: they follow him to every computer. */
export function useViews(list: KeptList) {
  const views = shallowRef<readonly SavedView[]>([])
  const shape = shallowRef<ListShape>({})
  /** Answered, or given up on: then the list is shown as it usually is. */
  const isReady = ref(false)
  let unsaved: ListShape = {}
  let timer: ReturnType<typeof setTimeout> | undefined

  async function load(): Promise<void> {
    try {
      const answer = await viewApi.list(list)
      views.value = answer.items
      shape.value = { ...answer.shape, ...unsaved }
    } catch {
      // Views are a comfort: the list itself says what is wrong.
    } finally {
      isReady.value = true
    }
  }

  async function flush(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    const change = unsaved
    unsaved = {}
    if (Object.keys(change).length > 0) await viewApi.keepShape(list, change).catch(say.failed)
  }
  /** Shown at once, written after a moment: a width is drawn in many steps. */
  function keep(change: ListShape): void {
    shape.value = { ...shape.value, ...change }
    unsaved = { ...unsaved, ...change }
    clearTimeout(timer)
    timer = setTimeout(() => void flush(), CALM_MS)
  }

  async function save(view: SaveViewInput, key: string): Promise<SavedView> {
    const saved = await viewApi.save(view, key)
    views.value = [...views.value.filter(({ id }) => id !== saved.id), saved]
    return saved
  }
  /** Shown at once; what the server refuses is taken back. */
  async function change(id: string, wanted: ChangeViewInput): Promise<void> {
    const before = views.value
    const replace = (by: (view: SavedView) => SavedView) =>
      (views.value = views.value.map((view) => (view.id === id ? by(view) : view)))
    replace((view) => ({ ...view, ...wanted }))
    try {
      const changed = await viewApi.change(id, wanted)
      replace(() => changed)
    } catch (failed) {
      views.value = before
      throw failed
    }
  }
  async function remove(id: string): Promise<void> {
    await viewApi.remove(id)
    views.value = views.value.filter((view) => view.id !== id)
    if (shape.value.defaultViewId === id) keep({ defaultViewId: null })
  }
  /** One place up or down. */
  function move(id: string, step: 1 | -1): void {
    const order = views.value.map((view) => view.id)
    const at = order.indexOf(id)
    const other = order[at + step]
    if (at < 0 || other === undefined) return
    order[at] = other
    order[at + step] = id
    views.value = order.flatMap((each) => views.value.find((view) => view.id === each) ?? [])
    keep({ order })
  }

  void load()
  onScopeDispose(() => void flush())
  return {
    views: shallowReadonly(views),
    shape: shallowReadonly(shape),
    isReady: readonly(isReady),
    keep,
    save,
    change,
    remove,
    move,
  }
}
export type Views = ReturnType<typeof useViews>
