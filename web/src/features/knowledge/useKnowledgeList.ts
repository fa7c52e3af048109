import type { KnowledgeState, Validity, WorkStatus } from '@hotline/shared/knowledge/article'
import { FEEDBACK_LABELS, type KnowledgeDesk } from '@hotline/shared/knowledge/inputs'
import type { ArticleRow, DeskCounts, FeedbackView, KnowledgeHit } from '@hotline/shared/knowledge/view'
import { onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import { day, moment } from '../../platform/format'
import { knowledgeApi } from './knowledgeApi'

export type Desk = KnowledgeDesk | 'search' | 'feedback'

/** One line of whatever list is open; all lead to an article. */
export interface Entry {
  key: string
  articleId: string
  title: string
  excerpt?: string
  /** What is said below, between dots. */
  facts: string[]
  tags?: { state: KnowledgeState; validity?: Validity; work?: WorkStatus }
  feedback?: FeedbackView
}

const PAGE_SIZE = 30
const TYPING_MS = 250

const ofHit = ({ id, question, excerpt, unitName, reason, validUntil }: KnowledgeHit): Entry => ({
  key: id,
  articleId: id,
  title: question,
  excerpt,
  facts: [unitName, validUntil ? `至 ${validUntil}` : '长期有效', reason].filter(Boolean),
})
const ofRow = (row: ArticleRow): Entry => ({
  key: row.id,
  articleId: row.id,
  title: row.question,
  facts: [
    row.unitName,
    `${row.authorName} ${day(row.at)}`,
    row.validUntil ? `至 ${row.validUntil}` : '长期有效',
    ...(row.uses ? [`用过 ${row.uses} 次`] : []),
    ...(row.openFeedback ? [`${row.openFeedback} 条反馈`] : []),
  ],
  tags: { state: row.state, validity: row.validity, work: row.workStatus },
})
const ofFeedback = (feedback: FeedbackView): Entry => ({
  key: feedback.id,
  articleId: feedback.articleId,
  title: feedback.question,
  excerpt: `${FEEDBACK_LABELS[feedback.verdict]}：${feedback.words ?? ''}`,
  facts: [`${feedback.by.unitName} ${feedback.by.name}`, moment(feedback.at)],
  feedback,
})

/** The list of one desk: what is asked, what came, and how many stand on every desk. */
export function useKnowledgeList(desk: Ref<Desk>) {
  const q = ref('')
  const matterCode = ref<string>()
  const state = ref<KnowledgeState>()
  const page = ref(1)
  const entries = shallowRef<Entry[]>()
  const total = ref(0)
  const isTotalCapped = ref(false)
  const error = shallowRef<unknown>()
  const counts = shallowRef<DeskCounts>()
  let round = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  async function fetchList(): Promise<{ items: Entry[]; total: number; isTotalCapped: boolean }> {
    const asked = { matterCode: matterCode.value || undefined }
    if (desk.value === 'search') {
      const items = (await knowledgeApi.search({ q: q.value.trim(), ...asked, limit: 20 })).items.map(ofHit)
      return { items, total: items.length, isTotalCapped: false }
    }
    if (desk.value === 'feedback') {
      const answer = await knowledgeApi.feedback({ state: 'open', page: page.value })
      return { ...answer, items: answer.items.map(ofFeedback) }
    }
    const answer = await knowledgeApi.list({
      desk: desk.value,
      ...asked,
      q: q.value.trim() || undefined,
      state: desk.value === 'all' ? state.value : undefined,
      page: page.value,
      pageSize: PAGE_SIZE,
    })
    return { ...answer, items: answer.items.map(ofRow) }
  }

  async function load(): Promise<void> {
    const mine = ++round
    try {
      const answer = await fetchList()
      if (mine !== round) return
      entries.value = answer.items
      total.value = answer.total
      isTotalCapped.value = answer.isTotalCapped
      error.value = undefined
    } catch (cause) {
      if (mine === round) error.value = cause
    }
  }
  async function count(): Promise<void> {
    counts.value = await knowledgeApi.desks().catch(() => counts.value)
  }

  watch(desk, () => {
    q.value = ''
    matterCode.value = undefined
    state.value = undefined
    page.value = 1
    entries.value = undefined
    clearTimeout(timer)
    void load()
  })
  watch([matterCode, state, page], () => void load())
  watch(q, () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      if (page.value === 1) void load()
      else page.value = 1
    }, TYPING_MS)
  })
  onScopeDispose(() => clearTimeout(timer))

  return {
    q,
    matterCode,
    state,
    page,
    pageSize: PAGE_SIZE,
    entries,
    total,
    isTotalCapped,
    error,
    counts,
    load,
    refresh: () => Promise.all([load(), count()]),
  }
}
export type KnowledgeList = ReturnType<typeof useKnowledgeList>
