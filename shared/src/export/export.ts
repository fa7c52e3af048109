import { z } from 'zod'
import { isPhone, maskText } from '../user/masking'

/** The lists that can be taken along as a spreadsheet; the desks of every role are `tickets` with their `desk`. */
export const EXPORT_LISTS = {
  tickets: '工单',
  statsTickets: '统计明细',
  statsMeasures: '统计指标',
  statsUnits: '承办单位统计',
  supervisions: '督办跟踪',
  ratings: '好差评',
  calls: '话务记录',
  ratingMeasures: '好差评统计',
  users: '账号',
  audit: '审计日志',
  articles: '知识条目',
  inspections: '双随机检查',
  roster: '值班表',
  patrols: '巡查记录',
  meeting: '周例会清单',
} as const
export type ExportList = keyof typeof EXPORT_LISTS

/** Up to so many rows are written while they are downloaded; more are written in the background. */
export const DIRECT_ROWS = 5_000
/** More than a person can work with, and less than a spreadsheet holds. */
export const MOST_ROWS = 200_000
/** Words are searched for until so many tickets are found. */
export const MOST_FOUND = 5_000
export const EXPORT_KEPT_DAYS = 7

const NUMBER = /\d{7}/

export const ExportInput = z.strictObject({
  list: z.enum(Object.keys(EXPORT_LISTS) as [ExportList, ...ExportList[]], { error: '没有这种可导出的列表' }),
  /** As the list itself is asked for, without its page. */
  query: z.record(z.string().max(40), z.string().max(400)).default({}),
  /** Of `tickets` and `statsTickets`: which, in this order; all others have columns of their own. */
  columns: z.array(z.string().max(40)).max(40).optional(),
  reason: z.string({ error: '请填写导出用途' }).trim().min(2, '请填写导出用途').max(200),
})
export type ExportInput = z.output<typeof ExportInput>

/**
 * What was typed into a search may be somebody's number, in whatever spelling the search itself takes it for one: no
 * record keeps it, so no export goes by it.
 */
export function namesNumber({ q = '' }: { q?: string }): boolean {
  const compact = q.normalize('NFKC').replace(/[\s\p{P}\p{S}]/gu, '')
  const isTicketNo = /^\d{15,20}$/.test(compact) && maskText(compact) === compact
  return isPhone(q) || (NUMBER.test(compact) && !isTicketNo)
}

export const EXPORT_STATE_LABELS = {
  direct: '可下载',
  waiting: '排队中',
  running: '生成中',
  done: '可下载',
  failed: '未完成',
} as const
export type ExportState = keyof typeof EXPORT_STATE_LABELS

export const ExportView = z.object({
  id: z.string(),
  list: z.string(),
  /** 全部工单, as its file is named. */
  title: z.string(),
  state: z.enum(Object.keys(EXPORT_STATE_LABELS) as [ExportState, ...ExportState[]]),
  /** Rows so far, and how many there were when it was asked for; the count stops at 200 000. */
  rows: z.int(),
  total: z.int(),
  size: z.int().optional(),
  reason: z.string(),
  message: z.string().optional(),
  at: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
})
export type ExportView = z.infer<typeof ExportView>
