import { z } from 'zod'
import { isDay } from '../catalogue/isDay'
import { PageQuery } from '../page'
import { REGION_CODE } from '../region/code'
import { id, keys, OPINION_MAX, optional, required } from '../ticket/commandInputs'
import { KNOWLEDGE_STATE_LABELS } from './article'

export const QUESTION_MAX = 100
export const ANSWER_MAX = 5_000
export const BASIS_MAX = 1_000

const day = z.string({ error: '请填写日期' }).refine(isDay, '日期应为 2026-01-31 的样子')
const unlike = (list: readonly string[]) => new Set(list).size === list.length
const listOf = (item: z.ZodString, label: string, max: number) =>
  z.array(item).max(max, `${label}最多 ${max} 个`).refine(unlike, `${label}有重复`).default([])

export const KnowledgeInput = z
  .strictObject({
    question: required('问题', QUESTION_MAX),
    phrasings: listOf(required('其他问法', QUESTION_MAX), '其他问法', 20),
    keywords: listOf(required('关键词', 20), '关键词', 30),
    answer: required('答复口径', ANSWER_MAX),
    guidance: optional('受理提示', BASIS_MAX),
    basis: required('依据', BASIS_MAX),
    unitId: id.refine((text) => text.length > 0, '请选择责任单位'),
    matterCodes: listOf(z.string().regex(/^\d{6}$/, '事项应为第三级'), '事项', 10),
    regionCodes: listOf(z.string().regex(REGION_CODE, '区划代码不正确'), '适用地区', 20),
    validFrom: day,
    validUntil: day.optional(),
    isPublic: z.boolean().default(false),
  })
  .refine(({ validFrom, validUntil }) => validUntil === undefined || validUntil >= validFrom, {
    path: ['validUntil'],
    message: '有效期止不能早于有效期起',
  })
export type KnowledgeInput = z.input<typeof KnowledgeInput>

const revision = z.number({ error: '缺少修订号' }).int().min(0)
const note = required('说明', OPINION_MAX)

/** 起草. */
export const DraftInput = z.strictObject({ content: KnowledgeInput, note: optional('说明', OPINION_MAX) })

/** What may be done to an article, each with its own body. */
export const KNOWLEDGE_ACT_INPUTS = {
  /** 保存草稿. */
  save: z.strictObject({ revision, content: KnowledgeInput, note: optional('说明', OPINION_MAX) }),
  /** 送审. */
  submit: z.strictObject({ revision }),
  /** 收回送审. */
  recall: z.strictObject({ revision }),
  /** 放弃草稿, or the revision. */
  discard: z.strictObject({ revision }),
  /** 审核通过并发布. */
  publish: z.strictObject({ revision, opinion: optional('审核意见', OPINION_MAX) }),
  /** 退回修改. */
  sendBack: z.strictObject({ revision, opinion: required('退回意见', OPINION_MAX) }),
  /** 修订: a new draft; what is published stays. */
  revise: z.strictObject({ revision, note }),
  /** 撤回: taken from the searches at once. */
  withdraw: z.strictObject({ revision, reason: required('撤回理由', OPINION_MAX) }),
  /** 复核延期: its words still hold. */
  renew: z.strictObject({ revision, validUntil: day.optional(), note: required('复核情况', OPINION_MAX) }),
} as const
export type KnowledgeAct = keyof typeof KNOWLEDGE_ACT_INPUTS
export const KNOWLEDGE_ACTS = Object.keys(KNOWLEDGE_ACT_INPUTS) as KnowledgeAct[]
export const KNOWLEDGE_ACT_LABELS: Record<KnowledgeAct, string> = {
  save: '保存草稿',
  submit: '送审',
  recall: '收回送审',
  discard: '放弃草稿',
  publish: '发布',
  sendBack: '退回修改',
  revise: '修订',
  withdraw: '撤回',
  renew: '复核延期',
}
export type KnowledgeActBody<A extends KnowledgeAct> = z.output<(typeof KNOWLEDGE_ACT_INPUTS)[A]>

export const SearchQuery = z.object({
  q: z.string().trim().max(4_000).default(''),
  matterCode: z
    .string()
    .regex(/^\d{2}(\d{2}){0,2}$/, '事项代码不正确')
    .optional(),
  regionCode: z.string().regex(REGION_CODE, '区划代码不正确').optional(),
  limit: z.coerce.number().int().min(1).max(20).default(8),
})

export const KNOWLEDGE_DESK_LABELS = {
  all: '全部条目',
  mine: '我的草稿',
  review: '待审核',
  due: '待复核',
} as const
export type KnowledgeDesk = keyof typeof KNOWLEDGE_DESK_LABELS

export const ArticleQuery = PageQuery.extend({
  desk: keys(KNOWLEDGE_DESK_LABELS).default('all'),
  state: keys(KNOWLEDGE_STATE_LABELS).optional(),
  unitId: id.optional(),
  matterCode: z
    .string()
    .regex(/^\d{2}(\d{2}){0,2}$/, '事项代码不正确')
    .optional(),
  /** Words of the question. */
  q: z.string().trim().max(QUESTION_MAX).optional(),
})
export type ArticleQuery = z.output<typeof ArticleQuery>

export const FEEDBACK_LABELS = { useful: '有用', useless: '没用', wrong: '有误' } as const
export const FEEDBACK_OUTCOME_LABELS = { revised: '已修订', withdrawn: '已撤回', kept: '核实无误' } as const

export const FeedbackInput = z
  .strictObject({
    version: z.number().int().min(1),
    verdict: keys(FEEDBACK_LABELS),
    words: optional('说明', OPINION_MAX),
    ticketId: id.optional(),
  })
  .refine(({ verdict, words }) => verdict !== 'wrong' || Boolean(words), {
    path: ['words'],
    message: '请写明哪里有误',
  })
export const SettleInput = z.strictObject({
  outcome: keys(FEEDBACK_OUTCOME_LABELS),
  note: required('处理情况', OPINION_MAX),
})
export const FeedbackQuery = PageQuery.extend({
  state: z.enum(['open', 'settled']).default('open'),
  articleId: id.optional(),
})

/** When reminders go out, days before the end of an article. */
export const ReminderInput = z.strictObject({
  days: z
    .array(z.number().int().min(0, '不得小于 0').max(180, '最多提前 180 天'))
    .min(1, '至少一个')
    .max(5, '最多五个')
    .refine((list) => new Set(list).size === list.length, '有重复'),
})

export const PublicKnowledgeInput = z.strictObject({
  q: z.string({ error: '请写想问什么' }).trim().min(2, '至少两个字').max(100, '最多 100 个字'),
})
