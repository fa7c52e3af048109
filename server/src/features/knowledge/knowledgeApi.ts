import {
  ArticleQuery,
  DraftInput,
  FeedbackInput,
  FeedbackQuery,
  KNOWLEDGE_ACT_INPUTS,
  KNOWLEDGE_ACT_LABELS,
  KNOWLEDGE_ACTS,
  PublicKnowledgeInput,
  ReminderInput,
  SearchQuery,
  SettleInput,
} from '@hotline/shared/knowledge/inputs'
import {
  ArticleRow,
  ArticleView,
  DeskCounts,
  FeedbackView,
  KnowledgeHits,
  PublicKnowledge,
  QuotedView,
  RemindersView,
  VersionView,
} from '@hotline/shared/knowledge/view'
import { z } from 'zod'
import type { RouteDoc } from '../../platform/http/openapi'

const tag = '知识库'
const pageOf = <S extends z.ZodType>(item: S) =>
  z.object({ items: z.array(item), total: z.int(), isTotalCapped: z.boolean() })

export const QuotedQuery = z.object({
  /** `id:version`, with commas between. */
  refs: z
    .string()
    .regex(/^[\w-]{1,64}:\d{1,4}(,[\w-]{1,64}:\d{1,4}){0,49}$/, '应为 条目:版次，用逗号分开')
    .transform((text) =>
      text.split(',').map((ref) => {
        const [articleId = '', version] = ref.split(':')
        return { articleId, version: Number(version) }
      }),
    ),
})

/** `/api/knowledge/articles/{id}/{act}`, one route an act. */
export const knowledgeApi: RouteDoc[] = [
  {
    method: 'get',
    path: '/api/knowledge/search',
    summary: '按来电人的问法查知识，最贴切的在前；只查已发布且在有效期内的',
    description: '可带事项、发生地。不给 q 时按事项或按常用给出。score 0–1，reason 说明为什么在这里。',
    tag,
    query: SearchQuery,
    response: KnowledgeHits,
  },
  {
    method: 'post',
    path: '/api/knowledge/search',
    summary: '同上；来电内容放在正文里，不进地址（不写入任何数据）',
    tag,
    body: SearchQuery,
    response: KnowledgeHits,
  },
  { method: 'get', path: '/api/knowledge/desks', summary: '本人各办件台的条数', tag, response: DeskCounts },
  {
    method: 'get',
    path: '/api/knowledge/articles',
    summary: '条目列表：全部、我的草稿、待审核、待复核',
    tag,
    query: ArticleQuery,
    response: pageOf(ArticleRow),
  },
  {
    method: 'post',
    path: '/api/knowledge/articles',
    summary: '起草（热线各岗位；承办单位限本单位职责）',
    tag,
    body: DraftInput,
    response: ArticleView,
    status: 201,
    isWrite: true,
  },
  {
    method: 'get',
    path: '/api/knowledge/articles/{id}',
    summary: '一条知识，连同能做什么',
    tag,
    response: ArticleView,
  },
  {
    method: 'get',
    path: '/api/knowledge/articles/{id}/versions/{version}',
    summary: '某一版的全文',
    tag,
    response: VersionView,
  },
  ...KNOWLEDGE_ACTS.map((act): RouteDoc => ({
    method: 'post',
    path: `/api/knowledge/articles/{id}/${act}`,
    summary: KNOWLEDGE_ACT_LABELS[act],
    description: 'revision 不是最新时 staleVersion。',
    tag,
    body: KNOWLEDGE_ACT_INPUTS[act],
    response: ArticleView,
    isWrite: true,
  })),
  {
    method: 'post',
    path: '/api/knowledge/articles/{id}/feedback',
    summary: '反馈：有用、没用、有误；写了说明的由知识库管理员处理',
    tag,
    body: FeedbackInput,
    status: 201,
    isWrite: true,
  },
  {
    method: 'get',
    path: '/api/knowledge/feedback',
    summary: '反馈（知识库管理员、热线主任）',
    tag,
    query: FeedbackQuery,
    response: pageOf(FeedbackView),
  },
  {
    method: 'post',
    path: '/api/knowledge/feedback/{id}/settle',
    summary: '处理一条反馈，并告知反馈人',
    tag,
    body: SettleInput,
    isWrite: true,
  },
  {
    method: 'get',
    path: '/api/knowledge/quoted',
    summary: '工单引用的知识各是哪一条、当时怎么问、现在还在不在',
    tag,
    query: QuotedQuery,
    response: z.object({ items: z.array(QuotedView) }),
  },
  { method: 'get', path: '/api/knowledge/reminders', summary: '到期前几天提醒', tag, response: RemindersView },
  {
    method: 'post',
    path: '/api/knowledge/reminders',
    summary: '改到期提醒的天数（知识库管理员、热线主任）',
    tag,
    body: ReminderInput,
    response: RemindersView,
    isWrite: true,
  },
]

export const publicKnowledgeApi: RouteDoc[] = [
  {
    method: 'post',
    path: '/api/public/knowledge/search',
    summary: '公众查知识：只有标为公开、已发布且有效的；只读',
    tag: '公众',
    body: PublicKnowledgeInput,
    response: PublicKnowledge,
    isPublic: true,
  },
]
