import { onScopeDispose, readonly, ref, type Ref } from 'vue'

/** Whether the browser has a line, as far as it knows. */
export function useOnline(onBack: () => void = () => undefined): Readonly<Ref<boolean>> {
  const isOnline = ref(navigator.onLine)
  const look = () => {
    isOnline.value = navigator.onLine
    if (navigator.onLine) onBack()
  }
  addEventListener('online', look)
  addEventListener('offline', look)
  onScopeDispose(() => {
    removeEventListener('online', look)
    removeEventListener('offline', look)
  })
  return readonly(isOnline)
}
