import { KNOWLEDGE_READERS } from '@hotline/shared/knowledge/roles'
import { onScopeDispose, shallowRef, watch, type Ref } from 'vue'
import { useRouter } from 'vue-router'
import { api } from '../../platform/http'
import { useSession } from '../../platform/session'
import type { Goal } from './goals'

const CALM_MS = 200
const MOST = 3

/** What the server knows by these words: units, and articles of the knowledge base. Comes a moment after the typing. */
export function useFound(text: Ref<string>) {
  const router = useRouter()
  const session = useSession()
  const seesTickets = !session.has('administrator')
  const mayRead = session.has(...KNOWLEDGE_READERS)
  const found = shallowRef<readonly Goal[]>([])
  let timer: ReturnType<typeof setTimeout> | undefined
  let request: AbortController | undefined

  const hasPage = (path: string) => router.resolve(path).matched.every((route) => !route.path.includes(':rest'))
  const get = <T>(path: string, query: Record<string, string | number>, signal: AbortSignal) =>
    api.get<{ items: T[] }>(path, query, { signal }).then(
      ({ items }) => items.slice(0, MOST),
      // What cannot be found, or may not, is not offered.
      (): T[] => [],
    )

  async function look(q: string): Promise<void> {
    request?.abort()
    const mine = (request = new AbortController())
    const [units, articles] = await Promise.all([
      get<{ id: string; name: string }>('/api/units', { q, limit: MOST }, mine.signal),
      mayRead && hasPage('/knowledge/any')
        ? get<{ id: string; question: string }>('/api/knowledge/search', { q, limit: MOST }, mine.signal)
        : [],
    ])
    if (mine !== request) return
    found.value = [
      ...units.map(({ id, name }): Goal => ({
        label: name,
        hint: '该单位的工单',
        to: { path: '/tickets', query: { unitId: id } },
      })),
      ...articles.map(({ id, question }): Goal => ({ label: question, hint: '知识', to: `/knowledge/${id}` })),
    ]
  }

  watch(text, (typed) => {
    clearTimeout(timer)
    found.value = []
    const q = typed.trim()
    if (seesTickets && q.length >= 2 && !/^[\d\s+-]+$/.test(q)) timer = setTimeout(() => void look(q), CALM_MS)
  })
  onScopeDispose(() => {
    clearTimeout(timer)
    request?.abort()
  })
  return found
}
