import { dayOf, shiftDay, type Day } from '@hotline/shared/calendar/day'
import type { KnowledgeArticle, KnowledgeContent, KnowledgeVersion } from '@hotline/shared/knowledge/article'
import type { By } from '@hotline/shared/ticket/ticket'
import type { UnitTree } from '@hotline/shared/unit/unit'
import { CITY } from './city'
import { DAILY } from './daily'
import { DRAFTS, type SeedDraft } from './drafts'
import type { SeedArticle } from './seedArticle'
import { WELFARE } from './welfare'

export interface Seeded {
  article: KnowledgeArticle
  versions: KnowledgeVersion[]
  at: Date
}

/** The people of the demo who have written and reviewed. */
export interface SeedPeople {
  keeper: By
  reviewer: By
  authorOf(username: string): By | undefined
}

const YEAR = 365
const SINCE = 120

/** The demo's first articles, so that a caller's ordinary question finds its answer. */
export function seedOf(units: UnitTree, people: SeedPeople, now: Date): Seeded[] {
  const city = units.all().find(({ kind }) => kind === 'city')?.id ?? ''
  const today = dayOf(now)
  const isHere = ({ unit }: SeedArticle) => units.isOpen(`${city}-${unit}`)
  const published = [...WELFARE, ...CITY, ...DAILY].filter(isHere).map((one, index) => {
    const at = new Date(now.getTime() - (SINCE - index) * 24 * 3600_000)
    return publishedOf(`seed${String(index + 1).padStart(3, '0')}`, contentOf(one, city, today), people, at)
  })
  const drafts = DRAFTS.filter(isHere).flatMap((one, index): Seeded[] => {
    const author = people.authorOf(one.author)
    const at = new Date(now.getTime() - (index + 2) * 3600_000)
    return author ? [draftOf(`seed${901 + index}`, one, contentOf(one, city, today), author, people, at)] : []
  })
  return [...published, ...drafts]
}

function contentOf(one: SeedArticle, city: string, today: Day): KnowledgeContent {
  const {
    question,
    phrasings,
    keywords,
    answer,
    guidance,
    basis,
    unit,
    matterCodes,
    endsIn = YEAR,
    isInternal = false,
  } = one
  return {
    ...{ question, phrasings, keywords, basis, matterCodes },
    answer: answer.join('\n\n'),
    guidance,
    unitId: `${city}-${unit}`,
    regionCodes: [],
    validFrom: shiftDay(today, -SINCE),
    ...(endsIn === null ? {} : { validUntil: shiftDay(today, endsIn) }),
    isPublic: !isInternal,
  }
}

function publishedOf(id: string, content: KnowledgeContent, { keeper, reviewer }: SeedPeople, at: Date): Seeded {
  const current: KnowledgeVersion = { version: 1, content, author: keeper, reviewer, note: '首次整理', at }
  const article: KnowledgeArticle = {
    id,
    revision: 2,
    state: 'published',
    current,
    log: [
      { act: 'created', at, by: keeper },
      { act: 'submitted', at, by: keeper },
      { act: 'published', at, by: reviewer, version: 1 },
    ],
    uses: 0,
  }
  return { article, versions: [current], at }
}

function draftOf(
  id: string,
  { status, note, opinion }: SeedDraft,
  content: KnowledgeContent,
  author: By,
  { keeper }: SeedPeople,
  at: Date,
): Seeded {
  const article: KnowledgeArticle = {
    id,
    revision: 1,
    state: 'unpublished',
    work: {
      ...{ status, content, author, note, at },
      ...(status === 'review' ? { submittedAt: at } : {}),
      ...(opinion ? { opinion: { text: opinion, at, by: keeper } } : {}),
    },
    log: [
      { act: 'created', at, by: author },
      ...(status === 'draft' ? [] : [{ act: 'submitted' as const, at, by: author }]),
      ...(opinion ? [{ act: 'sentBack' as const, at, by: keeper, note: opinion }] : []),
    ],
    uses: 0,
  }
  return { article, versions: [], at }
}
