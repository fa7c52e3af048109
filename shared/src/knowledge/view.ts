import { z } from 'zod'
import { keys } from '../ticket/commandInputs'
import { KNOWLEDGE_LOG_LABELS, KNOWLEDGE_STATE_LABELS, VALIDITY_LABELS, WORK_STATUS_LABELS } from './article'
import { FEEDBACK_LABELS, FEEDBACK_OUTCOME_LABELS, KNOWLEDGE_ACT_LABELS } from './inputs'

const moment = z.iso.datetime()
const day = z.iso.date()
const person = z.object({ userId: z.string(), name: z.string(), unitId: z.string(), unitName: z.string() })
const named = z.object({ code: z.string(), name: z.string() })

/** One hit of a search: enough to read it out and to quote it. */
export const KnowledgeHit = z.object({
  id: z.string(),
  version: z.int(),
  question: z.string(),
  /** The part of the answer that speaks of what was asked. */
  excerpt: z.string(),
  answer: z.string(),
  /** 受理提示, for the agent alone: never said as an answer. */
  guidance: z.string().optional(),
  basis: z.string(),
  unitId: z.string(),
  unitName: z.string(),
  validUntil: day.optional(),
  uses: z.int(),
  /** 0–1. */
  score: z.number(),
  /** Why it is here, in words: 问法相同；事项相同；用过 12 次. */
  reason: z.string(),
})
export type KnowledgeHit = z.output<typeof KnowledgeHit>
export const KnowledgeHits = z.object({ items: z.array(KnowledgeHit) })

export const ContentView = z.object({
  question: z.string(),
  phrasings: z.array(z.string()),
  keywords: z.array(z.string()),
  answer: z.string(),
  guidance: z.string().optional(),
  basis: z.string(),
  unitId: z.string(),
  unitName: z.string(),
  matters: z.array(named),
  regions: z.array(named),
  validFrom: day,
  validUntil: day.optional(),
  isPublic: z.boolean(),
})
export type ContentView = z.output<typeof ContentView>

export const VersionHead = z.object({
  version: z.int(),
  author: person,
  reviewer: person,
  note: z.string(),
  at: moment,
})
export const VersionView = VersionHead.extend({ articleId: z.string(), content: ContentView, isCurrent: z.boolean() })
export type VersionView = z.output<typeof VersionView>

export const ArticleView = z.object({
  id: z.string(),
  revision: z.int(),
  state: keys(KNOWLEDGE_STATE_LABELS),
  current: VersionHead.extend({ content: ContentView, validity: keys(VALIDITY_LABELS) }).optional(),
  /** Only for those who write or review it. */
  work: z
    .object({
      status: keys(WORK_STATUS_LABELS),
      content: ContentView,
      author: person,
      note: z.string(),
      at: moment,
      submittedAt: moment.optional(),
      opinion: z.object({ text: z.string(), at: moment, by: person }).optional(),
    })
    .optional(),
  /** The newest first. */
  versions: z.array(VersionHead),
  log: z.array(
    z.object({
      act: keys(KNOWLEDGE_LOG_LABELS),
      at: moment,
      by: person,
      note: z.string().optional(),
      version: z.int().optional(),
    }),
  ),
  uses: z.int(),
  feedback: z.object({ useful: z.int(), useless: z.int(), wrong: z.int(), open: z.int() }),
  /** What the reader has said of the current version himself. */
  myVerdict: keys(FEEDBACK_LABELS).optional(),
  can: z.array(keys(KNOWLEDGE_ACT_LABELS)),
})
export type ArticleView = z.output<typeof ArticleView>

export const ArticleRow = z.object({
  id: z.string(),
  question: z.string(),
  unitName: z.string(),
  state: keys(KNOWLEDGE_STATE_LABELS),
  version: z.int().optional(),
  validity: keys(VALIDITY_LABELS).optional(),
  validUntil: day.optional(),
  workStatus: keys(WORK_STATUS_LABELS).optional(),
  authorName: z.string(),
  at: moment,
  uses: z.int(),
  openFeedback: z.int(),
})
export type ArticleRow = z.output<typeof ArticleRow>

/** How many stand on each desk that this actor has; absent: not his. */
export const DeskCounts = z.object({
  all: z.int(),
  mine: z.int().optional(),
  review: z.int().optional(),
  due: z.int().optional(),
  feedback: z.int().optional(),
  isCapped: z.boolean(),
})
export type DeskCounts = z.output<typeof DeskCounts>

export const FeedbackView = z.object({
  id: z.string(),
  articleId: z.string(),
  question: z.string(),
  version: z.int(),
  verdict: keys(FEEDBACK_LABELS),
  words: z.string().optional(),
  by: person,
  at: moment,
  ticketId: z.string().optional(),
  settled: z.object({ outcome: keys(FEEDBACK_OUTCOME_LABELS), note: z.string(), by: person, at: moment }).optional(),
})
export type FeedbackView = z.output<typeof FeedbackView>

export const PublicKnowledge = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      question: z.string(),
      answer: z.string(),
      basis: z.string(),
      unitName: z.string(),
      validUntil: day.optional(),
    }),
  ),
})
export type PublicKnowledge = z.output<typeof PublicKnowledge>

/** What a ticket quotes, as it stood then, and what became of it. */
export const QuotedView = z.object({
  articleId: z.string(),
  version: z.int(),
  question: z.string(),
  state: keys(KNOWLEDGE_STATE_LABELS),
  newest: z.int(),
})
export type QuotedView = z.output<typeof QuotedView>

export const RemindersView = z.object({
  days: z.array(z.int()),
  by: z.object({ name: z.string(), at: moment }).optional(),
})
export type RemindersView = z.output<typeof RemindersView>
