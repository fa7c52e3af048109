import { onMounted, onUnmounted, ref, type Ref } from 'vue'

/**
 * Files that are dropped or pasted anywhere in the form around a field (`data-files`, or the form itself): a file that
 * misses the field would otherwise take the whole page away.
 */
export function useFilesInto(root: Readonly<Ref<HTMLElement | null>>, add: (files: readonly File[]) => void) {
  const isOver = ref(false)
  let zone: HTMLElement | null | undefined

  const hasFiles = (event: DragEvent) => !!event.dataTransfer?.types.includes('Files')
  function over(event: DragEvent): void {
    if (!hasFiles(event)) return
    event.preventDefault()
    isOver.value = true
  }
  function leave({ relatedTarget }: DragEvent): void {
    if (!(relatedTarget instanceof Node) || !zone?.contains(relatedTarget)) isOver.value = false
  }
  function drop(event: DragEvent): void {
    isOver.value = false
    if (!hasFiles(event)) return
    event.preventDefault()
    add([...(event.dataTransfer?.files ?? [])])
  }
  /** A text that is pasted beside a picture of itself stays a text. */
  function paste(event: ClipboardEvent): void {
    const files = [...(event.clipboardData?.files ?? [])]
    if (files.length === 0 || event.clipboardData?.types.includes('text/plain')) return
    event.preventDefault()
    add(files)
  }

  onMounted(() => {
    zone = root.value?.closest<HTMLElement>('form, [data-files]') ?? root.value
    zone?.addEventListener('dragover', over)
    zone?.addEventListener('dragleave', leave)
    zone?.addEventListener('drop', drop)
    zone?.addEventListener('paste', paste)
  })
  onUnmounted(() => {
    zone?.removeEventListener('dragover', over)
    zone?.removeEventListener('dragleave', leave)
    zone?.removeEventListener('drop', drop)
    zone?.removeEventListener('paste', paste)
  })
  return isOver
}
