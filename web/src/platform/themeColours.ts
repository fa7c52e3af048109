import { computed, onScopeDispose, ref, type ComputedRef } from 'vue'

const dark = matchMedia('(prefers-color-scheme: dark)')

/** The theme's variables for what is drawn without CSS; they change with the system's light and dark. */
export function useThemeColours(): ComputedRef<(variable: string) => string> {
  const turns = ref(0)
  const turn = () => void turns.value++
  dark.addEventListener('change', turn)
  onScopeDispose(() => dark.removeEventListener('change', turn))
  return computed(() => {
    void turns.value
    const style = getComputedStyle(document.documentElement)
    return (variable) => style.getPropertyValue(variable).trim()
  })
}
