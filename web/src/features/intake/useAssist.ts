import type { Candidate } from '@hotline/shared/catalogue/candidates'
import { onScopeDispose, shallowRef, watch, type Ref } from 'vue'
import { api } from '../../platform/http'
import type { CallDraft } from './callDraft'
import { latest } from './latest'

export interface SuggestedMatter {
  code: string
  name: string
  fullName: string
  score: number
}
export type NamedCandidate = Candidate & { unitName: string }

const PAUSE_MS = 450
const ENOUGH = 6
const LENGTH = 4_000
const SHOWN = 3

/** What the right column says beside the form, quietly: a failure shows nothing, since the call goes on without it. */
export function useAssist(draft: () => CallDraft, cityCode: Readonly<Ref<string>>) {
  const matters = shallowRef<SuggestedMatter[]>([])
  const candidates = shallowRef<NamedCandidate[]>([])
  /** The place is not certain: what the agent should ask the caller. */
  const question = shallowRef<string>()

  const askMatters = latest(
    (text: { title: string; detail: string }) =>
      api.post<{ items: SuggestedMatter[] }>('/api/matters/suggest', { ...text, limit: SHOWN }),
    ({ items }) => void (matters.value = items),
  )
  const askCandidates = latest(
    (query: Record<string, string | number | undefined>) =>
      api.get<{ items: NamedCandidate[]; question?: string }>('/api/catalogue/candidates', { ...query, limit: SHOWN }),
    (answer) => {
      candidates.value = answer.items
      question.value = answer.question
    },
  )

  let timer: ReturnType<typeof setTimeout> | undefined
  watch(
    () => [draft().title.trim(), draft().detail.slice(0, LENGTH)] as const,
    ([title, detail]) => {
      clearTimeout(timer)
      if ((title + detail).trim().length < ENOUGH) matters.value = []
      else timer = setTimeout(() => askMatters({ title, detail }), PAUSE_MS)
    },
    { immediate: true },
  )
  watch(
    () => {
      const { matterCode, regionCode, accusedUnitIds, confidentiality, location } = draft()
      return {
        matterCode,
        regionCode: regionCode ?? cityCode.value,
        accused: accusedUnitIds.join(',') || undefined,
        confidentiality,
        lng: location?.lng,
        lat: location?.lat,
      }
    },
    (query, before) => {
      if (JSON.stringify(query) === JSON.stringify(before)) return
      if (query.matterCode && query.regionCode) askCandidates(query)
      else {
        candidates.value = []
        question.value = undefined
      }
    },
    { immediate: true },
  )
  onScopeDispose(() => clearTimeout(timer))
  return { matters, candidates, question }
}
