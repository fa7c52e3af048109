import { defineStore } from 'pinia'
import { ref } from 'vue'

export interface PageTab {
  path: string
  title: string
}
const MOST = 12

/** Open tickets as tabs; the oldest gives way. */
export const usePageTabs = defineStore('pageTabs', () => {
  const items = ref<PageTab[]>([])

  function open(path: string, title: string): void {
    const known = items.value.find((tab) => tab.path === path)
    if (known) known.title = title
    else items.value = [...items.value, { path, title }].slice(-MOST)
  }
  /** @returns where to go when the closed one was on the screen */
  function close(path: string): string | undefined {
    const index = items.value.findIndex((tab) => tab.path === path)
    items.value = items.value.filter((tab) => tab.path !== path)
    return items.value[Math.max(0, index - 1)]?.path
  }
  const clear = () => void (items.value = [])
  return { items, open, close, clear }
})
