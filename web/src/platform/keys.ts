import { computed, onActivated, onDeactivated, onMounted, onUnmounted, shallowReactive } from 'vue'
import { isChoosing, untilChosen } from './choosing'

export interface KeyAction {
  /** What it does, for the overlay on `?`. */
  label: string
  run: (event: KeyboardEvent) => void
  /** Off while it answers false. */
  when?: () => boolean
}
/** By name: `F4`, `Ctrl+Enter`, `Alt+1`, `Escape`, `j`, `?`. */
export type KeyMap = Record<string, KeyAction>

const stack = shallowReactive<KeyMap[]>([])

/** Keys of the page that is on the screen now, for the overlay. The innermost component wins. */
export const shownKeys = computed(() => {
  const shown = new Map<string, string>()
  for (const map of [...stack].reverse())
    for (const [key, { label, when }] of Object.entries(map))
      if (!shown.has(key) && when?.() !== false) shown.set(key, label)
  return [...shown].map(([key, label]) => ({ key, label }))
})

/**
 * Shortcuts for as long as the component is on the screen. Letters and digits stay silent while somebody types, and
 * nothing is taken from an input method that is composing Chinese.
 */
export function useKeys(map: KeyMap): void {
  const on = () => {
    if (!stack.includes(map)) stack.push(map)
  }
  const off = () => {
    const index = stack.indexOf(map)
    if (index >= 0) stack.splice(index, 1)
  }
  onMounted(on)
  onActivated(on)
  onDeactivated(off)
  onUnmounted(off)
}

function nameOf(event: KeyboardEvent): string {
  // With Alt a Mac types another character, so the key's place counts.
  const place = /^(?:Key|Digit)(.)$/.exec(event.code)?.[1]
  const key = event.altKey && place ? place : event.key === ' ' ? 'Space' : event.key
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey
  const named = key.length > 1 ? key : isPlain ? (key === '？' ? '?' : key.toLowerCase()) : key.toUpperCase()
  const shift = event.shiftKey && key.length > 1 ? 'Shift+' : ''
  return `${event.ctrlKey || event.metaKey ? 'Ctrl+' : ''}${event.altKey ? 'Alt+' : ''}${shift}${named}`
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit'].includes(target.type)
}

addEventListener('keydown', (event) => {
  if (event.isComposing || event.defaultPrevented || event.repeat) return
  const name = nameOf(event)
  if (name.length === 1 && isTyping(event.target)) return
  for (const map of [...stack].reverse()) {
    const action = map[name]
    if (!action || action.when?.() === false) continue
    event.preventDefault()
    if (isChoosing() && name !== 'Escape') void runChosen(map, action, event)
    else action.run(event)
    return
  }
})

/** As a button's press waits (`heldPress`), a key does. */
async function runChosen(map: KeyMap, action: KeyAction, event: KeyboardEvent): Promise<void> {
  const isWhole = await untilChosen()
  if (isWhole && stack.includes(map) && action.when?.() !== false) action.run(event)
}
