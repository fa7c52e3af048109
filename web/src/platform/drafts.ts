import { getCurrentScope, onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'

const PREFIX = 'hotline.draft'
const DELAY = 300
/** How to empty the drafts that are open in forms now. */
const live = new Map<string, () => void>()

interface Saved<T> {
  at: string
  value: T
}

export interface Draft<T> {
  /** Bind the form to it; every change is kept after a moment. */
  value: Ref<T>
  /** When it was kept last; undefined when nothing is kept. */
  savedAt: Ref<Date | undefined>
  /** It was there from before: worth saying so. */
  wasRestored: boolean
  /** Keeps it now. */
  save(): void
  /** After a submit: forgets it, and `value` is empty again. */
  clear(): void
}

/**
 * What somebody typed, by person and purpose (`reply:26…0412`), kept in this browser: a reload or a crash costs
 * nothing. Gone after a submit and with a sign-out.
 */
export function useDraft<T extends object>(userId: string, purpose: string, empty: () => T): Draft<T> {
  const key = `${PREFIX}:${userId}:${purpose}`
  const kept = read<T>(key)
  const value = ref({ ...empty(), ...kept?.value }) as Ref<T>
  const savedAt = shallowRef(kept ? new Date(kept.at) : undefined)
  let timer: ReturnType<typeof setTimeout> | undefined

  function save(): void {
    clearTimeout(timer)
    timer = undefined
    const at = new Date()
    try {
      localStorage.setItem(key, JSON.stringify({ at: at.toISOString(), value: value.value } satisfies Saved<T>))
      savedAt.value = at
    } catch {
      // A full or forbidden storage must not stop the typing; `savedAt` stays old, and the screen shows it.
    }
  }
  const flush = () => {
    if (timer) save()
  }
  function clear(): void {
    clearTimeout(timer)
    timer = undefined
    localStorage.removeItem(key)
    savedAt.value = undefined
    isClearing = true
    value.value = empty()
  }

  let isClearing = false
  watch(
    value,
    () => {
      if (isClearing) isClearing = false
      else {
        clearTimeout(timer)
        timer = setTimeout(save, DELAY)
      }
    },
    { deep: true, flush: 'sync' },
  )
  live.set(key, clear)
  addEventListener('pagehide', flush)
  if (getCurrentScope())
    onScopeDispose(() => {
      flush()
      if (live.get(key) === clear) live.delete(key)
      removeEventListener('pagehide', flush)
    })
  return { value, savedAt, wasRestored: kept !== undefined, save, clear }
}

/** Purposes of this person's drafts that begin with `prefix`, oldest first. */
export function listDrafts(userId: string, prefix: string): string[] {
  const start = `${PREFIX}:${userId}:`
  return keys()
    .filter((key) => key.startsWith(start + prefix))
    .map((key) => ({ purpose: key.slice(start.length), at: read(key)?.at ?? '' }))
    .sort((a, b) => a.at.localeCompare(b.at))
    .map(({ purpose }) => purpose)
}

/** Also where a form has it open: what it holds unsaved goes too. */
export function dropDraft(userId: string, purpose: string): void {
  const key = `${PREFIX}:${userId}:${purpose}`
  live.get(key)?.()
  localStorage.removeItem(key)
}

/** All of a person's. */
export function clearDrafts(userId: string): void {
  for (const key of keys()) if (key.startsWith(`${PREFIX}:${userId}:`)) localStorage.removeItem(key)
}

function keys(): string[] {
  return Array.from({ length: localStorage.length }, (_, index) => localStorage.key(index) ?? '')
}

/** Whatever an older version of the form left behind is no reason to fail. */
function read<T>(key: string): Saved<T> | undefined {
  try {
    const saved = JSON.parse(localStorage.getItem(key) ?? 'null') as Saved<T> | null
    return saved && typeof saved.at === 'string' && typeof saved.value === 'object' ? saved : undefined
  } catch {
    return undefined
  }
}
