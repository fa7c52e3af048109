import type { TemplateInput, TemplateKind, TemplateView } from '@hotline/shared/template/template'
import { api } from '../../platform/http'

const PATH = '/api/templates'

export const templateApi = {
  /** Most used first. */
  list: async (kind?: TemplateKind): Promise<TemplateView[]> =>
    (await api.get<{ items: TemplateView[] }>(PATH, { kind })).items,
  add: (input: TemplateInput) => api.post<TemplateView>(PATH, input),
  change: (id: string, input: Pick<TemplateInput, 'title' | 'text'> & { kind?: TemplateKind }) =>
    api.patch<TemplateView>(`${PATH}/${id}`, input),
  remove: (id: string) => api.post(`${PATH}/${id}/remove`),
  noteUse: (id: string) => api.post(`${PATH}/${id}/use`),
}
