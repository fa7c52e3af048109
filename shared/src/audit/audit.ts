import { z } from 'zod'
import { FromMoment, ToMoment } from '../calendar/momentInput'
import { PageQuery } from '../page'
import type { Role } from '../user/roles'

export const AUDIT_READERS: readonly Role[] = ['administrator', 'director']

/** What is audited, in Chinese. A deed without a label here is shown by its own name. */
export const AUDIT_LABELS: Record<string, string> = {
  'auth.signedIn': '登录',
  'auth.locked': '登录失败过多，账号锁定',
  'auth.refreshReused': '旧登录凭证被再次使用',
  'user.created': '新建账号',
  'user.updated': '修改账号',
  'user.disabled': '停用账号',
  'user.enabled': '启用账号',
  'user.unlocked': '解锁账号',
  'user.passwordReset': '重置密码',
  'user.passwordChanged': '修改密码',
  'unit.closed': '停用承办单位',
  'unit.dutyPhoneSet': '设置单位值班电话',
  'unit.dutyPhoneRemoved': '取消单位值班电话',
  'unit.opened': '启用承办单位',
  'ticket.revealed': '查看诉求人明文',
  'ticket.openedByNumber': '凭编号打开他人登记的工单',
  'list.exported': '导出列表',
  'ticket.shownAsDuplicate': '查重时看到同号码工单',
  'attachment.recordingOpened': '听取录音',
  'caller.lookedUp': '按来电号码查询',
  'call.revealed': '查看通话号码明文',
  'call.returned': '回拨漏接来电',
  'call.returnDone': '漏接回拨完成',
  'calls.numbersSaved': '保存话务参数',
  'calls.linesSaved': '保存分机对应',
  'calls.exchangeAdded': '接入交换机',
  'calls.exchangeRevoked': '停用交换机令牌',
  'limits.saved': '保存时限方案',
  'limits.applied': '启用时限方案',
  'calendar.drafted': '录入工作日历',
  'calendar.published': '发布工作日历',
  'catalogue.saved': '保存派单目录',
  'duties.saved': '保存责任清单',
  'roster.saved': '编排值班',
  'meeting.held': '周例会召开',
  'inspection.drawn': '抽取检查件',
  'inspection.closed': '检查轮次归档',
  'demo.clockAdvanced': '拨快演练时钟',
  'keys.rotated': '轮换加密密钥',
  'keys.retired': '移除旧加密密钥',
}

/** `ticket`: a ticket's number or its id. `person`: the name from its beginning on. `upTo`: no entry after this one. */
export const AuditQuery = PageQuery.extend({
  actorId: z.string().max(64).optional(),
  person: z.string().trim().max(40).optional(),
  action: z.string().max(64).optional(),
  target: z.string().max(128).optional(),
  ticket: z.string().trim().max(64).optional(),
  from: FromMoment.optional(),
  to: ToMoment.optional(),
  upTo: z.coerce.number({ error: '应为序号' }).int('应为序号').min(0).optional(),
})
export type AuditQuery = z.output<typeof AuditQuery>

export const AuditView = z.object({
  seq: z.number(),
  at: z.iso.datetime(),
  actorId: z.string(),
  actorName: z.string(),
  unitId: z.string(),
  unitName: z.string(),
  action: z.string(),
  actionLabel: z.string(),
  target: z.string(),
  /** 工单 371600…, 账号 …, 号码 138****0000: what it was done to, as a person says it. */
  targetLabel: z.string(),
  reason: z.string().optional(),
  ip: z.string().optional(),
  details: z.record(z.string(), z.unknown()).optional(),
  hash: z.string(),
})
export type AuditView = z.infer<typeof AuditView>

/** The whole log, walked. `count`: entries without a break from the first on; `anchoredTo`: what stands outside the log. */
export const AuditVerdict = z.object({
  isIntact: z.boolean(),
  count: z.number(),
  brokenAt: z.number().optional(),
  why: z.string().optional(),
  anchoredTo: z.number(),
  anchoredAt: z.iso.datetime().optional(),
  /** 链完整至第 n 条 */
  sentence: z.string(),
})
export type AuditVerdict = z.infer<typeof AuditVerdict>

/** The verdict as one sentence. */
export function verdictSentence({
  isIntact,
  count,
  why,
  anchoredTo,
}: Pick<AuditVerdict, 'isIntact' | 'count' | 'why' | 'anchoredTo'>): string {
  if (!isIntact) return `链在第 ${count + 1} 条断开：${why ?? '原因不明'}`
  if (count === 0) return '审计日志里还没有记录'
  if (anchoredTo === 0) return `链完整至第 ${count} 条；还没有锚点，不能确认末尾是否缺失`
  return anchoredTo === count
    ? `链完整至第 ${count} 条，与锚点一致`
    : `链完整至第 ${count} 条，锚点在第 ${anchoredTo} 条`
}

const TARGETS: Record<string, { label: string; detail?: string }> = {
  tickets: { label: '工单', detail: 'no' },
  users: { label: '账号', detail: 'username' },
  callers: { label: '号码', detail: 'number' },
  calls: { label: '通话', detail: 'number' },
  exchanges: { label: '交换机', detail: 'name' },
  keys: { label: '密钥' },
  units: { label: '单位' },
  limits: { label: '时限方案' },
  calendar: { label: '工作日历' },
  catalogue: { label: '派单目录' },
  duties: { label: '责任清单' },
  roster: { label: '值班表' },
  meetings: { label: '周例会' },
  inspections: { label: '检查轮次', detail: 'name' },
  exports: { label: '导出', detail: 'title' },
}

/** What a deed was done to, as a person says it. */
export function targetLabel(actorId: string, target: string, details: Readonly<Record<string, unknown>> = {}): string {
  if (target === `users/${actorId}`) return '本人账号'
  const [kind = '', ...rest] = target.split('/')
  const known = TARGETS[kind]
  if (!known) return target
  const named = known.detail ? details[known.detail] : undefined
  return `${known.label} ${typeof named === 'string' ? named : rest.join('/')}`
}
