import type { AppError } from '@hotline/shared/error'
import type { Limit } from '@hotline/shared/limits/profile'
import type { TicketView } from '@hotline/shared/ticket/view'
import { onScopeDispose, shallowRef, watch } from 'vue'
import { api } from '../../platform/http'
import { toAppError } from '../../platform/say'
import type { DispatchDraft } from './dispatchDraft'

export interface PreviewedDeadline {
  by: string
  explain: string[]
  isProvisional: boolean
}
export interface DeadlinePreview {
  resolve: PreviewedDeadline
  acknowledge: PreviewedDeadline
  return: PreviewedDeadline
  limit: Limit
  from: 'statutory' | 'manual' | 'catalogue' | 'profile'
}

const PAUSE_MS = 200

/** What the dispatch would promise, before it is made. `standard` is the limit that a manual one may only shorten. */
export function useDeadlinePreview(ticket: () => TicketView, draft: () => DispatchDraft) {
  const preview = shallowRef<DeadlinePreview>()
  const standard = shallowRef<Limit>()
  const problem = shallowRef<AppError>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let turn = 0

  async function look(): Promise<void> {
    const mine = ++turn
    const { matterCode, regionCode, kind, urgency, complexity } = ticket()
    const { leadUnitId, coUnitIds, limit } = draft()
    const isMultiUnit = coUnitIds.length > 0
    const body = { matterCode, regionCode, kind, urgency, complexity, leadUnitId, isMultiUnit, limit }
    try {
      const answer = await api.post<DeadlinePreview>('/api/deadlines/preview', body)
      if (mine !== turn) return
      preview.value = answer
      problem.value = undefined
      if (limit.kind === 'profile') standard.value = answer.limit
    } catch (error) {
      if (mine === turn) problem.value = toAppError(error)
    }
  }

  watch(
    () => JSON.stringify([draft().leadUnitId, draft().coUnitIds.length > 0, draft().limit, ticket().version]),
    () => {
      clearTimeout(timer)
      timer = setTimeout(() => void look(), preview.value ? PAUSE_MS : 0)
    },
    { immediate: true },
  )
  onScopeDispose(() => clearTimeout(timer))
  return { preview, standard, problem, look }
}
