import type { AlikeAnswer, AlikeInput, AnsweredView } from '@hotline/shared/ticket/alikeView'
import { api } from '../../platform/http'

/** How alike tickets of this city went: matter, unit, answers. Reads only, so it may be asked at every pause of typing. */
export const askAlike = (input: AlikeInput) => api.post<AlikeAnswer>('/api/tickets/alike', input)

/** What the caller of one of them was told, whole. @throws AppError notFound */
export const askAnswered = async (id: string): Promise<string> =>
  (await api.get<AnsweredView>(`/api/tickets/${id}/answered`)).answer
