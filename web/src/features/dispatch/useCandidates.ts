import type { AppError } from '@hotline/shared/error'
import type { TicketView } from '@hotline/shared/ticket/view'
import { ref, shallowRef } from 'vue'
import { api } from '../../platform/http'
import { toAppError } from '../../platform/say'
import type { NamedCandidate } from './dispatchDraft'

/** Who could get this ticket, ranked, with reasons; never whom the caller accuses. */
export function useCandidates(ticket: () => TicketView) {
  const candidates = shallowRef<NamedCandidate[]>([])
  const question = shallowRef<string>()
  const problem = shallowRef<AppError>()
  const isLoading = ref(true)

  async function load(): Promise<NamedCandidate[]> {
    const { matterCode, regionCode, accusedUnitIds, confidentiality, location } = ticket()
    isLoading.value = true
    problem.value = undefined
    try {
      const accused = accusedUnitIds.join(',') || undefined
      const query = { matterCode, regionCode, accused, confidentiality, lng: location?.lng, lat: location?.lat }
      const answer = matterCode
        ? await api.get<{ items: NamedCandidate[]; question?: string }>('/api/catalogue/candidates', query)
        : { items: [] }
      candidates.value = answer.items
      question.value = answer.question
    } catch (error) {
      problem.value = toAppError(error)
    } finally {
      isLoading.value = false
    }
    return candidates.value
  }

  return { candidates, question, problem, isLoading, load }
}
