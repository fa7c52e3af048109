import type { KnowledgeInput } from '@hotline/shared/knowledge/inputs'
import type { ArticleView, KnowledgeHit } from '@hotline/shared/knowledge/view'
import type { Answer, RequestOptions, TestApp } from './app'
import { ok } from './desk'

export const KEEPER = 'knowledge'

/** An ordinary article; complete. */
export const anArticle = (overrides: Partial<KnowledgeInput> = {}): KnowledgeInput => ({
  question: '共享充电宝押金退不了怎么办？',
  phrasings: ['充电宝押金不退'],
  keywords: ['充电宝'],
  answer: '先在小程序里申请退押金。\n\n三个工作日没有到账的，可以投诉。',
  basis: '《中华人民共和国消费者权益保护法》',
  unitId: '371600-SC',
  matterCodes: ['110105'],
  regionCodes: [],
  validFrom: '2026-01-01',
  validUntil: '2027-06-30',
  isPublic: true,
  ...overrides,
})

export function openKnowledge(app: Pick<TestApp, 'signIn'>) {
  const see = async (username: string, id: string): Promise<Answer> =>
    (await app.signIn(username)).get(`/api/knowledge/articles/${id}`)

  async function tryTo(
    username: string,
    id: string,
    act: string,
    body: Record<string, unknown> = {},
    more?: RequestOptions,
  ): Promise<Answer> {
    const { revision } = (await see('director', id)).body
    return (await app.signIn(username)).post(`/api/knowledge/articles/${id}/${act}`, { revision, ...body }, more)
  }

  const knowledge = {
    see,
    /** An act on the newest revision. */
    tryTo,
    act: async (username: string, id: string, act: string, body?: Record<string, unknown>): Promise<ArticleView> =>
      ok(await tryTo(username, id, act, body)),
    async draft(overrides?: Partial<KnowledgeInput>, username = 'agent1'): Promise<ArticleView> {
      const body = { content: anArticle(overrides), note: '来电常问' }
      return ok(await (await app.signIn(username)).post('/api/knowledge/articles', body))
    },
    /** Through the author's and the keeper's hands. */
    async published(overrides?: Partial<KnowledgeInput>, username = 'agent1'): Promise<ArticleView> {
      const { id } = await knowledge.draft(overrides, username)
      await knowledge.act(username, id, 'submit')
      return knowledge.act(KEEPER, id, 'publish')
    },
    async search(q: string, more = '', username = 'agent1'): Promise<KnowledgeHit[]> {
      const client = await app.signIn(username)
      return ok(await client.get(`/api/knowledge/search?q=${encodeURIComponent(q)}${more}`)).items
    },
  }
  return knowledge
}
