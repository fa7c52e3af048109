import { AppError, type FieldError } from '@hotline/shared/error'
import { KNOWLEDGE_ACT_LABELS, type KnowledgeAct } from '@hotline/shared/knowledge/inputs'
import type { ArticleView } from '@hotline/shared/knowledge/view'
import { ref, shallowRef, watch, type Ref } from 'vue'
import { createIntention } from '../../platform/intention'
import { say, toAppError } from '../../platform/say'
import { knowledgeApi } from './knowledgeApi'

const DONE: Partial<Record<KnowledgeAct, string>> = {
  submit: '已送审',
  publish: '已发布',
  sendBack: '已退回修改',
  withdraw: '已撤回，检索中不再出现',
  renew: '已复核',
  discard: '已放弃',
}

/** One article: loaded, acted on, and looked at again when somebody was faster. */
export function useArticle(id: Ref<string | undefined>, onChanged: (article?: ArticleView) => void) {
  const article = shallowRef<ArticleView>()
  const error = shallowRef<unknown>()
  const fields = shallowRef<readonly FieldError[]>([])
  const isBusy = ref(false)
  const intention = createIntention()

  async function load(): Promise<void> {
    const asked = id.value
    error.value = undefined
    if (!asked) return void (article.value = undefined)
    try {
      const answer = await knowledgeApi.article(asked)
      if (id.value === asked) article.value = answer
    } catch (cause) {
      if (id.value === asked) error.value = cause
    }
  }
  watch(
    id,
    (next) => {
      if (article.value?.id === next) return
      article.value = undefined
      fields.value = []
      void load()
    },
    { immediate: true },
  )

  /** @returns whether it was done; what is wrong with the fields stands in `fields` */
  async function act(name: KnowledgeAct, body: object = {}): Promise<boolean> {
    const current = article.value
    if (!current || isBusy.value) return false
    isBusy.value = true
    fields.value = []
    try {
      const whole = { revision: current.revision, ...body }
      const answer = await knowledgeApi.act(current.id, name, whole, intention.keyFor(current.id, name, whole))
      intention.settle()
      const after = 'id' in answer ? (answer as ArticleView) : undefined
      if (id.value === current.id) article.value = after
      say.done(DONE[name] ?? `${KNOWLEDGE_ACT_LABELS[name]}完成`)
      onChanged(after)
      return true
    } catch (cause) {
      failed(cause)
      return false
    } finally {
      isBusy.value = false
    }
  }

  function failed(cause: unknown): void {
    const known = toAppError(cause)
    fields.value = known instanceof AppError ? (known.details?.fields ?? []) : []
    if (fields.value.length === 0) say.failed(cause)
    // What the page shows is old: the reason has been said, and here is what stands there now.
    if (known.code === 'staleVersion' || known.code === 'illegalTransition') void load()
  }

  return { article, error, fields, isBusy, load, act, failed, intention }
}
export type OpenArticle = ReturnType<typeof useArticle>
