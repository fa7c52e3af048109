import type { KnowledgeHit } from '@hotline/shared/knowledge/view'
import { MOST_QUOTES } from '@hotline/shared/knowledge/quote'
import type { AlikeTicket } from '@hotline/shared/ticket/alikeView'
import { computed, onScopeDispose, shallowRef, watch, type Ref } from 'vue'
import { api } from '../../platform/http'
import { beginChoosing } from '../../platform/choosing'
import { say, textOf } from '../../platform/say'
import { askAnswered } from '../ticket/alike'
import type { Call } from './call'
import { latest } from './latest'
import { useSettled } from './settled'
import { withAnswer } from '../knowledge/withAnswer'

const PAUSE_MS = 500
const ENOUGH = 4
/** The question stands at the beginning; a long story only blurs it, and stays out of addresses. */
const LENGTH = 120
const SHOWN = 2

/** What a direct answer may be made of: articles of the knowledge base, and what the callers of alike tickets were told. */
export function useSources(
  { draft, choosePanel }: Pick<Call, 'draft' | 'choosePanel'>,
  tickets: Readonly<Ref<readonly AlikeTicket[]>>,
) {
  const articles = shallowRef<readonly KnowledgeHit[]>([])
  const ask = latest(
    (query: Record<string, string | undefined>) =>
      api.post<{ items: KnowledgeHit[] }>('/api/knowledge/search', { ...query, limit: SHOWN }),
    ({ items }) => void (articles.value = items),
  )
  const question = () => {
    const { title, detail, matterCode, regionCode, result } = draft.value
    const q = `${title.trim()} ${detail.trim()}`.trim().slice(0, LENGTH)
    return result || (q.length < ENOUGH && !matterCode) ? undefined : { q, matterCode, regionCode }
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(
    () => JSON.stringify(question()),
    () => {
      clearTimeout(timer)
      const asked = question()
      if (asked) timer = setTimeout(() => ask(asked), PAUSE_MS)
      else articles.value = []
    },
    { immediate: true },
  )
  onScopeDispose(() => clearTimeout(timer))

  const answered = computed(() => tickets.value.slice(0, SHOWN))
  const isSettled = useSettled(() => [...articles.value, ...answered.value].map(({ id }) => id).join(' '))

  /** What the agent takes stands in the answer, and the answer is open before him. */
  function open(): void {
    if (draft.value.panel !== 'answer') choosePanel('answer')
  }
  /** With its basis; which article in which version is kept with the answer. */
  function quote({ id, version, question, answer, basis }: KnowledgeHit): void {
    const { quotes } = draft.value
    if (quotes.some(({ articleId }) => articleId === id)) return say.note('这条知识已经引用')
    if (quotes.length >= MOST_QUOTES) return say.note(`最多引用 ${MOST_QUOTES} 条知识`)
    draft.value.answer = withAnswer(draft.value.answer, answer, basis)
    draft.value.quotes = [...quotes, { articleId: id, version, question }]
    open()
  }
  /** The list shows the beginning only; what is taken is the whole, and an answer that is sent waits for it. */
  async function take({ id, no }: Pick<AlikeTicket, 'id' | 'no'>): Promise<void> {
    open()
    const end = beginChoosing()
    try {
      const answered = await askAnswered(id)
      if (!draft.value.result) draft.value.answer = withAnswer(draft.value.answer, answered)
      end()
    } catch (error) {
      say.note(`工单 ${no} 的答复没有取到：${textOf(error)}`)
      end(false)
    }
  }
  /** By key, which means the row that one sees. */
  function whenSettled<T>(row: T | undefined, use: (row: T) => void): void {
    if (!row) return
    if (isSettled()) use(row)
    else say.note('列表刚刚更新，请看清后再按一次')
  }
  return {
    /** For the list of them. */
    shown: computed(() => ({
      articles: articles.value,
      tickets: answered.value,
      quotedIds: draft.value.quotes.map(({ articleId }) => articleId),
    })),
    ...{ articles, answered, quote, take },
    quoteAt: (index: number) => whenSettled(articles.value[index], quote),
    takeAt: (index: number) => whenSettled(answered.value[index], (row) => void take(row)),
  }
}
