import type { AlikeAnswer, AlikeInput } from '@hotline/shared/ticket/alikeView'
import { api } from '../../platform/http'

/** How alike tickets of this city went: matter, unit, answers. Reads only, so it may be asked at every pause of typing. */
export const askAlike = (input: AlikeInput) => api.post<AlikeAnswer>('/api/tickets/alike', input)
