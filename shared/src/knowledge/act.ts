import type { By } from '../ticket/ticket'
import type { KnowledgeArticle, KnowledgeContent, KnowledgeLog, KnowledgeVersion, KnowledgeWork } from './article'
import type { KnowledgeAct, KnowledgeActBody } from './inputs'

export interface Acted {
  article: KnowledgeArticle
  /** Newly published, to be kept for ever. */
  version?: KnowledgeVersion
  /** Nothing is left of it: it was never published. */
  isGone?: boolean
}

interface Doing {
  at: Date
  by: By
}

type Deeds = {
  [A in KnowledgeAct]: (article: KnowledgeArticle, body: KnowledgeActBody<A>, doing: Doing) => Partial<Acted['article']>
}

export function createArticle(
  id: string,
  content: KnowledgeContent,
  note: string,
  { at, by }: Doing,
): KnowledgeArticle {
  return {
    id,
    revision: 0,
    state: 'unpublished',
    work: { status: 'draft', content, author: by, note, at },
    log: [{ act: 'created', at, by }],
    uses: 0,
  }
}

const logged = (article: KnowledgeArticle, entry: KnowledgeLog) => [...article.log, entry]

function working({ work }: KnowledgeArticle, changes: Partial<KnowledgeWork>): KnowledgeWork | undefined {
  return work && { ...work, ...changes }
}

/** Its own words again, as the next version: published by a review, or confirmed by a keeper. */
function versioned(article: KnowledgeArticle, version: Omit<KnowledgeVersion, 'version'>): KnowledgeVersion {
  return { version: (article.current?.version ?? 0) + 1, ...version }
}

const DEEDS: Deeds = {
  save: (article, { content, note }, { at }) => ({
    work: working(article, { content, at, ...(note === undefined ? {} : { note }) }),
  }),
  submit: (article, _body, { at, by }) => ({
    work: working(article, { status: 'review', submittedAt: at }),
    log: logged(article, { act: 'submitted', at, by }),
  }),
  recall: (article, _body, { at, by }) => ({
    work: working(article, { status: 'draft', submittedAt: undefined }),
    log: logged(article, { act: 'recalled', at, by }),
  }),
  discard: (article, _body, { at, by }) => ({
    work: undefined,
    log: logged(article, { act: 'discarded', at, by }),
  }),
  publish: (article, { opinion }, { at, by }) => {
    const { work } = article
    if (!work) return {}
    const { content, author, note } = work
    const current = versioned(article, { content, author, reviewer: by, note, at })
    const { version } = current
    return {
      state: 'published',
      current,
      work: undefined,
      log: logged(article, { act: 'published', at, by, version, ...(opinion ? { note: opinion } : {}) }),
    }
  },
  sendBack: (article, { opinion }, { at, by }) => ({
    work: working(article, { status: 'sentBack', submittedAt: undefined, opinion: { text: opinion, at, by } }),
    log: logged(article, { act: 'sentBack', at, by, note: opinion }),
  }),
  revise: (article, { note }, { at, by }) => ({
    work: article.current && { status: 'draft', content: article.current.content, author: by, note, at },
    log: logged(article, { act: 'revised', at, by, note }),
  }),
  withdraw: (article, { reason }, { at, by }) => ({
    state: 'withdrawn',
    log: logged(article, { act: 'withdrawn', at, by, note: reason, version: article.current?.version }),
  }),
  renew: (article, { validUntil, note }, { at, by }) => {
    if (!article.current) return {}
    const { content, author } = article.current
    const current = versioned(article, { content: { ...content, validUntil }, author, reviewer: by, note, at })
    return { current, log: logged(article, { act: 'renewed', at, by, note, version: current.version }) }
  },
}

/** What the article is after an act that was allowed (`rights.ts`). Pure; versions before stay as they are. */
export function actOn<A extends KnowledgeAct>(
  article: KnowledgeArticle,
  act: A,
  body: KnowledgeActBody<A>,
  doing: Doing,
): Acted {
  const after = { ...article, ...DEEDS[act](article, body, doing), revision: article.revision + 1 }
  const isNew = after.current?.version !== article.current?.version
  return {
    article: after,
    ...(isNew && after.current ? { version: after.current } : {}),
    ...(act === 'discard' && !article.current ? { isGone: true } : {}),
  }
}
