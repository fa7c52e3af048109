import type { Candidate } from '@hotline/shared/catalogue/candidates'
import { onScopeDispose, shallowRef, watch, type Ref } from 'vue'
import { api } from '../../platform/http'
import type { CallDraft } from './callDraft'

export interface SuggestedMatter {
  code: string
  name: string
  score: number
}
export type NamedCandidate = Candidate & { unitName: string }

const PAUSE_MS = 450
const ENOUGH = 6
const LENGTH = 300

/** What the right column says beside the form, quietly: a failure shows nothing, since the call goes on without it. */
export function useAssist(draft: () => CallDraft, cityCode: Readonly<Ref<string>>) {
  const matters = shallowRef<SuggestedMatter[]>([])
  const candidates = shallowRef<NamedCandidate[]>([])

  const askMatters = latest(async (text: string, signal: AbortSignal) => {
    const { items } = await api.get<{ items: SuggestedMatter[] }>('/api/catalogue/suggest', { text }, { signal })
    matters.value = items.slice(0, 3)
  })
  const askCandidates = latest(async (query: Record<string, string | number | undefined>, signal: AbortSignal) => {
    const { items } = await api.get<{ items: NamedCandidate[] }>('/api/catalogue/candidates', query, { signal })
    candidates.value = items.slice(0, 3)
  })

  let timer: ReturnType<typeof setTimeout> | undefined
  watch(
    () => withoutNumbers(`${draft().title} ${draft().detail}`).slice(0, LENGTH),
    (text) => {
      clearTimeout(timer)
      if (text.trim().length < ENOUGH) matters.value = []
      else timer = setTimeout(() => void askMatters(text), PAUSE_MS)
    },
    { immediate: true },
  )
  watch(
    () => {
      const { matterCode, regionCode, accusedUnitIds, confidentiality } = draft()
      return {
        matterCode,
        regionCode: regionCode ?? cityCode.value,
        accused: accusedUnitIds.join(',') || undefined,
        confidentiality,
      }
    },
    (query, before) => {
      if (JSON.stringify(query) === JSON.stringify(before)) return
      if (query.matterCode && query.regionCode) void askCandidates(query)
      else candidates.value = []
    },
    { immediate: true },
  )
  onScopeDispose(() => clearTimeout(timer))
  return { matters, candidates }
}

/** The text goes into an address, and addresses into logs: telephone and identity numbers stay here. */
export function withoutNumbers(text: string): string {
  return text.replace(/\d[\d\s-]{4,}\d/g, ' ').trim()
}

/** Only the newest question counts; an older one is given up. */
function latest<T>(ask: (what: T, signal: AbortSignal) => Promise<void>) {
  let running: AbortController | undefined
  return async (what: T) => {
    running?.abort()
    const mine = (running = new AbortController())
    await ask(what, mine.signal).catch(() => undefined)
  }
}
