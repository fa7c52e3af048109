import type { ArticleQuery, KnowledgeAct, KnowledgeInput } from '@hotline/shared/knowledge/inputs'
import type { Quote } from '@hotline/shared/knowledge/quote'
import type {
  ArticleRow,
  ArticleView,
  DeskCounts,
  FeedbackView,
  KnowledgeHit,
  QuotedView,
  RemindersView,
  VersionView,
} from '@hotline/shared/knowledge/view'
import type { Page } from '@hotline/shared/page'
import { api, type Query } from '../../platform/http'

export interface Asked {
  q: string
  matterCode?: string
  regionCode?: string
  limit?: number
}

const ROOT = '/api/knowledge'
const pathOf = (id: string) => `${ROOT}/articles/${encodeURIComponent(id)}`

export const knowledgeApi = {
  /** By its body: what a caller says stands in no address. */
  search: (asked: Asked) => api.post<{ items: KnowledgeHit[] }>(`${ROOT}/search`, asked),
  desks: () => api.get<DeskCounts>(`${ROOT}/desks`),
  list: (query: Partial<ArticleQuery>) => api.get<Page<ArticleRow>>(`${ROOT}/articles`, query as Query),
  article: (id: string) => api.get<ArticleView>(pathOf(id)),
  version: (id: string, version: number) => api.get<VersionView>(`${pathOf(id)}/versions/${version}`),
  create: (content: KnowledgeInput, note: string, idempotencyKey: string) =>
    api.post<ArticleView>(`${ROOT}/articles`, { content, note }, { idempotencyKey }),
  act: (id: string, act: KnowledgeAct, body: object, idempotencyKey: string) =>
    api.post<Partial<ArticleView>>(`${pathOf(id)}/${act}`, body, { idempotencyKey }),
  say: (id: string, body: { version: number; verdict: FeedbackView['verdict']; words?: string }) =>
    api.post(`${pathOf(id)}/feedback`, body),
  feedback: (query: { state: 'open' | 'settled'; page?: number }) =>
    api.get<Page<FeedbackView>>(`${ROOT}/feedback`, query),
  settle: (id: string, body: { outcome: string; note: string }) =>
    api.post(`${ROOT}/feedback/${encodeURIComponent(id)}/settle`, body),
  quoted: (quotes: readonly Quote[]) =>
    api.get<{ items: QuotedView[] }>(`${ROOT}/quoted`, {
      refs: quotes.map(({ articleId, version }) => `${articleId}:${version}`).join(','),
    }),
  reminders: () => api.get<RemindersView>(`${ROOT}/reminders`),
  setReminders: (days: number[]) => api.post<RemindersView>(`${ROOT}/reminders`, { days }),
}
