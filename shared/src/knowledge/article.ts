import { shiftDay, type Day } from '../calendar/day'
import type { By } from '../ticket/ticket'

/** What an article says (知识条目), apart from who wrote it and when. */
export interface KnowledgeContent {
  /** 标准问题, as a citizen would put it. */
  question: string
  /** 其他问法. */
  phrasings: string[]
  keywords: string[]
  /** 答复口径: plain text, paragraphs by empty lines. */
  answer: string
  /** 受理提示: what the agent asks and how he registers it; never shown to citizens. */
  guidance?: string
  /** 依据: name and number of the law or document. */
  basis: string
  /** 责任单位: who keeps it right. */
  unitId: string
  matterCodes: string[]
  /** Where it applies; empty: the whole city. */
  regionCodes: string[]
  validFrom: Day
  /** The last day it holds; absent: 长期有效. */
  validUntil?: Day
  /** Citizens may find it too. */
  isPublic: boolean
}

export const KNOWLEDGE_STATE_LABELS = { unpublished: '未发布', published: '已发布', withdrawn: '已撤回' } as const
export type KnowledgeState = keyof typeof KNOWLEDGE_STATE_LABELS

/** The working copy beside what is published. */
export const WORK_STATUS_LABELS = { draft: '草稿', review: '待审核', sentBack: '已退回' } as const
export type WorkStatus = keyof typeof WORK_STATUS_LABELS

export interface KnowledgeWork {
  status: WorkStatus
  content: KnowledgeContent
  author: By
  /** Why it is written or changed. */
  note: string
  at: Date
  submittedAt?: Date
  /** Of whoever sent it back. */
  opinion?: { text: string; at: Date; by: By }
}

/** Published once, and never changed again. */
export interface KnowledgeVersion {
  version: number
  content: KnowledgeContent
  author: By
  reviewer: By
  note: string
  at: Date
}

export const KNOWLEDGE_LOG_LABELS = {
  created: '起草',
  submitted: '送审',
  recalled: '收回送审',
  sentBack: '退回修改',
  published: '发布',
  revised: '修订',
  discarded: '放弃修订',
  withdrawn: '撤回',
  renewed: '复核延期',
} as const
export interface KnowledgeLog {
  act: keyof typeof KNOWLEDGE_LOG_LABELS
  at: Date
  by: By
  note?: string
  version?: number
}

export interface KnowledgeArticle {
  id: string
  /** Counts every change: who writes on an older one is told so. */
  revision: number
  state: KnowledgeState
  /** The newest published one, also after it was withdrawn. */
  current?: KnowledgeVersion
  work?: KnowledgeWork
  log: KnowledgeLog[]
  /** In how many answers it was quoted. */
  uses: number
}

/** When reminders of an end go out, days before it; 0: on the day after the last. The first begins 待复核. */
export const DEFAULT_REMINDERS: readonly number[] = [30, 7, 0]

export const VALIDITY_LABELS = { valid: '有效', notYet: '未生效', ending: '即将到期', expired: '已到期' } as const
export type Validity = keyof typeof VALIDITY_LABELS

export function validityOf(
  { validFrom, validUntil }: Pick<KnowledgeContent, 'validFrom' | 'validUntil'>,
  today: Day,
  reminders: readonly number[] = DEFAULT_REMINDERS,
): Validity {
  if (validFrom > today) return 'notYet'
  if (validUntil === undefined) return 'valid'
  if (validUntil < today) return 'expired'
  return validUntil <= shiftDay(today, Math.max(0, ...reminders)) ? 'ending' : 'valid'
}

/** May be told to a caller today. */
export function isAnswerable(article: Pick<KnowledgeArticle, 'state' | 'current'>, today: Day): boolean {
  if (article.state !== 'published' || !article.current) return false
  const validity = validityOf(article.current.content, today)
  return validity === 'valid' || validity === 'ending'
}
